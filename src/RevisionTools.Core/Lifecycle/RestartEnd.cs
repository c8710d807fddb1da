namespace RevisionTools.Lifecycle;

/// <summary>What came of a restart.</summary>
/// <param name="Revision">The revision after it; null where it could not be read back.</param>
/// <param name="HadNoReplica">Whether it was to be waited for, and there was no replica to replace.</param>
internal sealed record RestartEnd(Revision? Revision, bool HadNoReplica = false);
