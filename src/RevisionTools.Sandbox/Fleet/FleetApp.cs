namespace RevisionTools.Sandbox;

/// <summary>An app of a fleet as data; <see cref="FleetBuilder"/> makes the real one of it.</summary>
internal sealed record FleetApp
{
    internal required string Group { get; init; }

    internal required string Name { get; init; }

    internal string Location { get; init; } = "North Europe";

    internal string Mode { get; init; } = "Multiple";

    internal string? Kind { get; init; }

    /// <summary>Without the tag, which each revision has of its own.</summary>
    internal required string Image { get; init; }

    /// <summary>The port of the ingress; null for none.</summary>
    internal int? Port { get; init; }

    internal bool External { get; init; } = true;

    /// <summary>The traffic array; an empty one is the service's default, all to the latest.</summary>
    internal IReadOnlyList<FleetTraffic> Traffic { get; init; } = [];

    internal int? MinReplicas { get; init; }

    internal int MaxReplicas { get; init; } = 10;

    /// <summary>scale.rules as JSON; null for none.</summary>
    internal string? Rules { get; init; }

    /// <summary>configuration.dapr as JSON; null for none.</summary>
    internal string? Dapr { get; init; }

    /// <summary>env of the container as JSON; null for none.</summary>
    internal string? Environment { get; init; }

    internal IReadOnlyList<string> Secrets { get; init; } = [];

    internal string? Owner { get; init; }

    /// <summary>Oldest first.</summary>
    internal required IReadOnlyList<FleetRevision> Revisions { get; init; }
}
