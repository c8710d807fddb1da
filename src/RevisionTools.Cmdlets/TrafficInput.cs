using System.Collections;
using System.Management.Automation;
using RevisionTools.Traffic;

namespace RevisionTools.Cmdlets;

/// <summary>Reads weights and saved tables, whatever PowerShell has wrapped them in.</summary>
internal static class TrafficInput
{
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidTrafficWeight"/> or <see cref="FailureKind.InvalidTrafficRequest"/>.</exception>
    public static IReadOnlyList<KeyValuePair<string, int>> Weights(IDictionary table)
    {
        List<KeyValuePair<string, int>> weights = [];
        foreach (DictionaryEntry entry in table)
        {
            var target = Bare(entry.Key)?.ToString() ?? "";
            if (string.IsNullOrWhiteSpace(target))
            {
                throw new RevisionToolsException(
                    FailureKind.InvalidTrafficRequest, $"-Weight gives '{Bare(entry.Value)}' to a target without a name. Name a revision, a label or '{TrafficEntry.LatestTarget}'.");
            }

            weights.Add(new(target, WeightNumber.Read(Bare(entry.Value), target)));
        }

        return weights;
    }

    /// <exception cref="RevisionToolsException">It is not a table.</exception>
    public static SavedTraffic Saved(PSObject item) => SavedTraffic.Read(item, Property);

    /// <summary>The property of an object, or the value of a dictionary, by name without regard to case.</summary>
    private static object? Property(object from, string name) => Bare(from) is IDictionary table
        ? table.Keys.OfType<string>().FirstOrDefault(key => Names.Same(key, name)) is { } found ? Bare(table[found]) : null
        : Bare(PSObject.AsPSObject(from).Properties[name]?.Value);

    /// <summary>The value without PowerShell's wrapping. An object that is nothing but properties stays as it is.</summary>
    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
