namespace RevisionTools.Lifecycle;

/// <summary>What came of a restart.</summary>
/// <param name="Revision">The revision after it; null where it could not be read back.</param>
/// <param name="HasNoProof">Whether it was to be waited for, and there was no replica to replace, or none has come because the revision was scaled to zero.</param>
internal sealed record RestartEnd(Revision? Revision, bool HasNoProof = false);
