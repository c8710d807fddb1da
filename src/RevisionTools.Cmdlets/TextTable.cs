using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Reads hashtables whose keys and values are texts.</summary>
internal static class TextTable
{
    public static Dictionary<string, string> Of(IDictionary? table)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table ?? new Hashtable())
        {
            texts[Text(entry.Key)] = Text(entry.Value);
        }

        return texts;
    }

    private static string Text(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };
}
