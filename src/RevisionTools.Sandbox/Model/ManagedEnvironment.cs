namespace RevisionTools.Sandbox;

/// <summary>A managed environment: where apps run.</summary>
/// <param name="Id">The resource id.</param>
/// <param name="Location">As it was sent; Azure echoes the display name.</param>
internal sealed record ManagedEnvironment(string Id, string Location)
{
    internal string Name => Id[(Id.LastIndexOf('/') + 1)..];
}
