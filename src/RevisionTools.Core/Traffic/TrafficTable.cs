namespace RevisionTools;

/// <summary>An app's traffic table: who gets which share of the requests, which labels there are, and what is wrong with it.</summary>
/// <remarks>API field <c>configuration.ingress.traffic</c>, joined with the app's revisions. Saved and read again, it can be restored by Set-AcaTraffic.</remarks>
public sealed record TrafficTable
{
    private readonly TrafficRow[] _entries = [];
    private readonly TrafficProblem[] _problems = [];

    /// <summary>The app.</summary>
    public required string ContainerAppName { get; init; }

    /// <summary>The resource group of the app.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The subscription of the app, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The app's Azure resource id; compare it without case.</summary>
    public required string ResourceId { get; init; }

    /// <summary><c>Single</c>, <c>Multiple</c> or <c>Labels</c>; open.</summary>
    public required string RevisionMode { get; init; }

    /// <summary>Whether the app has ingress. Without it there are no entries.</summary>
    public bool IngressEnabled { get; init; }

    /// <summary>The entries, whole and in Azure's order.</summary>
    public IReadOnlyList<TrafficRow> Entries
    {
        get => _entries;
        init => _entries = IndexableList.Of(value);
    }

    /// <summary>What is wrong with the table; empty where nothing is.</summary>
    public IReadOnlyList<TrafficProblem> Problems
    {
        get => _problems;
        init => _problems = IndexableList.Of(value);
    }

    /// <summary>The entries in short.</summary>
    public override string ToString() => string.Join(", ", (IEnumerable<TrafficRow>)_entries);
}
