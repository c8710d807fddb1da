using System.Text.RegularExpressions;

namespace RevisionTools.Sandbox;

/// <summary>The text of a query: its clauses, conditions and literals.</summary>
internal static partial class GraphText
{
    /// <summary>A literal in single or double quotes, or verbatim, as a pattern; the group is <c>value</c>.</summary>
    internal const string Literal = """(?<value>@?'[^']*'|@?"[^"]*")""";

    /// <summary>The clauses between bars, each on one line.</summary>
    internal static string[] Clauses(string query) => [.. Split(Bar().Split(query))];

    /// <summary>The conditions of a where, between <c>and</c>s.</summary>
    internal static string[] Conditions(string where) => [.. Split(And().Split(where))];

    /// <summary>What stands between the quotes; in an ordinary literal a backslash escapes the next letter.</summary>
    internal static string Unquote(string literal) => literal[0] == '@'
        ? literal[2..^1]
        : Escaped().Replace(literal[1..^1], "$1");

    private static IEnumerable<string> Split(string[] parts) => parts.Select(part => Spaces().Replace(part, " ").Trim());

    // A bar or an "and" counts when an even number of quotes follows it.
    [GeneratedRegex("""\|(?=(?:[^'"]|'[^']*'|"[^"]*")*$)""")]
    private static partial Regex Bar();

    [GeneratedRegex("""\s+and\s+(?=(?:[^'"]|'[^']*'|"[^"]*")*$)""", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
