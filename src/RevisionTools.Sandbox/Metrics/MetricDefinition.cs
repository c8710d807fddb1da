namespace RevisionTools.Sandbox;

/// <summary>A metric of container apps that the sandbox has (ARM-FACTS 9).</summary>
/// <param name="Name">Its REST name.</param>
/// <param name="DisplayName">As the portal shows it.</param>
/// <param name="Description">What it counts.</param>
/// <param name="Aggregation">What is answered when no aggregation is asked for.</param>
/// <param name="Sample">Takes the sample of a minute or a part of it.</param>
internal sealed record MetricDefinition(
    string Name, string DisplayName, string Description, string Aggregation, Func<MetricSegment, double> Sample)
{
    internal const string Namespace = "Microsoft.App/containerapps";

    internal static MetricDefinition[] All { get; } =
    [
        new("Requests", "Requests", "Requests processed", "Total", segment => segment.Requests) { Adds = true },
        new("Replicas", "Replica Count", "Number of replicas count of container app", "Maximum", segment => segment.Replicas),
    ];

    /// <summary>Parts of a minute add up; otherwise they are a mean over time.</summary>
    internal bool Adds { get; private init; }

    internal static MetricDefinition? Find(string name) =>
        Array.Find(All, metric => metric.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
