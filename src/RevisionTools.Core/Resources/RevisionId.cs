namespace RevisionTools;

/// <summary>Where a revision lives. Equality ignores case, as Azure does.</summary>
internal readonly record struct RevisionId(ContainerAppId App, string Name)
{
    /// <summary>Path of the revision below the ARM host.</summary>
    public string Path => $"{App.Path}/revisions/{Uri.EscapeDataString(Name)}";

    public bool Equals(RevisionId other) => App.Equals(other.App) && StringComparer.OrdinalIgnoreCase.Equals(Name, other.Name);

    public override int GetHashCode() => HashCode.Combine(App, StringComparer.OrdinalIgnoreCase.GetHashCode(Name));

    public override string ToString() => Path;

    /// <summary>Reads an id of a revision, or of anything below one; null for every other text.</summary>
    public static RevisionId? TryParse(string? resourceId) =>
        ArmId.TryRead(resourceId, out var parts) && parts.RevisionName is { } revision
            ? new RevisionId(new ContainerAppId(parts.SubscriptionId, parts.ResourceGroupName, parts.AppName), revision)
            : null;
}
