namespace RevisionTools.Sandbox;

/// <summary>The managed environment of a region: its id, and the domain that host names end in.</summary>
internal static class SandboxEnvironment
{
    internal static string Id(string subscriptionId, string group, string location) =>
        $"/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/Microsoft.App/managedEnvironments/env-{Region(location)}";

    internal static string Domain(SandboxRandom random, string location)
    {
        var region = Region(location);
        return $"sandbox-{random.Hex(8, $"environment/{region}")}.{region}.azurecontainerapps.io";
    }

    /// <summary>The location as it stands in addresses: <c>westeurope</c> for West Europe.</summary>
    internal static string Region(string location) =>
        string.Concat(location.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
