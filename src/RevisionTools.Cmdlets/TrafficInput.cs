using System.Collections;
using System.Management.Automation;
using RevisionTools.Traffic;

namespace RevisionTools.Cmdlets;

/// <summary>Reads weights and saved tables, whatever PowerShell has wrapped them in.</summary>
internal static class TrafficInput
{
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidTrafficWeight"/></exception>
    public static IReadOnlyList<KeyValuePair<string, int>> Weights(IDictionary table)
    {
        List<KeyValuePair<string, int>> weights = [];
        foreach (DictionaryEntry entry in table)
        {
            var target = Bare(entry.Key)?.ToString() ?? "";
            weights.Add(new(target, WeightNumber.Read(Bare(entry.Value), target)));
        }

        return weights;
    }

    /// <exception cref="RevisionToolsException">It is not a table.</exception>
    public static SavedTraffic Saved(PSObject item) => SavedTraffic.Read(item, (from, name) => Bare(PSObject.AsPSObject(from).Properties[name]?.Value));

    /// <summary>The table, which must be of the app.</summary>
    /// <exception cref="RevisionToolsException">It is not a table, or of another app.</exception>
    public static SavedTraffic Saved(PSObject item, ContainerApp app)
    {
        var saved = Saved(item);
        return saved.App.Equals(app.Id)
            ? saved
            : throw TrafficFailure.Of(
                FailureKind.InvalidTrafficTable, app, $"The table is of the app '{saved.App.Name}' ({saved.App.ResourceGroupName}), not of '{app.Name}' ({app.ResourceGroupName}).");
    }

    /// <summary>The value without PowerShell's wrapping. An object that is nothing but properties stays as it is.</summary>
    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
