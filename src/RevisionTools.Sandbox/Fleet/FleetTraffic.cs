namespace RevisionTools.Sandbox;

/// <summary>An entry of a traffic array.</summary>
/// <param name="Weight">Per cent.</param>
/// <param name="Suffix">The revision's name after the two dashes; null for the latestRevision entry.</param>
/// <param name="Label">The label, if any.</param>
internal sealed record FleetTraffic(int Weight, string? Suffix, string? Label = null);
