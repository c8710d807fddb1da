using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Server;

public sealed class ScenarioCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_sample_can_be_written_checked_and_rehearsed()
    {
        var file = PathOf("sample.json");

        Assert.Equal((0, "", ""), await RunAsync("scenario", "sample", "--out", file));
        Assert.Equal((0, "The scenario is good. Apps: 11, revisions: 180.\n", ""), await RunAsync("scenario", "check", file));
        Assert.Equal(
            await RunAsync("rehearse", "--keep-last", "3", "--plan-only"),
            await RunAsync("rehearse", "--keep-last", "3", "--plan-only", "--scenario", file));
    }

    [Fact]
    public async Task A_generated_fleet_goes_to_standard_output()
    {
        var (code, output, _) = await RunAsync("scenario", "generate", "--apps", "4", "--revisions", "3", "--seed", "8");

        Assert.Equal(0, code);
        Assert.Equal(SandboxScenario.Generate(4, 3, 8).ToJson(), output.TrimEnd());
    }

    [Fact]
    public async Task What_Azure_CLI_printed_becomes_a_scenario()
    {
        var (code, _, error) = await RunAsync(
            "scenario", "import", "--app", Fixed("containerapp-show.json"), "--revisions", Fixed("revision-list.json"), "--out", PathOf("copy.json"));

        Assert.Equal((0, ""), (code, error));
        Assert.Equal("api-live", Assert.Single(SandboxScenario.Load(PathOf("copy.json")).Apps).Name);
    }

    [Theory]
    [InlineData("'0' does not fit --apps", "scenario", "generate", "--apps", "0", "--revisions", "3")]
    [InlineData("'x' does not fit --seed", "scenario", "generate", "--apps", "1", "--revisions", "3", "--seed", "x")]
    [InlineData("--apps", "scenario", "generate", "--revisions", "3")]
    [InlineData("'no-such.json' cannot be read", "scenario", "check", "no-such.json")]
    [InlineData("'no-such.json' cannot be read", "scenario", "import", "--app", "no-such.json", "--revisions", "no-such.json")]
    [InlineData("'no-such.json' cannot be read", "rehearse", "--keep-last", "3", "--scenario", "no-such.json")]
    [InlineData("cannot be written", "scenario", "sample", "--out", "/no/such/folder/x.json")]
    public async Task Bad_arguments_get_one_clear_line_and_2(string expected, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_file_gets_its_path_and_reason_and_2()
    {
        await File.WriteAllTextAsync(PathOf("bad.json"), """{"apps":[{"resourceGroup":"rg","name":"web","revisions":[{"suffix":"a","createdTime":7}]}]}""");

        var (code, _, error) = await RunAsync("scenario", "check", PathOf("bad.json"));

        Assert.Equal(2, code);
        Assert.StartsWith("$.apps[0].revisions[0].createdTime: an ISO 8601 time", error, StringComparison.Ordinal);
    }

    private static string Fixed(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", "AzureCli", name);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => SandboxProgram.RunAsync(arguments);
}
