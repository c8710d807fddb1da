namespace RevisionTools.Sandbox;

/// <summary>A time during which a label was on a revision.</summary>
internal sealed class LabelRecord
{
    internal required string Label { get; init; }

    /// <summary>The full name of the revision.</summary>
    internal required string Revision { get; init; }

    internal required DateTimeOffset Start { get; init; }

    /// <summary>When the label went; null while it is there.</summary>
    internal DateTimeOffset? Stop { get; private set; }

    /// <summary>The status that it ended with; null while the label is there.</summary>
    private string? EndStatus { get; set; }

    /// <summary>Succeeded, Failed or Starting.</summary>
    // unconfirmed: the facts give the words, not when each stands; here they follow the revision's start.
    internal string Status(SandboxApp app) => EndStatus ?? app.FindRevision(Revision) switch
    {
        { Phase: RevisionPhase.Provisioning or RevisionPhase.Activating } => "Starting",
        { HasFailed: true } => "Failed",
        _ => "Succeeded",
    };

    /// <summary>A copy that later changes do not touch.</summary>
    internal LabelRecord Copy() => (LabelRecord)MemberwiseClone();

    internal void End(SandboxApp app, DateTimeOffset now)
    {
        EndStatus = Status(app);
        Stop = now;
    }
}
