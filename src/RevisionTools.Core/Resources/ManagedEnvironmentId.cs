namespace RevisionTools;

/// <summary>Where a Container Apps environment lives. Equality ignores case, as Azure does.</summary>
internal readonly record struct ManagedEnvironmentId(string SubscriptionId, string ResourceGroupName, string Name)
{
    /// <summary>Path of the environment below the ARM host, each part escaped.</summary>
    public string Path =>
        $"/subscriptions/{Uri.EscapeDataString(SubscriptionId)}/resourceGroups/{Uri.EscapeDataString(ResourceGroupName)}"
        + $"/providers/Microsoft.App/managedEnvironments/{Uri.EscapeDataString(Name)}";

    public bool Equals(ManagedEnvironmentId other) => StringComparer.OrdinalIgnoreCase.Equals(Path, other.Path);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Path);

    public override string ToString() => Path;

    /// <summary>Reads an id of an environment; null for every other text, that of an environment outside Azure too.</summary>
    public static ManagedEnvironmentId? TryParse(string? resourceId)
    {
        var segments = resourceId?.Trim().Trim('/').Split('/') ?? [];
        return segments.Length == 8 && !segments.Any(string.IsNullOrWhiteSpace)
            && Names.Same(segments[0], "subscriptions") && Names.Same(segments[2], "resourceGroups") && Names.Same(segments[4], "providers")
            && Names.Same(segments[5], "Microsoft.App") && Names.Same(segments[6], "managedEnvironments")
            ? new ManagedEnvironmentId(segments[1], segments[3], segments[7])
            : null;
    }
}
