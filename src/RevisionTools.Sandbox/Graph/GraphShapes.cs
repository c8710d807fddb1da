using System.Text.RegularExpressions;

namespace RevisionTools.Sandbox;

/// <summary>
/// The query shapes of Resource Graph that the sandbox answers, all of them: what finds container apps. Each is one clause
/// after <c>Resources</c>, or one condition of a <c>where</c> between <c>and</c>s.
/// </summary>
internal static partial class GraphShapes
{
    internal static IReadOnlyList<GraphShape> Conditions { get; } =
    [
        new("type is", TypeIs(), (query, match) => query.Where("type", Test(match.Groups["operator"].Value, match))),
        new("column equals", ColumnEquals(), (query, match) => query.Where(match.Groups["column"].Value, Test(match.Groups["operator"].Value, match))),
        new("column in list", ColumnIn(), (query, match) => query.Where(match.Groups["column"].Value, In(match))),
        new("name starts with", NameStartsWith(), (query, match) => query.Where("name", StartsWith(match))),
        new("name matches regex", NameMatches(), (query, match) => query.Where("name", Matches(match))),
    ];

    internal static IReadOnlyList<GraphShape> Clauses { get; } =
    [
        new("project columns", Project(), (query, match) => query.Project(match.Groups["columns"].Value)),
        new("order by column", OrderBy(), (query, match) => query.OrderBy(match.Groups["column"].Value, match.Groups["way"].Value)),
    ];

    private static Func<string, bool> Test(string comparison, Match match)
    {
        var value = Text(match.Groups["value"]);
        var rule = Comparison(comparison);
        return text => text.Equals(value, rule);
    }

    private static Func<string, bool> In(Match match)
    {
        var rule = Comparison(match.Groups["operator"].Value);
        string[] values = [.. match.Groups["value"].Captures.Select(capture => Text(capture))];
        return text => values.Any(value => text.Equals(value, rule));
    }

    private static Func<string, bool> StartsWith(Match match)
    {
        var value = Text(match.Groups["value"]);
        return text => text.StartsWith(value, StringComparison.OrdinalIgnoreCase);
    }

    private static Func<string, bool> Matches(Match match)
    {
        // Patterns come with the request; this engine has no backtracking, so none of them takes long.
        Regex pattern = new(Text(match.Groups["value"]), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        return pattern.IsMatch;
    }

    /// <summary>The operators with a tilde do not look at case.</summary>
    private static StringComparison Comparison(string name) =>
        name.EndsWith('~') ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>What stands between the quotes.</summary>
    private static string Text(Capture literal) => GraphText.Unquote(literal.Value);

    [GeneratedRegex($"^type *(?<operator>=~|==) *{GraphText.Literal}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TypeIs();

    [GeneratedRegex(
        $"^(?<column>id|name|subscriptionId|resourceGroup|location|kind) *(?<operator>=~|==) *{GraphText.Literal}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ColumnEquals();

    [GeneratedRegex(
        $@"^(?<column>id|name|subscriptionId|resourceGroup|location|kind) +(?<operator>in~?) *\( *{GraphText.Literal} *(, *{GraphText.Literal} *)*\)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ColumnIn();

    [GeneratedRegex($"^name +startswith +{GraphText.Literal}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NameStartsWith();

    [GeneratedRegex($"^name +matches +regex +{GraphText.Literal}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NameMatches();

    [GeneratedRegex("^project +(?<columns>[a-z]+( *, *[a-z]+)*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Project();

    [GeneratedRegex("^(order|sort) +by +(?<column>id|name)( +(?<way>asc|desc))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OrderBy();
}
