namespace RevisionTools;

/// <summary>A workload profile of a Container Apps environment: what the apps on it run on.</summary>
/// <param name="Name">The name by which apps choose it.</param>
/// <param name="Type">The machine type, for example <c>D4</c> or <c>Consumption-GPU-NC8as-T4</c>; open.</param>
internal sealed record WorkloadProfile(string Name, string Type)
{
    /// <summary>The profile of whoever chooses none.</summary>
    public const string Consumption = "Consumption";

    private const string ServerlessGpuPrefix = "Consumption-GPU-";

    /// <summary>Whether machines of the type have GPUs: Azure's NC series, dedicated or serverless.</summary>
    public bool HasGpu => Type.StartsWith(ServerlessGpuPrefix, StringComparison.OrdinalIgnoreCase)
        || Type.StartsWith("NC", StringComparison.OrdinalIgnoreCase);
}
