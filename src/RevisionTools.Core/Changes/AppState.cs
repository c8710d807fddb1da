using RevisionTools.Lifecycle;

namespace RevisionTools.Changes;

/// <summary>An app, all that Azure says of it, and its revisions, read together. What changes of an app are planned from.</summary>
internal sealed record AppState(AppDocument Document, AppSnapshot Snapshot)
{
    public ContainerApp App => Snapshot.App;
}
