namespace RevisionTools.Lifecycle;

/// <summary>A state change that was planned, and where needed asked for.</summary>
/// <param name="Revision">The revision as it was planned with.</param>
/// <param name="Refusal">What forbids it, asked on data that was read right before the call; null for nothing.</param>
/// <param name="IsUnderway">Whether the revision is on its way already, so that nothing is to be sent and only the wait is left.</param>
internal sealed record ApprovedStateChange(
    Revision Revision, Func<Revision, AppSnapshot, CancellationToken, ValueTask<RevisionProtectedException?>> Refusal, bool IsUnderway = false)
{
    /// <summary>Whether it takes events down that are to be worked off, so that its replicas are waited for.</summary>
    public bool Drains { get; init; }

    /// <summary>Whether it waits until all before it of the same app have ended, and those behind it wait for it.</summary>
    public bool IsAlone { get; init; }
}
