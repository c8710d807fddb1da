namespace RevisionTools.Sandbox;

/// <summary>The next thing that happens to an app by itself.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Revision">The revision that it happens to; null where it is the app.</param>
/// <param name="At">When it is.</param>
internal readonly record struct AppStep(AppStepKind Kind, SandboxRevision? Revision, DateTimeOffset At)
{
    /// <summary>The earliest; of several at once the first of the list, and its phase before its replicas.</summary>
    internal static AppStep Next(SandboxApp app)
    {
        AppStep next = new(AppStepKind.None, null, DateTimeOffset.MaxValue);
        next = next.OrEarlier(AppStepKind.Review, null, app.ReviewDue);
        foreach (var revision in app.Revisions)
        {
            next = next.OrEarlier(AppStepKind.Phase, revision, revision.PhaseEnds);
            next = next.OrEarlier(AppStepKind.Scale, revision, revision.ScaleDue);
        }

        return next.OrEarlier(AppStepKind.Purge, null, app.PurgeDue);
    }

    private AppStep OrEarlier(AppStepKind kind, SandboxRevision? revision, DateTimeOffset? at) =>
        at < At ? new AppStep(kind, revision, at.Value) : this;
}
