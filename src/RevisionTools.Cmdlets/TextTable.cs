using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Reads hashtables whose keys and values are texts.</summary>
internal static class TextTable
{
    /// <summary>The texts. Numbers are written as invariant text that reads back as the same, dates as ISO 8601.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidTemplateChange"/> where something is no text and none can be made of it.</exception>
    public static Dictionary<string, string> Of(IDictionary? table)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table ?? new Hashtable())
        {
            var key = Text("a name", entry.Key);
            texts[key] = Text($"'{key}'", entry.Value);
        }

        return texts;
    }

    private static string Text(string what, object? value) => Unwrap(value) switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable date and (DateTime or DateTimeOffset or DateOnly or TimeOnly) => date.ToString("O", CultureInfo.InvariantCulture),
        Uri address => address.OriginalString,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => throw new RevisionToolsException(FailureKind.InvalidTemplateChange, $"The change of the template does not fit: {what} is a {other.GetType().Name} and no text."),
    };

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
