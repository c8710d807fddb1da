using System.Text.RegularExpressions;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox;

/// <summary>docs/sandbox/README.md says what the sandbox answers, all of it and nothing else.</summary>
public sealed partial class SandboxDocumentationTests
{
    private const string Subscription = "/subscriptions/{subscription}";
    private const string Group = Subscription + "/resourceGroups/{group}";
    private const string App = Group + "/providers/Microsoft.App/containerApps/{app}";

    private static readonly string s_page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "sandbox", "README.md"));

    [Fact]
    public void The_page_lists_every_call()
    {
        var listed = Call().Matches(s_page).Select(match => $"{match.Groups["method"].Value} {Whole(match.Groups["path"].Value)}");

        Assert.Equal(
            ArmRouter.Routes.Select(route => $"{route.Method} {route.Template}").Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_page_lists_every_piece_of_a_query_and_its_examples_are_answered()
    {
        using SandboxDriver driver = new();
        var pieces = Piece().Matches(s_page).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["query"].Value);

        Assert.Equal(
            GraphShapes.Conditions.Concat(GraphShapes.Clauses).Select(shape => shape.Name).Order(StringComparer.Ordinal),
            pieces.Keys.Order(StringComparer.Ordinal));
        foreach (var query in pieces.Values.Select(piece => $"Resources | {piece}").Append(Query().Match(s_page).Groups["query"].Value))
        {
            using var answer = await driver.SendAsync(
                HttpMethod.Post, "/providers/Microsoft.ResourceGraph/resources", $$"""{"query":"{{query}}"}""", "2024-04-01");
            Assert.True(answer.IsSuccessStatusCode, query);
        }
    }

    private static string Whole(string path) => path switch
    {
        _ when path.StartsWith("app", StringComparison.Ordinal) => App + path[3..],
        _ when path.StartsWith("group", StringComparison.Ordinal) => Group + path[5..],
        _ when path.StartsWith("subscription", StringComparison.Ordinal) => Subscription + path[12..],
        _ => path,
    };

    [GeneratedRegex(@"^\| `(?<method>GET|PUT|PATCH|POST|DELETE) (?<path>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Call();

    [GeneratedRegex(@"^\| (?<name>[a-z ]+) \| `(?<query>(where|project|order) [^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Piece();

    [GeneratedRegex(@"`(?<query>Resources \| [^`]+)`")]
    private static partial Regex Query();
}
