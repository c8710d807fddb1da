namespace RevisionTools.Templates;

/// <summary>A revision that was asked for.</summary>
/// <param name="Revision">The revision as it was seen last.</param>
/// <param name="IsNew">Whether it was made just now; false where one that is the same was there already.</param>
internal sealed record MadeRevision(Revision Revision, bool IsNew);
