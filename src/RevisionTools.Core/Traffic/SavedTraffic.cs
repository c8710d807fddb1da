using System.Collections;
using System.Globalization;

namespace RevisionTools.Traffic;

/// <summary>A traffic table that was saved before: as the object itself, or as CliXml or JSON gave it back.</summary>
/// <param name="App">The app that it is of.</param>
/// <param name="Entries">The entries.</param>
internal sealed record SavedTraffic(ContainerAppId App, IReadOnlyList<TrafficEntry> Entries)
{
    /// <param name="item">What was given.</param>
    /// <param name="property">The property of an object by name, or null where it has none.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidTrafficTable"/> or <see cref="FailureKind.InvalidTrafficWeight"/>.</exception>
    public static SavedTraffic Read(object item, Func<object, string, object?> property)
    {
        var app = ContainerAppId.TryParse(Text(property(item, nameof(TrafficTable.ResourceId))))
            ?? throw Invalid("it has no ResourceId of a container app");
        var rows = property(item, nameof(TrafficTable.Entries)) switch
        {
            null or string => [],
            IDictionary one => [one],
            IEnumerable many => many.OfType<object>().ToList(),
            var one => [one],
        };
        return rows.Count > 0
            ? new SavedTraffic(app, [.. rows.Select(row => Entry(row, property))])
            : throw Invalid("it has no entries. A change is restored from its Before");
    }

    private static TrafficEntry Entry(object row, Func<object, string, object?> property)
    {
        var isLatest = property(row, nameof(TrafficRow.LatestRevision)) is true;
        var name = Text(property(row, nameof(TrafficRow.RevisionName)));
        if (!isLatest && name is null)
        {
            throw Invalid("an entry names no revision");
        }

        return new TrafficEntry
        {
            LatestRevision = isLatest,
            RevisionName = isLatest ? null : name,
            Weight = WeightNumber.Read(property(row, nameof(TrafficRow.Weight)), isLatest ? TrafficEntry.LatestTarget : name!),
            Label = Text(property(row, nameof(TrafficRow.Label))),
        };
    }

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    private static RevisionToolsException Invalid(string why) =>
        new(FailureKind.InvalidTrafficTable, $"What was given is not a traffic table as Get-AcaTraffic gives it: {why}.");
}
