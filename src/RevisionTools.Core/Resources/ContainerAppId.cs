namespace RevisionTools;

/// <summary>Where an app lives. Equality ignores case, as Azure does.</summary>
internal readonly record struct ContainerAppId(string SubscriptionId, string ResourceGroupName, string Name)
{
    /// <summary>Path of the app below the ARM host, each part escaped.</summary>
    public string Path =>
        $"/subscriptions/{Uri.EscapeDataString(SubscriptionId)}/resourceGroups/{Uri.EscapeDataString(ResourceGroupName)}"
        + $"/providers/Microsoft.App/containerApps/{Uri.EscapeDataString(Name)}";

    public bool Equals(ContainerAppId other) =>
        StringComparer.OrdinalIgnoreCase.Equals(SubscriptionId, other.SubscriptionId)
        && StringComparer.OrdinalIgnoreCase.Equals(ResourceGroupName, other.ResourceGroupName)
        && StringComparer.OrdinalIgnoreCase.Equals(Name, other.Name);

    public override int GetHashCode() => HashCode.Combine(
        StringComparer.OrdinalIgnoreCase.GetHashCode(SubscriptionId),
        StringComparer.OrdinalIgnoreCase.GetHashCode(ResourceGroupName),
        StringComparer.OrdinalIgnoreCase.GetHashCode(Name));

    public override string ToString() => Path;

    /// <summary>Reads an id of an app, or of anything below one; null for every other text.</summary>
    public static ContainerAppId? TryParse(string? resourceId) => ArmId.TryRead(resourceId, out var parts)
        ? new ContainerAppId(parts.SubscriptionId, parts.ResourceGroupName, parts.AppName)
        : null;
}
