namespace RevisionTools;

/// <summary>The revision modes known today. The field is open: an app may answer with another word.</summary>
/// <remarks>ARM-FACTS 4.6; API field <c>configuration.activeRevisionsMode</c>.</remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1720", Justification = "Single is Azure's own word for the mode.")]
internal static class RevisionModes
{
    /// <summary>The platform keeps one revision active and takes the old one down after a cut-over.</summary>
    public const string Single = "Single";

    /// <summary>Revisions stay active until somebody deactivates them.</summary>
    public const string Multiple = "Multiple";

    /// <summary>Revisions are active as long as they hold a label (preview).</summary>
    public const string Labels = "Labels";
}
