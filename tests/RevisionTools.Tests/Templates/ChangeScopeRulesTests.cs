using System.Text.Json.Nodes;
using RevisionTools.Templates;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Templates;

/// <summary>Which fields of a change make a revision (ARM-FACTS 4.9).</summary>
public sealed class ChangeScopeRulesTests : SandboxTest
{
    [Theory]
    [InlineData("""{ "properties": { "template": { "scale": { "minReplicas": 1 } } } }""", "template.scale.minReplicas", "")]
    [InlineData("""{ "template": { "containers": [] , "revisionSuffix": "a" } }""", "template.containers,template.revisionSuffix", "")]
    [InlineData("""{ "Properties": { "Template": { "Scale": { "MINREPLICAS": 1 } } } }""", "template.scale.minReplicas", "")]
    [InlineData("""{ "configuration": { "ingress": { "targetPort": 1 }, "dapr": { "enabled": true } }, "tags": { "a": "b" } }""", "", "tags.a,configuration.ingress.targetPort,configuration.dapr.enabled")]
    [InlineData("""{ "workloadProfileName": "D4", "template": { "volumes": null } }""", "template.volumes", "workloadProfileName")]
    [InlineData("""{ "template": {} }""", "", "")]
    public void Alone_every_field_counts_by_where_it_stands(string patch, string revision, string application)
    {
        var scope = ChangeScopeRules.Of(Json(patch), null);

        Assert.Equal((revision.Length > 0, revision, application), (scope.MakesRevision, string.Join(',', scope.RevisionFields), string.Join(',', scope.ApplicationFields)));
        Assert.Empty(scope.UnknownFields);
        Assert.Empty(scope.Unchanged);
    }

