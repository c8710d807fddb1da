namespace RevisionTools.FaultRuns.Oracle;

/// <summary>An entry of a traffic table.</summary>
/// <param name="Revision">The revision that it names; null for the latest.</param>
/// <param name="Weight">In per cent.</param>
/// <param name="Label">The label; null for none.</param>
internal sealed record TrafficView(string? Revision, int Weight, string? Label);
