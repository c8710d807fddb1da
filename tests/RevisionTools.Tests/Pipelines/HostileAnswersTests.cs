using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Lifecycle;
using RevisionTools.Preflight;
using RevisionTools.Pruning;
using RevisionTools.Sandbox.Server.Rehearse;
using RevisionTools.Templates;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Pipelines;

/// <summary>Whatever field of an answer holds text for a pipeline, nothing that the module gives out has more in it than text.</summary>
public sealed class HostileAnswersTests : SandboxTest
{
    private static readonly string s_tail = string.Join("\n", HostileText.Samples);
    private static readonly PruneRequest s_request = new(new RetentionPolicy { KeepLast = 1 }, new InterlockLifts(true, true));

    private readonly HostileAnswers _service;
    private readonly ContainerAppsClient _client;

    public HostileAnswersTests()
    {
        _service = new HostileAnswers(Sandbox) { Tail = s_tail };
        _client = new ContainerAppsClient(ConnectionSettings.ForSandbox(_service, Sandbox.Clock, Sandbox.SubscriptionId).Arm with { Random = new Random(1) });
    }

    [Fact]
    public async Task Each_field_by_itself()
    {
        Assert.NotEmpty(await ReadAllAsync());
        Assert.Superset(new HashSet<string> { "id", "name", "runningStateDetails", "label", "image", "value", "message", "tags.*", "metadata.*" }, _service.Fields.ToHashSet());
        List<string> changed = [];
        foreach (var field in _service.Fields.ToList())
        {
            _service.IsChosen = name => name == field;
            var texts = (await ReadAllAsync()).SelectMany(TextsOf.Object).ToList();
            AssertPlain(field, texts);
            if (texts.Any(text => text.Text.Contains("## vso[task.setvariable", StringComparison.Ordinal)))
            {
                changed.Add(field);
            }
        }

        // Where no text arrives, nothing is shown.
        Assert.Superset(new HashSet<string> { "runningStateDetails", "label", "image", "value", "message", "tags.*", "metadata.*" }, changed.ToHashSet());
    }

    [Fact]
    public async Task All_fields_at_once_but_those_that_say_what_it_is()
    {
        _service.IsChosen = field => field is not ("id" or "name" or "type");

        AssertPlain("all", (await ReadAllAsync()).SelectMany(TextsOf.Object));
    }

    private static void AssertPlain(string field, IEnumerable<(string Path, string Text)> texts) =>
        Assert.Empty(texts.Where(text => !AgentLog.IsPlain(text.Text)).Select(text => $"{field} -> {text.Path}: {text.Text}"));

    /// <summary>Everything that the reading commands and the plans of the others give out.</summary>
    private async Task<IReadOnlyList<object>> ReadAllAsync()
    {
        List<object> all = [];
        var output = new CollectingOutput();
        string[] names = ["web-checkout", "orders-worker", "func-invoices", "nosuch"];
        await TryAsync(async () => all.AddRange(await _client.ListAppsAsync(Sandbox.SubscriptionId, null, default).ToListAsync()));
        await TryAsync(async () => all.AddRange(await _client.ListAppsEverywhereAsync(default).ToListAsync()));
        await TryAsync(async () => all.AddRange(await _client.ListSubscriptionsAsync(default).ToListAsync()));
        AppScope[] scopes = [.. names.Select(name => new AppScope(Sandbox.SubscriptionId, null, name))];
        await TryAsync(() => new FunctionReader(_client, output).ReadAsync(scopes, ["*"], passOver: true, default));
        await TryAsync(() => new LabelHistoryReader(_client, output).ReadAsync(scopes, ["*"], default));
        await TryAsync(() => new ReadinessRunner(_client, output).RunAsync(scopes, default));
        await TryAsync(async () => all.AddRange(await new PlanReader(_client, output).ReadAsync(scopes, s_request, 2, default)));
        foreach (var id in names.SelectMany(name => new[] { Shop(name), Data(name) }))
        {
            await TryAsync(async () => all.AddRange(await ReadAppAsync(id)));
        }

        return [.. all, .. output.Results<object>(), .. output.Warnings, .. output.Failures];

        async Task TryAsync(Func<Task> read)
        {
            try
            {
                await read();
            }
            catch (RevisionToolsException failure)
            {
                all.Add(failure);
            }
        }
    }

    private async Task<IReadOnlyList<object>> ReadAppAsync(ContainerAppId id)
    {
        var snapshot = await new SnapshotReader(_client).ReadAsync(id, default);
        List<object> all = [snapshot.App, .. snapshot.Revisions, TrafficJoin.Join(snapshot)];
        all.AddRange(await new RevisionReader(_client, TemplateDetail.WithValues).ListAsync(snapshot.App, null, default).ToListAsync());
        var documents = await _client.ListRevisionDocumentsAsync(id, default).ToListAsync();
        all.AddRange(TemplateComparer.Compare(documents[0].Template, documents[^1].Template, includeValue: true));
        foreach (var revision in snapshot.Revisions.Where(revision => revision.Active == true).TakeLast(2))
        {
            all.AddRange(await _client.ListReplicasAsync(revision.Id, default).ToListAsync());
        }

        return all;
    }
}