    [Theory]
    [InlineData("""{ "template": 5 }""", "'template' is an object with fields, and nothing else")]
    [InlineData("""{ "template": null }""", "'template' is an object with fields, and cannot be removed")]
    [InlineData("""{ "properties": { "configuration": [] } }""", "'configuration' is an object with fields, and nothing else")]
    [InlineData("""{ "properties": null }""", "'properties' is an object with fields, and cannot be removed")]
    public async Task What_Azure_would_refuse_is_said_alone_and_against_an_app(string patch, string warning)
    {
        Assert.Contains(ChangeScopeRules.Of(Json(patch), null).Warnings, said => said.Contains(warning, StringComparison.Ordinal));
        Assert.Contains((await AgainstAsync("web-shop", patch)).Warnings, said => said.Contains(warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_app_has_already_makes_nothing()
    {
        var scope = await AgainstAsync("web-shop", """
            { "template": { "scale": { "minReplicas": 0, "maxReplicas": 10 }, "containers": [{ "name": "web-shop", "image": "contososhop.azurecr.io/shop:5.7.2" }] },
              "configuration": { "activeRevisionsMode": "multiple", "ingress": { "targetPort": 8080 } }, "tags": { "owner": "team-web" } }
            """);

        Assert.False(scope.MakesRevision);
        Assert.Empty(scope.ApplicationFields);
        Assert.Equal(
            ["tags.owner", "template.scale.minReplicas", "template.scale.maxReplicas", "template.containers", "configuration.activeRevisionsMode", "configuration.ingress.targetPort"],
            scope.Unchanged);
        Assert.Empty(scope.Warnings);
    }

    [Fact]
    public async Task Against_an_app_the_items_that_change_are_named()
    {
        var scope = await AgainstAsync(Data("orders-worker"), """{ "template": { "containers": [{ "name": "orders-worker", "image": "x/y:1", "env": [{ "name": "QUEUE_NAME", "value": "orders" }] }] } }""");

        Assert.Equal(["template.containers[orders-worker].image", "template.containers[orders-worker].env[SERVICEBUS_CONNECTION]"], scope.RevisionFields);
        Assert.Contains("'template.containers[orders-worker].env[SERVICEBUS_CONNECTION]' goes: lists are replaced whole.", scope.Warnings);
    }

    [Theory]
    [InlineData("web-landing", """{ "template": { "scale": { "maxReplicas": 4 } } }""", "In Single mode the platform switches")]
    [InlineData("api-catalog", """{ "template": { "scale": { "maxReplicas": 4 } } }""", "takes its share over")]
    [InlineData("web-checkout", """{ "template": { "scale": { "maxReplicas": 4 } } }""", "still has the suffix 'v2-15'")]
    [InlineData("web-shop", """{ "template": { "revisionSuffix": "Bad" } }""", "would not take the suffix 'Bad'")]
    [InlineData("web-shop", """{ "configuration": { "activeRevisionsMode": "Single" } }""", "takes all others down")]
    [InlineData("web-landing", """{ "configuration": { "activeRevisionsMode": "Multiple" } }""", "becomes Multiple")]
    [InlineData("web-shop", """{ "configuration": { "secrets": [{ "name": "a", "value": "b" }] } }""", "only after a restart")]
    [InlineData("web-checkout", """{ "configuration": { "ingress": { "traffic": [{ "revisionName": "web-checkout--v2-14", "weight": 90 }] } } }""", "The label 'canary' goes")]
    [InlineData("web-checkout", """{ "configuration": { "ingress": { "traffic": [{ "revisionName": "web-checkout--v2-14", "weight": 90 }] } } }""", "add up to 90, not to 100")]
    [InlineData("web-shop", """{ "properties": { "latestRevisionName": "x" } }""", "'latestRevisionName' is written by Azure")]
    public async Task What_else_comes_of_it_is_said(string app, string patch, string warning) =>
        Assert.Contains((await AgainstAsync(app, patch)).Warnings, said => said.Contains(warning, StringComparison.Ordinal));

    [Theory]
    [InlineData("web-shop", """{ "template": { "scale": { "maxReplicas": 4 } } }""")]
    [InlineData("api-catalog", """{ "template": { "scale": { "maxReplicas": 4 } }, "configuration": { "ingress": { "traffic": [{ "revisionName": "api-catalog--0000106", "weight": 100 }] } } }""")]
    [InlineData("web-checkout", """{ "template": { "revisionSuffix": null, "scale": { "maxReplicas": 4 } } }""")]
    public async Task Where_nothing_else_comes_of_it_nothing_is_said(string app, string patch) => Assert.Empty((await AgainstAsync(app, patch)).Warnings);

    [Fact]
    public void An_unknown_field_is_listed_as_such()
    {
        var scope = ChangeScopeRules.Of(Json("""{ "template": { "containers": [{ "imige": "x" }], "sale": 1 }, "konfiguration": 2 }"""), null);

        Assert.Equal(["konfiguration", "template.containers.imige", "template.sale"], scope.UnknownFields.Order());
        Assert.Equal(["template.containers", "template.sale"], scope.RevisionFields.Order());
        Assert.Equal(["konfiguration"], scope.ApplicationFields);
    }

    [Fact]
    public async Task A_value_for_a_secret_that_is_there_already_counts_as_a_change()
    {
        const string Secret = """{ "configuration": { "secrets": [{ "name": "key", "value": "SECRET" }] } }""";
        await Azure.UpdateAppAsync(Shop("web-shop"), AppBody.Complete(Json(Secret)), TimeSpan.MaxValue, CancellationToken.None);

        var scope = await AgainstAsync("web-shop", Secret.Replace("SECRET", "other", StringComparison.Ordinal));

        Assert.Equal(["configuration.secrets[key]"], scope.ApplicationFields);
        Assert.Empty(scope.Unchanged);
        Assert.False(scope.MakesRevision);
    }

    [Theory]
    [InlineData("""{ "template": { "scale": { "maxReplicas": 4 } } }""")]
    [InlineData("""{ "template": { "scale": { "maxReplicas": 10 } } }""")]
    [InlineData("""{ "template": { "revisionSuffix": "fresh" } }""")]
    [InlineData("""{ "template": { "containers": [{ "name": "web-shop", "image": "contososhop.azurecr.io/shop:5.7.2" }] } }""")]
    [InlineData("""{ "template": { "containers": [{ "name": "web-shop", "image": "contososhop.azurecr.io/shop:6" }] } }""")]
    [InlineData("""{ "configuration": { "maxInactiveRevisions": 5 } }""")]
    public async Task It_says_what_the_service_then_does(string patch)
    {
        var scope = await AgainstAsync("web-shop", patch);
        var before = (await ReadAsync(Shop("web-shop"))).Revisions.Count;

        await Azure.UpdateAppAsync(Shop("web-shop"), AppBody.Complete(Json(patch)), TimeSpan.MaxValue, CancellationToken.None);

        Assert.Equal(scope.MakesRevision, (await ReadAsync(Shop("web-shop"))).Revisions.Count > before);
    }

    private Task<ChangeScope> AgainstAsync(string app, string patch) => AgainstAsync(Shop(app), patch);

    private async Task<ChangeScope> AgainstAsync(ContainerAppId app, string patch) =>
        ChangeScopeRules.Of(Json(patch), await Azure.GetAppDocumentAsync(app, CancellationToken.None));

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;
}
