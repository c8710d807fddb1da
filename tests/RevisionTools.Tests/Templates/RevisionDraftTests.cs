using System.Text.Json.Nodes;
using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Templates;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Templates;

/// <summary>What is worked out before a revision is made, and made sure of again right before it is sent.</summary>
public sealed class RevisionDraftTests : SandboxTest
{
    private static readonly RevisionRequest s_named = new() { Suffix = "nine", Change = new TemplateChange { MaxReplicas = 7 } };

    [Fact]
    public async Task Empty_values_that_Azure_leaves_out_are_sent_as_empty_and_references_stay_what_they_are()
    {
        await UpdateAsync("web-shop", """{ "configuration": { "secrets": [{ "name": "key", "value": "x" }] } }""");
        Answer(new RevisionId(Shop("web-shop"), "web-shop--0000030"), """
            { "containers": [{ "name": "web-shop", "image": "contososhop.azurecr.io/x:9", "env": [{ "name": "EMPTY" }, { "name": "KEY", "secretRef": "key" }, { "name": "FULL", "value": "1" }] }],
              "initContainers": [{ "name": "init", "image": "contososhop.azurecr.io/x:9", "env": [{ "name": "EMPTY" }] }] }
            """);

        var draft = await DraftAsync(Shop("web-shop"), s_named);

        var template = draft.PatchOf(draft.State)["properties"]!["template"]!;
        Assert.Equal(
            """[{"name":"EMPTY","value":""},{"name":"KEY","secretRef":"key"},{"name":"FULL","value":"1"}]""", template["containers"]![0]!["env"]!.ToJsonString());
        Assert.Equal("""[{"name":"EMPTY","value":""}]""", template["initContainers"]![0]!["env"]!.ToJsonString());
    }

    [Fact]
    public async Task A_secret_that_is_removed_before_the_first_try_stops_it()
    {
        await UpdateAsync("web-shop", """{ "configuration": { "secrets": [{ "name": "key", "value": "x" }] } }""");
        var change = new TemplateChange { EnvironmentVariables = new Dictionary<string, string> { ["KEY"] = "secretref:key" } };
        var draft = await DraftAsync(Shop("web-shop"), s_named with { Change = change });
        await UpdateAsync("web-shop", """{ "configuration": { "secrets": [] } }""");

        Assert.Contains("secret 'key'", (await StopsAsync(draft, FailureKind.InvalidTemplateChange)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_that_somebody_puts_elsewhere_before_the_first_try_stops_it()
    {
        var draft = await DraftAsync(Shop("web-checkout"), s_named with { Label = "test" });
        SetTraffic(Shop("web-checkout"), ("web-checkout--v2-14", 100, "stable"), ("web-checkout--v2-13", 0, "test"));

        Assert.Contains("web-checkout--v2-13", (await StopsAsync(draft, FailureKind.DuplicateLabel)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false", true)]
    [InlineData("true", false)]
    public async Task Scale_rules_of_a_function_app_are_refused_unless_the_template_overrides_the_platform(string overrides, bool isRefused)
    {
        var source = (await ReadAsync(Data("func-invoices"))).App.LatestReadyRevisionName!;
        Answer(new RevisionId(Data("func-invoices"), source), $$$"""
            { "containers": [{ "name": "func-invoices", "image": "contososhop.azurecr.io/x:9" }],
              "scale": { "allowScalingRuleOverride": {{{overrides}}}, "rules": [{ "name": "h", "http": { "metadata": { "concurrentRequests": "5" } } }] } }
            """);

        var failure = await Record.ExceptionAsync(() => DraftAsync(Data("func-invoices"), s_named with { Force = true }));

        Assert.Equal(isRefused ? FailureKind.InvalidTemplateChange : null, (failure as RevisionToolsException)?.Kind);
        Assert.Equal(isRefused, failure?.Message.Contains("whose rules Azure makes", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task Traffic_is_not_pinned_where_no_revision_is_ready()
    {
        var app = (await Azure.GetAppDocumentAsync(Shop("web-search"), default)).Json.DeepClone();
        Assert.True(app["properties"]!.AsObject().Remove("latestReadyRevisionName"));
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.Status,
            Status = 200,
            Method = "GET",
            Path = Shop("web-search").Path,
            Times = int.MaxValue,
            Body = app.ToJsonString(),
        });

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => DraftAsync(Shop("web-search"), s_named with { From = "0000003", PinTraffic = true }));

        Assert.Equal(FailureKind.TrafficTargetNotReady, failure.Kind);
        Assert.Contains("none to pin the traffic to", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(await DraftAsync(Shop("web-search"), s_named with { From = "0000003" }));
    }

    private async Task<RevisionToolsException> StopsAsync(RevisionDraft draft, FailureKind kind)
    {
        Sandbox.ClearRequests();
        var maker = new RevisionMaker(Azure, new RevisionMakerOptions { Timeout = TimeSpan.FromMinutes(10), Random = new Random(1) }, Output);

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => maker.MakeAsync(draft, default));

        Assert.Equal(kind, failure.Kind);
        Assert.DoesNotContain(Sandbox.Requests, request => request.Method == "PATCH");
        Assert.Null((await ReadAsync(draft.App.Id)).Find(draft.FullName!));
        return failure;
    }

    private Task<RevisionDraft> DraftAsync(ContainerAppId app, RevisionRequest request) =>
        new RevisionDrafter(Azure).DraftAsync(new AppScope(app.SubscriptionId, app.ResourceGroupName, app.Name), request, default);

    private void Answer(RevisionId id, string template) => Sandbox.Inject(new SandboxFault
    {
        Kind = SandboxFaultKind.Status,
        Status = 200,
        Method = "GET",
        Path = id.Path,
        Times = int.MaxValue,
        Body = $$"""{ "name": "{{id.Name}}", "properties": { "template": {{template}} } }""",
    });

    private async Task UpdateAsync(string app, string properties)
    {
        await Azure.UpdateAppAsync(Shop(app), (JsonObject)JsonNode.Parse($$"""{ "properties": {{properties}} }""")!, TimeSpan.MaxValue, default);
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
    }
}
