using System.Text.Json;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Server;

public sealed class RehearseTests
{
    [Fact]
    public async Task A_rehearsal_ends_as_planned_and_says_what_it_did()
    {
        var (code, output, error) = await RunAsync("rehearse", "--keep-last", "3");

        Assert.True(code == 0, output[output.IndexOf("The run:", StringComparison.Ordinal)..]);
        Assert.Equal("", error);
        Assert.StartsWith("The fleet: ", output, StringComparison.Ordinal);
        Assert.Contains("planned again, 0 are left to deactivate.", output, StringComparison.Ordinal);
        Assert.Contains("Summary", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_rehearsal_is_like_the_other()
    {
        var first = await RunAsync("rehearse", "--keep-last", "3");
        var second = await RunAsync("rehearse", "--keep-last", "3");

        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public async Task The_JSON_report_counts_what_its_own_plans_and_results_hold()
    {
        var (code, output, _) = await RunAsync("rehearse", "--keep-last", "1", "--json");
        using var report = JsonDocument.Parse(output);
        var summary = report.RootElement.GetProperty("summary");
        var entries = report.RootElement.GetProperty("plans").EnumerateArray().SelectMany(plan => plan.GetProperty("entries").EnumerateArray()).ToList();
        var results = report.RootElement.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("outcome").GetString());

        Assert.Equal(0, code);
        Assert.Equal(Count("Deactivate"), summary.GetProperty("deactivated").GetInt32());
        Assert.Equal(Count("Deactivate"), results.Count(outcome => outcome == "Deactivated"));
        Assert.Equal(Count("Blocked"), summary.GetProperty("blocked").GetInt32());
        Assert.True(Count("Blocked") > 0);
        Assert.All(entries, entry => Assert.NotEqual(0, entry.GetProperty("reasons").GetArrayLength()));

        int Count(string decision) => entries.Count(entry => entry.GetProperty("decision").GetString() == decision);
    }

    [Fact]
    public async Task Plan_only_writes_nothing()
    {
        var (code, output, _) = await RunAsync("rehearse", "--keep-last", "1", "--plan-only", "--json");
        using var report = JsonDocument.Parse(output);

        Assert.Equal(0, code);
        Assert.Equal(0, report.RootElement.GetProperty("summary").GetProperty("writes").GetInt32());
        Assert.Equal(0, report.RootElement.GetProperty("results").GetArrayLength());
    }

    [Fact]
    public async Task One_app_can_be_chosen()
    {
        var (_, output, _) = await RunAsync("rehearse", "--keep-last", "3", "--app", "web-shop", "--json");
        using var report = JsonDocument.Parse(output);

        Assert.Equal("web-shop", Assert.Single(report.RootElement.GetProperty("fleet").EnumerateArray()).GetProperty("app").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Rules_may_come_from_a_file_and_then_not_as_options()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await File.WriteAllTextAsync(file, """{ "keepLast": 3 }""");
            Assert.Equal(await RunAsync("rehearse", "--keep-last", "3", "--plan-only"), await RunAsync("rehearse", "--policy", file, "--plan-only"));

            var (code, output, error) = await RunAsync("rehearse", "--policy", file, "--keep-name", "v1.*");
            Assert.Equal((2, ""), (code, output));
            Assert.Contains("--policy and --keep-name were both given", error, StringComparison.Ordinal);

            await File.WriteAllTextAsync(file, """{ "keepLats": 3 }""");
            (code, output, error) = await RunAsync("rehearse", "--policy", file);
            Assert.Equal((2, ""), (code, output));
            Assert.Contains("$.keepLats: is no rule", error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("There is no file", "rehearse", "--policy", "no-such.json")]
    [InlineData("no keep rule", "rehearse")]
    [InlineData("keep nothing", "rehearse", "--keep-last", "0")]
    [InlineData("must be 0 or more", "rehearse", "--keep-last", "-1")]
    [InlineData("must not be negative", "rehearse", "--keep-since-created", "-01:00:00")]
    [InlineData("'three' does not fit --keep-last", "rehearse", "--keep-last", "three")]
    [InlineData("'nope'", "rehearse", "--keep-last", "3", "--app", "nope")]
    [InlineData("'--bogus'", "rehearse", "--keep-last", "3", "--bogus")]
    [InlineData("'prune'", "prune")]
    public async Task Bad_arguments_get_one_clear_line_and_2(string expected, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => SandboxProgram.RunAsync(arguments);
}
