using System.Net.Sockets;
using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Lifecycle;
using RevisionTools.Probing;
using RevisionTools.Tests.Server;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Probing;

public sealed class HttpRevisionProbeTests : IDisposable
{
    private const string Host = "web-shop--1.nicewater-12345678.westeurope.azurecontainerapps.io";

    private readonly ScriptedHandler _script = new();

    [Theory]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(301, true)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(503, false)]
    public async Task The_status_decides(int status, bool isGood)
    {
        _script.Then(status);

        var answer = await AskAsync("/healthz");

        Assert.Equal((status, isGood, (string?)null), (answer.Status, answer.IsGood, answer.Failure));
    }

    [Fact]
    public async Task No_credential_and_no_header_of_Azure_is_sent()
    {
        HttpRequestMessage? sent = null;
        _script.Then((request, _) =>
        {
            sent = request;
            return Task.FromResult(ScriptedHandler.Answer(200));
        });

        await AskAsync("/healthz?deep=1");

        Assert.Equal((HttpMethod.Get, $"https://{Host}/healthz?deep=1", null), (sent!.Method, sent.RequestUri!.AbsoluteUri, sent.Content));
        Assert.Equal(["User-Agent"], sent.Headers.Select(header => header.Key));
    }

    [Fact]
    public async Task Each_request_names_the_version_and_is_told_without_its_query()
    {
        var told = new List<ArmRequestRecord>();
        var agents = new List<string>();
        var clock = new ManualClock();
        _script.Then((request, _) =>
        {
            agents.Add(request.Headers.UserAgent.ToString());
            clock.Advance(TimeSpan.FromMilliseconds(40));
            return Task.FromResult(ScriptedHandler.Answer(204));
        }).ThenThrow(new HttpRequestException("no route"));
        var probe = new HttpRevisionProbe(_script, time: clock, version: "1.2.3", log: record =>
        {
            told.Add(record);
            return ValueTask.CompletedTask;
        });

        await probe.AskAsync(Host, "/healthz?key=secret", CancellationToken.None);
        await probe.AskAsync(Host, "/healthz?key=secret", CancellationToken.None);

        Assert.Equal(["RevisionTools/1.2.3"], agents);
        Assert.Equal([new("GET", $"{Host}/healthz", 1, 204, 40, null), new("GET", $"{Host}/healthz", 1, 0, 0, null)], told);
    }

    [Fact]
    public async Task A_served_sandbox_stands_in_for_the_host_and_is_told_which_is_meant()
    {
        await using var served = await ServedSandbox.StartAsync();
        using var transport = LoopbackEndpoint.CreateTransport(null);
        var probe = new HttpRevisionProbe(transport, served.Endpoint);
        var revision = await served.ReadAsync(HttpMethod.Get, $"{served.Apps}/web-shop/revisions/web-shop--0000030?api-version=2026-01-01");
        var host = revision["properties"]!["fqdn"]!.GetValue<string>();

        Assert.Equal(200, (await probe.AskAsync(host, "/healthz?deep=1", CancellationToken.None)).Status);
        Assert.Equal(404, (await probe.AskAsync(host.Replace("0000030", "none", StringComparison.Ordinal), "/", CancellationToken.None)).Status);
        Assert.Equal("/healthz?deep=1", served.Sandbox.Requests[^2].PathAndQuery);
    }

    [Fact]
    public async Task A_connection_that_does_not_come_about_is_an_answer_with_its_words()
    {
        _script.ThenThrow(new HttpRequestException("No such host is known.", new SocketException((int)SocketError.HostNotFound)));

        var answer = await AskAsync("/");

        Assert.Equal((null, false), (answer.Status, answer.IsGood));
        Assert.NotEmpty(answer.Failure!);
        Assert.Contains("no answer", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task No_answer_within_five_seconds_is_an_answer()
    {
        var clock = new ManualClock();
        var begun = new TaskCompletionSource();
        NeverAnswer(begun);

        var asking = new HttpRevisionProbe(_script, time: clock).AskAsync(Host, "/", CancellationToken.None);
        await begun.Task;
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(asking.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Contains("within 5 seconds", (await asking).Failure, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cancellation_is_no_answer()
    {
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        NeverAnswer(begun);

        var asking = new HttpRevisionProbe(_script, time: new ManualClock()).AskAsync(Host, "/", stop.Token);
        await begun.Task;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Theory]
    [InlineData("user@evil.example", "/")]
    [InlineData("evil.example/x", "/")]
    [InlineData("evil.example:99", "/")]
    [InlineData("", "/")]
    [InlineData(Host, "x")]
    [InlineData(Host, ".evil.example/")]
    [InlineData(Host, "@evil.example/")]
    public async Task Nothing_is_sent_to_what_is_no_host_of_a_revision_or_no_path(string host, string path)
    {
        var answer = await new HttpRevisionProbe(_script).AskAsync(host, path, CancellationToken.None);

        Assert.Null(answer.Status);
        Assert.Empty(_script.Requests);
    }

    /// <inheritdoc/>
    public void Dispose() => _script.Dispose();

    private void NeverAnswer(TaskCompletionSource begun) => _script.Then(async (_, token) =>
    {
        begun.SetResult();
        await Task.Delay(Timeout.Infinite, token);
        return ScriptedHandler.Answer(200);
    });

    private Task<ProbeAnswer> AskAsync(string path) => new HttpRevisionProbe(_script).AskAsync(Host, path, CancellationToken.None);
}
