using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using RevisionTools.Sandbox.Server;

namespace RevisionTools.Tests.Server;

/// <summary>The serve command, in a process where that matters.</summary>
public sealed class ServeCommandTests
{
    [SignalFact("TERM")]
    public Task It_says_when_it_is_ready_and_stops_when_it_is_terminated() => StartAndStopAsync("TERM");

    [SignalFact("INT")]
    public Task It_says_when_it_is_ready_and_stops_when_it_is_interrupted() => StartAndStopAsync("INT");

    [Fact]
    public async Task It_writes_the_certificate_where_told_and_listens_to_no_other_address()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using ServeProcess process = new("--https", "--ca-file", file);
        var ready = JsonNode.Parse(await process.ReadyAsync())!;

        Assert.Equal(file, (string?)ready["caFile"]);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        using TcpClient other = new();
        await Assert.ThrowsAnyAsync<SocketException>(() => other.ConnectAsync(IPAddress.Parse("127.0.0.2"), new Uri((string)ready["endpoint"]!).Port));
        File.Delete(file);
    }

    [Fact]
    public async Task Told_to_stop_before_it_is_ready_it_just_stops()
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        using StringWriter error = new(CultureInfo.InvariantCulture);

        var code = await CommandLine.RunAsync(["serve"], output, error, new CancellationToken(canceled: true));

        Assert.Equal((0, ""), (code, error.ToString()));
    }

    [Fact]
    public async Task It_stops_when_its_parent_is_gone()
    {
        using ServeProcess parent = new();
        await parent.ReadyAsync();
        using ServeProcess process = new("--parent-pid", parent.Id.ToString(CultureInfo.InvariantCulture), "--token", "a-token");
        var ready = JsonNode.Parse(await process.ReadyAsync())!;

        parent.Kill();

        Assert.Equal(("a-token", null), ((string?)ready["token"], (string?)ready["caFile"]));
        Assert.Equal((0, "", ""), await process.EndAsync());
    }

    [Fact]
    public async Task It_serves_a_scenario_at_its_time_with_the_seed_and_at_the_scale_that_were_given()
    {
        var file = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, """{"time":"2026-01-15T09:00:00Z","seed":3,"resourceGroups":["rg-of-the-scenario"]}""");
        using ServeProcess process = new("--scenario", file, "--seed", "7", "--time-scale", "0", "--token", "a-token");
        var ready = JsonNode.Parse(await process.ReadyAsync())!;
        using HttpClient client = new() { BaseAddress = new Uri((string)ready["endpoint"]!) };

        var state = JsonNode.Parse(await client.GetStringAsync("/_sandbox/state"))!["scenario"]!;

        Assert.Equal(["rg-of-the-scenario"], state["resourceGroups"]!.AsArray().Select(group => (string?)group));
        Assert.Equal(new DateTimeOffset(2026, 1, 15, 9, 0, 0, TimeSpan.Zero), (DateTimeOffset)state["time"]!);
        Assert.Equal(7, (int)state["seed"]!);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_exit_code_3()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        using ServeProcess process = new("--port", $"{port}");

        Assert.Equal((3, "", $"Port {port} on 127.0.0.1 is in use.{Environment.NewLine}"), await process.EndAsync());
    }

    [Fact]
    public async Task A_server_that_does_not_start_leaves_the_certificate_of_another_alone()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        var file = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, "the other's");
        using StringWriter output = new(CultureInfo.InvariantCulture);
        using StringWriter error = new(CultureInfo.InvariantCulture);

        var code = await CommandLine.RunAsync(
            ["serve", "--https", "--port", $"{((IPEndPoint)other.LocalEndpoint).Port}", "--ca-file", file], output, error, CancellationToken.None);

        Assert.Equal((3, "the other's"), (code, await File.ReadAllTextAsync(file)));
    }

    [Theory]
    [InlineData("--port", "70000")]
    [InlineData("--port", "-1")]
    [InlineData("--port", "http")]
    [InlineData("--time-scale", "-1")]
    [InlineData("--time-scale", "NaN")]
    [InlineData("--time-scale", "1e12")]
    [InlineData("--token", "two words")]
    [InlineData("--token", "")]
    [InlineData("--parent-pid", "2147483647")]
    [InlineData("--ca-file", "ca.pem")]
    [InlineData("--colour", "red")]
    public async Task A_bad_argument_is_named_with_exit_code_2_and_nothing_is_served(string option, string value)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        using StringWriter error = new(CultureInfo.InvariantCulture);

        var code = await CommandLine.RunAsync(["serve", option, value], output, error, CancellationToken.None);

        Assert.Equal((2, ""), (code, output.ToString()));
        Assert.Contains(option, error.ToString(), StringComparison.Ordinal);
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("""{"apps":[{"name":"Web","resourceGroup":"rg-web"}]}""", "$.apps[0]")]
    [InlineData("""{"colour":"red"}""", "$.colour: there is no field 'colour' here")]
    [InlineData(null, "no-such-file.json")]
    public async Task A_bad_scenario_is_one_line_with_path_and_reason_and_exit_code_2(string? scenario, string reason)
    {
        var path = scenario is null ? "no-such-file.json" : Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        if (scenario is not null)
        {
            await File.WriteAllTextAsync(path, scenario);
        }

        using StringWriter output = new(CultureInfo.InvariantCulture);
        using StringWriter error = new(CultureInfo.InvariantCulture);

        var code = await CommandLine.RunAsync(["serve", "--scenario", path], output, error, CancellationToken.None);

        Assert.Equal((2, ""), (code, output.ToString()));
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_written_is_named_with_exit_code_2()
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        using StringWriter error = new(CultureInfo.InvariantCulture);
        var path = Path.Combine(AppContext.BaseDirectory, "no-such-folder", "ca.pem");

        var code = await CommandLine.RunAsync(["serve", "--https", "--ca-file", path], output, error, CancellationToken.None);

        Assert.Equal((2, ""), (code, output.ToString()));
        Assert.Contains(path, error.ToString(), StringComparison.Ordinal);
    }

    private static async Task StartAndStopAsync(string signal)
    {
        using ServeProcess process = new("--https", "--port", "0", "--seed", "7", "--time-scale", "1000");
        var ready = (JsonObject)JsonNode.Parse(await process.ReadyAsync())!;
        var authority = (string)ready["caFile"]!;

        Assert.Equal(["endpoint", "token", "caFile", "pid"], ready.Select(field => field.Key));
        Assert.StartsWith("https://127.0.0.1:", (string?)ready["endpoint"], StringComparison.Ordinal);
        Assert.Equal(40, ((string)ready["token"]!).Length);
        Assert.Equal(process.Id, (int)ready["pid"]!);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", await File.ReadAllTextAsync(authority), StringComparison.Ordinal);

        process.Signal(signal);

        Assert.Equal((0, "", ""), await process.EndAsync());
        Assert.False(File.Exists(authority));
    }
}
