using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using RevisionTools.Arm;
using RevisionTools.Arm.Wire;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

/// <summary>Feeds the interactions of one recording through the client and compares what comes out with the recorded bodies.</summary>
internal sealed class RecordingReplay(IReadOnlyList<RecordedInteraction> interactions)
{
    private readonly Dictionary<int, string> _covered = [];

    /// <summary>How each interaction was handled, by its position.</summary>
    public IReadOnlyDictionary<int, string> Covered => _covered;

    public async Task RunAsync()
    {
        for (var index = 0; index < interactions.Count; index++)
        {
            try
            {
                await RunAsync(index);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"{interactions[index]}: {exception.Message}", exception);
            }
        }
    }

    private Task RunAsync(int index)
    {
        var one = interactions[index];
        return one switch
        {
            _ when _covered.ContainsKey(index) => Task.CompletedTask,
            { Status: >= 400 } => FailAsync(index),
            { Method: "PATCH" } => PatchAsync(index),
            { Method: "PUT" or "DELETE" } => OperateAsync(index),
            { Method: "POST" } => ActAsync(index),
            _ => ReadAsync(index),
        };
    }

    private Task ReadAsync(int index)
    {
        var one = interactions[index];
        var segments = one.Path.Trim('/').Split('/');
        return (segments[^1], RevisionId.TryParse(one.Path), ContainerAppId.TryParse(one.Path)) switch
        {
            ("containerApps", _, _) => ReadAppsAsync(index),
            ("functions", _, _) => ReadFunctionsAsync(index),
            ("replicas", { } revision, _) => ReadReplicasAsync(index, revision),
            ("replicas", null, null) => ReadReplicasOfAJobAsync(index),
            (_, { } revision, _) when segments.Length == 12 => ReadReplicaAsync(index, revision),
            (_, { } revision, _) => ReadRevisionAsync(index, revision),
            ("revisions", _, { } app) => ReadRevisionsAsync(index, app),
            (_, _, { } app) => ReadAppAsync(index, app),
            _ => throw new InvalidOperationException("Nothing reads this."),
        };
    }

    private async Task ReadAppAsync(int index, ContainerAppId id)
    {
        var (handler, client) = Serve(index);
        var app = await client.GetAppAsync(id, default);
        RecordedValues.AssertApp(interactions[index].Json, app);
        Sent(handler, index, "app");
    }

    private async Task ReadAppsAsync(int index)
    {
        var (handler, client) = Serve(index);
        var segments = interactions[index].Path.Trim('/').Split('/');
        var apps = await client.ListAppsAsync(segments[1], segments[3], default).ToListAsync();
        RecordedValues.AssertEach(interactions[index].Json.GetProperty("value"), apps, RecordedValues.AssertApp);
        Sent(handler, index, "list of apps");
    }

    private async Task ReadRevisionAsync(int index, RevisionId id)
    {
        var (handler, client) = Serve(index);
        var revision = await client.GetRevisionAsync(id, default);
        RecordedValues.AssertRevision(interactions[index].Json, revision);
        Assert.Equal(id, RevisionId.TryParse(revision.ResourceId));
        Sent(handler, index, "revision");
    }

    private async Task ReadRevisionsAsync(int index, ContainerAppId app)
    {
        var (handler, client) = Serve(index);
        var revisions = await client.ListRevisionsAsync(app, default).ToListAsync();
        RecordedValues.AssertEach(interactions[index].Json.GetProperty("value"), revisions, RecordedValues.AssertRevision);
        Sent(handler, index, "list of revisions");
    }

    private async Task ReadReplicasAsync(int index, RevisionId id)
    {
        var (handler, client) = Serve(index);
        var replicas = await client.ListReplicasAsync(id, default).ToListAsync();
        RecordedValues.AssertEach(interactions[index].Json.GetProperty("value"), replicas, RecordedValues.AssertReplica);
        Sent(handler, index, "list of replicas");
    }

    private async Task ReadReplicasOfAJobAsync(int index)
    {
        var (handler, client) = Serve(index);
        var id = new RevisionId(ArmTestClient.App, "job");
        var bodies = await client.Requester.ListAsync(interactions[index].Uri, ArmJsonContext.Default.ResourcePageReplicaBody, default).ToListAsync();
        var replicas = bodies.ConvertAll(body => ResourceMapper.ToReplica(body, id));
        RecordedValues.AssertEach(interactions[index].Json.GetProperty("value"), replicas, RecordedValues.AssertReplica);
        Sent(handler, index, "list of replicas of a job");
    }

    private async Task ReadReplicaAsync(int index, RevisionId id)
    {
        var (handler, client) = Serve(index);
        var body = await client.Requester.GetAsync(interactions[index].Uri, ArmJsonContext.Default.ReplicaBody, default);
        RecordedValues.AssertReplica(interactions[index].Json, ResourceMapper.ToReplica(body, id));
        Sent(handler, index, "replica");
    }

    private async Task ReadFunctionsAsync(int index)
    {
        var (handler, client) = Serve(index);
        using var functions = await client.Requester.GetAsync(interactions[index].Uri, ArmJsonContext.Default.JsonDocument, default);
        var function = Assert.Single(functions.RootElement.GetProperty("value").EnumerateArray());
        Assert.Equal("httpTrigger", function.GetProperty("properties").GetProperty("triggerType").GetString());
        Sent(handler, index, "list of functions");
    }

    private async Task ActAsync(int index)
    {
        var (handler, client) = Serve(index);
        var id = RevisionId.TryParse(interactions[index].Path)!.Value;
        await (interactions[index].Path.Split('/')[^1] switch
        {
            "activate" => client.ActivateRevisionAsync(id, default),
            "deactivate" => client.DeactivateRevisionAsync(id, default),
            "restart" => client.RestartRevisionAsync(id, default),
            var action => throw new InvalidOperationException($"Nothing does '{action}'."),
        });
        Sent(handler, index, "action");
    }

    private async Task PatchAsync(int index)
    {
        var one = interactions[index];
        var polls = PollsAfter(index);
        var handler = Script([index, .. polls]);
        var readBack = ReadBackAfter(index, polls);
        handler.Then((_, _) => Task.FromResult(interactions[readBack].ToResponse()));
        var patch = JsonNode.Parse(one.RequestBody!)!.AsObject();

        var (client, id) = (Client(handler, one), ContainerAppId.TryParse(one.Path)!.Value);
        await client.UpdateAppAsync(id, patch, TimeSpan.MaxValue, default);
        var app = await client.GetAppAsync(id, default);

        RecordedValues.AssertApp(interactions[readBack].Json, app);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(one.RequestBody!), JsonNode.Parse(handler.Requests[0].Body!)));
        AssertAddresses(handler, index, polls);
        Cover([index], "patch");
        Cover(polls, "poll of a patch");
    }

    private async Task OperateAsync(int index)
    {
        var one = interactions[index];
        var polls = PollsAfter(index);
        var isWhole = polls.Count > 0 ? IsEnd(interactions[polls[^1]]) : one.Status == 204;
        using var cancellation = new CancellationTokenSource();
        var handler = Script([index, .. polls]).Then((_, token) =>
        {
            cancellation.Cancel();
            throw new OperationCanceledException(token);
        });
        var clock = new AutoClock();
        var requester = new ContainerAppsClient(ArmTestClient.Options(handler, clock)).Requester;
        using var accepted = await requester.SendAsync(
            RequestMethod.Parse(one.Method), one.Uri, one.RequestBody is null ? null : Encoding.UTF8.GetBytes(one.RequestBody), default);

        var wait = new LongRunningOperation(requester, clock, log: null).WaitAsync(accepted, TimeSpan.MaxValue, cancellation.Token);

        if (isWhole)
        {
            await wait;
            AssertAddresses(handler, index, polls);
        }
        else
        {
            // The recording stops before the operation ends: the client must still be asking.
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        }

        Cover([index], isWhole ? $"{one.Method} to its end" : $"{one.Method} cut off");
        Cover(polls, $"poll of a {one.Method}");
    }

    private async Task FailAsync(int index)
    {
        var one = interactions[index];
        var handler = new ScriptedHandler().Always(_ => one.ToResponse());
        var client = Client(handler, one);
        var isApp = one.Method == "GET" && ContainerAppId.TryParse(one.Path) is { } app && app.Path.Length == one.Path.Length;

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => isApp
            ? client.GetAppAsync(ContainerAppId.TryParse(one.Path)!.Value, default)
            : client.Requester.SendAsync(RequestMethod.Parse(one.Method), one.Uri, null, default));

        RecordedValues.AssertFailure(one, failure);
        Assert.Equal(one.Status == 500 ? 5 : 1, handler.Requests.Count);
        Cover([index], isApp ? "missing app" : "error");
    }

    private (ScriptedHandler Handler, ContainerAppsClient Client) Serve(int index)
    {
        var handler = Script([index]);
        return (handler, Client(handler, interactions[index]));
    }

    private ScriptedHandler Script(IEnumerable<int> indexes)
    {
        var handler = new ScriptedHandler();
        foreach (var one in indexes.Select(index => interactions[index]))
        {
            for (var time = 0; time < one.Times; time++)
            {
                handler.Then((_, _) => Task.FromResult(one.ToResponse()));
            }
        }

        return handler;
    }

    private static ContainerAppsClient Client(ScriptedHandler handler, RecordedInteraction one) =>
        new(ArmTestClient.Options(handler, endpoint: one.Uri.GetLeftPart(UriPartial.Authority)));

    /// <summary>The polls that follow an accepted write, up to the one that ends it.</summary>
    private List<int> PollsAfter(int index)
    {
        var polls = new List<int>();
        for (var next = index + 1; next < interactions.Count && IsPoll(interactions[next]) && !(polls.Count > 0 && IsEnd(interactions[polls[^1]])); next++)
        {
            polls.Add(next);
        }

        return polls;
    }

    private int ReadBackAfter(int index, List<int> polls)
    {
        var app = ContainerAppId.TryParse(interactions[index].Path);
        for (var next = polls[^1]; next < interactions.Count; next++)
        {
            var one = interactions[next];
            if (one.Method == "GET" && one.Status == 200 && one.Body is not null && ContainerAppId.TryParse(Id(one)) == app && RevisionId.TryParse(Id(one)) is null)
            {
                return next;
            }
        }

        throw new InvalidOperationException("The recording never shows the app after this change.");
    }

    private static string? Id(RecordedInteraction one) =>
        one.Json.ValueKind == JsonValueKind.Object && one.Json.TryGetProperty("id", out var id) ? id.GetString() : null;

    private static bool IsPoll(RecordedInteraction one) => one.Path.Contains("/containerappOperation", StringComparison.Ordinal);

    private static bool IsEnd(RecordedInteraction one) => one.Status switch
    {
        202 => false,
        204 => true,
        _ => !(one.Json.TryGetProperty("status", out var status) && status.GetString() == "InProgress"),
    };

    /// <summary>Each poll went to the address that the answer before it gave, which is the recorded one where nothing is folded.</summary>
    private void AssertAddresses(ScriptedHandler handler, int index, List<int> polls)
    {
        var sent = 1;
        var before = interactions[index];
        foreach (var poll in polls.Select(position => interactions[position]))
        {
            var given = before.Header("azure-asyncoperation") ?? before.Header("location");
            for (var time = 0; time < poll.Times; time++)
            {
                var expected = time == 0 && given is not null ? new Uri(given) : poll.Header("location") is { } fresh ? new Uri(fresh) : poll.Uri;
                Assert.Equal(expected, handler.Requests[sent++].Uri);
            }

            before = poll;
        }

        Assert.Equal(sent, handler.Requests.Count - (interactions[index].Method == "PATCH" ? 1 : 0));
    }

    private void Sent(ScriptedHandler handler, int index, string how)
    {
        var request = Assert.Single(handler.Requests);
        Assert.Equal((interactions[index].Method, interactions[index].Path), (request.Method, request.Uri.AbsolutePath), PathComparer.Instance);
        Cover([index], how);
    }

    private void Cover(IEnumerable<int> indexes, string how)
    {
        foreach (var index in indexes)
        {
            _covered.Add(index, how);
        }
    }

    /// <summary>Azure compares paths without case.</summary>
    private sealed class PathComparer : IEqualityComparer<(string Method, string Path)>
    {
        public static readonly PathComparer Instance = new();

        public bool Equals((string Method, string Path) x, (string Method, string Path) y) =>
            x.Method == y.Method && string.Equals(x.Path, y.Path, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((string Method, string Path) obj) => StringComparer.OrdinalIgnoreCase.GetHashCode(obj.Path);
    }
}
