namespace RevisionTools;

/// <summary>The revision modes that an app can be given. What an app answers is an open word, <see cref="ContainerApp.RevisionMode"/>.</summary>
/// <remarks>API field <c>configuration.activeRevisionsMode</c>. Labels mode is in preview and cannot be set with a stable api-version.</remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1720", Justification = "Single is Azure's own word for the mode.")]
public enum RevisionMode
{
    /// <summary>The platform keeps one revision active and takes the old one down after a cut-over.</summary>
    Single,

    /// <summary>Revisions stay active until somebody deactivates them.</summary>
    Multiple,
}
