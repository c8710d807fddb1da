using System.Text.RegularExpressions;

namespace RevisionTools.ModulePacker.Manifest;

/// <summary>
/// Reads the part of PowerShell's data language that a manifest needs: tables, lists and text in single quotes. The build has no
/// PowerShell to ask.
/// </summary>
internal sealed partial class DataFileReader
{
    private readonly string _text;
    private Match _token;
    private int _read;

    private DataFileReader(string text)
    {
        _text = text;
        _token = Token().Match(text);
    }

    /// <summary>Reads a file that holds one table.</summary>
    /// <param name="text">The text of the file.</param>
    /// <returns>The table; its values are tables, lists and strings.</returns>
    /// <exception cref="PackingException">The text holds something else; the message names the line.</exception>
    public static IReadOnlyDictionary<string, object> Read(string text)
    {
        DataFileReader reader = new(text);
        return reader.Value() is IReadOnlyDictionary<string, object> table && reader.Current.Length == 0 ? table : throw reader.Unexpected();
    }

    private string Current => _token.Groups["token"].Value;

    private object Value() => Take() switch
    {
        "@{" => Table(),
        "@(" => List(),
        ['\'', .. var quoted, '\''] => quoted.Replace("''", "'", StringComparison.Ordinal),
        _ => throw Unexpected(),
    };

    private Dictionary<string, object> Table()
    {
        Dictionary<string, object> table = new(StringComparer.OrdinalIgnoreCase);
        while (Current != "}")
        {
            var key = Take();
            if (Take() != "=" || !table.TryAdd(key, Value()))
            {
                throw Unexpected();
            }
        }

        Take();
        return table;
    }

    private List<object> List()
    {
        List<object> list = [];
        while (Current != ")")
        {
            list.Add(Value());
        }

        Take();
        return list;
    }

    private string Take()
    {
        var token = Current;
        if (token.Length == 0)
        {
            throw Unexpected();
        }

        _read = _token.Index + _token.Length;
        _token = _token.NextMatch();
        return token;
    }

    private PackingException Unexpected() =>
        new($"The manifest cannot be read near line {_text.AsSpan(0, _read).Count('\n') + 1}: only tables, lists and text in single quotes are understood.");

    [GeneratedRegex(@"\G(?:[\s;,]|\#[^\n]*)*(?<token>@\{|@\(|[})=]|'(?:[^']|'')*'|\w+|$)")]
    private static partial Regex Token();
}
