using System.Text.Json.Nodes;
using RevisionTools.Templates;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Templates;

/// <summary>What counts as a difference of two templates, and how it is told.</summary>
public sealed class TemplateComparerTests
{
    private const string Web = """
        { "containers": [
            { "name": "web", "image": "reg/web:1", "args": ["--a", "--b"],
              "env": [{ "name": "A", "value": "1" }, { "name": "B", "secretRef": "key" }],
              "resources": { "cpu": 0.5, "memory": "1Gi" },
              "probes": [{ "type": "Liveness", "httpGet": { "path": "/live", "port": 80 } }, { "type": "Readiness", "tcpSocket": { "port": 80 } }],
              "volumeMounts": [{ "volumeName": "data", "mountPath": "/data" }] },
            { "name": "side", "image": "reg/side:1" }],
          "volumes": [{ "name": "data", "storageType": "EmptyDir" }],
          "scale": { "minReplicas": 0, "maxReplicas": 10, "rules": [
            { "name": "orders", "custom": { "type": "azure-servicebus", "metadata": { "queueName": "orders", "messageCount": "20" }, "auth": [{ "secretRef": "bus", "triggerParameter": "connection" }] } },
            { "name": "http", "http": { "metadata": { "concurrentRequests": "40" } } }] } }
        """;

    [Fact]
    public void A_template_is_the_same_as_itself() => Assert.Empty(TemplateComparer.Compare(Json(Web), Json(Web)));

    [Fact]
    public void The_order_of_init_containers_is_one_difference_since_they_run_in_it()
    {
        var (one, other) = (Json(Init("a", "b", "c")), Json(Init("b", "new", "a", "c")));

        Assert.Empty(TemplateComparer.Compare(one, Json(Init("a", "b", "c"))));
        var found = TemplateComparer.Compare(one, Json(Init("b", "a", "c")));
        Assert.Equal("""initContainers: ["a","b","c"] -> ["b","a","c"]""", Assert.Single(found).Message);
        Assert.Equal((DifferenceCategory.InitContainer, DifferenceKind.Changed, "initContainers"), (found[0].Category, found[0].Kind, found[0].Path));
        Assert.Equal(["initContainers", "initContainers[new]"], TemplateComparer.Compare(one, other).Select(difference => difference.Path));

        static string Init(params string[] names) => $$"""{ "initContainers": [{{string.Join(',', names.Select(name => $$"""{ "name": "{{name}}", "image": "x/{{name}}:1" }"""))}}] }""";
    }

    [Theory]
    [InlineData("type")]
    [InlineData("TYPE")]
    public void Types_of_probes_are_matched_without_case(string way)
    {
        var lower = Json(Web.Replace("\"Liveness\"", way == "type" ? "\"liveness\"" : "\"LIVENESS\"", StringComparison.Ordinal));

        Assert.Empty(TemplateComparer.Compare(Json(Web), lower));
        lower["containers"]![0]!["probes"]![0]!["httpGet"]!["path"] = "/up";
        Assert.EndsWith(".httpGet.path: /live -> /up", Assert.Single(TemplateComparer.Compare(Json(Web), lower)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "containers": [{ "name": "a", "env": { "KEY": "topsecret" } }] }""")]
    [InlineData("""{ "containers": [{ "name": "a", "env": ["KEY=topsecret"] }] }""")]
    [InlineData("""{ "containers": [{ "name": "a", "env": "KEY=topsecret" }] }""")]
    [InlineData("""{ "containers": [{ "name": "a", "probes": [{ "type": "Liveness", "httpGet": { "port": 1, "httpHeaders": { "Authorization": "topsecret" } } }] }] }""", """, "probes": [{ "type": "Liveness", "httpGet": { "port": 1 } }]""")]
    [InlineData("""{ "containers": [{ "name": "a", "news": [{ "name": "n", "value": "topsecret" }] }] }""")]
    public void Values_are_hidden_in_whatever_shape_they_come(string template, string more = "")
    {
        var reference = Json($$"""{ "containers": [{ "name": "a"{{more}} }] }""");

        var found = TemplateComparer.Compare(reference, Json(template));

        Assert.DoesNotContain("topsecret", Assert.Single(found).Message, StringComparison.Ordinal);
        Assert.Contains("topsecret", TemplateComparer.Compare(reference, Json(template), includeValue: true)[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Order_alone_is_no_difference()
    {
        var other = Json(Web);
        foreach (var list in Lists(other).Where(list => !list.GetPath().EndsWith(".args", StringComparison.Ordinal)).ToList())
        {
            var items = list.Select(item => item!.DeepClone()).Reverse().ToList();
            list.Clear();
            items.ForEach(list.Add);
        }

        Assert.Empty(TemplateComparer.Compare(Json(Web), other));
    }

    [Theory]
    [InlineData("""{ "scale": null }""", """{ "scale": { "minReplicas": 0, "maxReplicas": 10, "cooldownPeriod": 300, "pollingInterval": 30, "rules": [] } }""")]
    [InlineData("""{ "terminationGracePeriodSeconds": 30, "volumes": [], "initContainers": null }""", "{}")]
    [InlineData("""{ "revisionSuffix": "a" }""", """{ "revisionSuffix": "" }""")]
    [InlineData("""{ "containers": [{ "name": "a", "resources": { "cpu": 0.50, "memory": "1.0Gi", "ephemeralStorage": "2Gi" }, "probes": [], "imageType": "ContainerImage" }] }""", """{ "containers": [{ "name": "a" }] }""")]
    [InlineData("""{ "containers": [{ "name": "a", "env": [{ "name": "E", "value": "" }] }] }""", """{ "containers": [{ "name": "a", "env": [{ "name": "E" }] }] }""")]
    [InlineData("""{ "containers": [{ "name": "a", "probes": [{ "type": "liveness", "periodSeconds": 10, "failureThreshold": 3 }] }] }""", """{ "containers": [{ "name": "a", "probes": [{ "type": "liveness" }] }] }""")]
    [InlineData("""{ "containers": [{ "name": "a", "resources": { "memory": "512Mi" } }] }""", """{ "containers": [{ "name": "a", "resources": { "memory": "0.5Gi" } }] }""")]
    [InlineData("""{ "volumes": [{ "name": "v", "secrets": [{ "secretRef": "a" }, { "secretRef": "b", "path": "p" }] }] }""", """{ "volumes": [{ "name": "v", "secrets": [{ "secretRef": "b", "path": "p" }, { "secretRef": "a" }] }] }""")]
    [InlineData("""{ "volumes": [{ "name": "v", "storageType": "emptyDir" }] }""", """{ "volumes": [{ "name": "v" }] }""")]
    [InlineData("""{ "scale": { "rules": [{ "name": "r", "custom": { "type": "cron", "metadata": { "desiredReplicas": 1 } } }] } }""", """{ "scale": { "rules": [{ "name": "r", "custom": { "type": "cron", "metadata": { "desiredReplicas": "1" } } }] } }""")]
    public void Null_absent_and_the_default_are_the_same(string one, string other)
    {
        Assert.Empty(TemplateComparer.Compare(Json(one), Json(other)));
        Assert.Empty(TemplateComparer.Compare(Json(other), Json(one)));
    }

    [Theory]
    [InlineData("$.containers[0].image", "\"reg/web:2\"", "containers[web].image: reg/web:1 -> reg/web:2", DifferenceCategory.Image)]
    [InlineData("$.containers[1].image", "\"reg/side:2\"", "containers[side].image: reg/side:1 -> reg/side:2", DifferenceCategory.Image)]
    [InlineData("$.containers[0].args", """["--b", "--a"]""", """containers[web].args: ["--a","--b"] -> ["--b","--a"]""", DifferenceCategory.Command)]
    [InlineData("$.containers[0].env[0].value", "\"2\"", "containers[web].env[A]: changed (hidden)", DifferenceCategory.EnvironmentVariable)]
    [InlineData("$.containers[0].env[1].secretRef", "\"other\"", "containers[web].env[B]: secretref:key -> secretref:other", DifferenceCategory.EnvironmentVariable)]
    [InlineData("$.containers[0].env[1]", null, "containers[web].env[B]: removed, was secretref:key", DifferenceCategory.EnvironmentVariable)]
    [InlineData("$.containers[0].resources.cpu", "1", "containers[web].resources.cpu: 0.5 -> 1", DifferenceCategory.Resources)]
    [InlineData("$.containers[0].probes[0].httpGet.path", "\"/up\"", "containers[web].probes[Liveness].httpGet.path: /live -> /up", DifferenceCategory.Probe)]
    [InlineData("$.containers[0].probes[1]", null, "containers[web].probes[Readiness]: removed, was tcpSocket :80", DifferenceCategory.Probe)]
    [InlineData("$.containers[0].volumeMounts[0].mountPath", "\"/d\"", "containers[web].volumeMounts[data].mountPath: /data -> /d", DifferenceCategory.Volume)]
    [InlineData("$.volumes[0].storageType", "\"AzureFile\"", "volumes[data].storageType: EmptyDir -> AzureFile", DifferenceCategory.Volume)]
    [InlineData("$.scale.maxReplicas", "3", "scale.maxReplicas: 10 -> 3", DifferenceCategory.Scale)]
    [InlineData("$.scale.maxReplicas", "null", null, DifferenceCategory.Scale)]
    [InlineData("$.containers[1]", null, "containers[side]: removed, was reg/side:1", DifferenceCategory.Container)]
    [InlineData("$.containers[1].name", "\"aside\"", "containers[aside].name: side -> aside", DifferenceCategory.Container)]
    [InlineData("$.scale.rules[1].http.metadata.concurrentRequests", "\"50\"", "scale.rules[http].http.metadata.concurrentRequests: 40 -> 50", DifferenceCategory.ScaleRule)]
    [InlineData("$.scale.rules[0]", null, "scale.rules[orders]: removed, was azure-servicebus:orders; consumer azure-servicebus:orders disappears", DifferenceCategory.ScaleRule)]
    [InlineData("$.scale.rules[0].name", "\"queue\"", "scale.rules[queue].name: orders -> queue; consumer azure-servicebus:orders changes", DifferenceCategory.ScaleRule)]
    [InlineData("$.scale.rules[0].custom.metadata.messageCount", "\"5\"", "scale.rules[orders].custom.metadata.messageCount: 20 -> 5; consumer azure-servicebus:orders changes", DifferenceCategory.ScaleRule)]
    [InlineData("$.scale.rules[0].custom.metadata.queueName", "\"late\"", "scale.rules[orders].custom.metadata.queueName: orders -> late; consumer azure-servicebus:orders -> azure-servicebus:late changes", DifferenceCategory.ScaleRule)]
    [InlineData("$.scale.rules[0].custom.auth[0].secretRef", "\"bus2\"", "scale.rules[orders].custom.auth[connection].secretRef: bus -> bus2; consumer azure-servicebus:orders changes", DifferenceCategory.ScaleRule)]
    [InlineData("$.scale.rules[0]", """{ "name": "orders", "azureQueue": { "queueName": "q" } }""", "scale.rules[orders]: azure-servicebus:orders -> azure-queue:q; consumer azure-servicebus:orders -> azure-queue:q changes", DifferenceCategory.ScaleRule)]
    public void One_change_is_one_difference(string where, string? value, string? message, DifferenceCategory category)
    {
        var other = Json(Web);
        Set(other, where, value);

        var differences = TemplateComparer.Compare(Json(Web), other);

        if (message is null)
        {
            Assert.Empty(differences);
            return;
        }

        var difference = Assert.Single(differences);
        Assert.Equal(message, difference.Message);
        Assert.Equal((category, DifferenceScope.Revision), (difference.Category, difference.Scope));
        Assert.Equal(differences.Count, TemplateComparer.Compare(other, Json(Web)).Count);
    }

    [Fact]
    public void What_is_added_one_way_is_removed_the_other()
    {
        var other = Json(Web);
        Set(other, "$.containers[0].env[0]", null);

        Assert.Equal(DifferenceKind.Removed, Assert.Single(TemplateComparer.Compare(Json(Web), other)).Kind);
        Assert.Equal(DifferenceKind.Added, Assert.Single(TemplateComparer.Compare(other, Json(Web))).Kind);
    }

    [Fact]
    public void Values_are_shown_only_to_who_asks()
    {
        var other = Json(Web);
        Set(other, "$.containers[0].env[0].value", "\"topsecret\"");
        Set(other, "$.scale.rules[0].custom.metadata.connection", "\"Endpoint=sb://x;SharedAccessKey=abc\"");

        Assert.DoesNotContain(TemplateComparer.Compare(Json(Web), other), difference => $"{difference}".Contains("topsecret", StringComparison.Ordinal) || $"{difference}".Contains("abc", StringComparison.Ordinal));
        var shown = TemplateComparer.Compare(Json(Web), other, includeValue: true);
        Assert.Contains(shown, difference => difference is { ReferenceValue: "1", DifferenceValue: "topsecret" });
        Assert.DoesNotContain(shown, difference => $"{difference}".Contains("abc", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_and_values_cannot_steer_a_terminal()
    {
        var other = Json(Web);
        Set(other, "$.containers[0].image", "\"reg/\\u001b[31mweb\"");
        ((JsonArray)other["containers"]![0]!["env"]!).Add(new JsonObject { ["name"] = "X\u001b[0m", ["value"] = "1" });

        Assert.All(TemplateComparer.Compare(Json(Web), other, includeValue: true), difference => Assert.DoesNotContain('\u001b', difference.Message));
    }

    [Fact]
    public void The_configuration_of_an_app_is_of_the_application()
    {
        var reference = TemplateDocument.OfConfiguration(Json("""{ "activeRevisionsMode": "Single", "secrets": [{ "name": "a", "value": "x" }], "ingress": { "targetPort": 80, "fqdn": "f" } }"""));
        var difference = TemplateDocument.OfConfiguration(Json("""
            { "activeRevisionsMode": "multiple", "secrets": [{ "name": "a", "value": "y" }, { "name": "b" }],
              "ingress": { "targetPort": 80, "traffic": [{ "revisionName": "web--1", "weight": "100", "label": "blue" }] } }
            """));

        var found = TemplateComparer.Compare(reference, difference);

        Assert.All(found, one => Assert.Equal(DifferenceScope.Application, one.Scope));
        Assert.Equal(
            [
                "configuration.activeRevisionsMode: Single -> multiple", "configuration.ingress.traffic[latest]: removed, was 100 %",
                "configuration.ingress.traffic[web--1]: added, 100 % (blue)", "configuration.secrets[b]: added, b",
            ],
            found.Select(one => one.Message).Order(StringComparer.Ordinal));
    }

    [RecordingsFact]
    public void An_app_and_its_newest_revision_have_the_same_template_as_recorded()
    {
        var compared = 0;
        foreach (var interactions in Recordings.Files.Select(Recordings.Read))
        {
            JsonObject? app = null;
            foreach (var answer in interactions.Where(one => one.Method == "GET" && one.Status == 200 && one.Body is not null).Select(one => JsonNode.Parse(one.Body!) as JsonObject))
            {
                app = answer?["properties"]?["configuration"] is not null && answer["properties"]!["provisioningState"]?.GetValue<string>() == "Succeeded" ? answer : app;
                foreach (var revision in Revisions(answer).Where(revision => IsNewestOf(revision, app)))
                {
                    // Of an HTTP rule a revision shows a part only (recording 03, index 5 and 20).
                    Assert.DoesNotContain(
                        TemplateComparer.Compare((JsonObject)app!["properties"]!["template"]!, (JsonObject)revision["properties"]!["template"]!),
                        difference => !difference.Path.Contains(".http.", StringComparison.Ordinal));
                    compared++;
                }
            }
        }

        Assert.True(compared > 5, $"{compared} compared");
    }

    private static IEnumerable<JsonObject> Revisions(JsonObject? answer) => answer switch
    {
        { } when answer["value"] is JsonArray list => list.OfType<JsonObject>().Where(item => item["properties"]?["template"] is not null),
        { } when answer["properties"]?["trafficWeight"] is not null => [answer],
        _ => [],
    };

    private static bool IsNewestOf(JsonObject revision, JsonObject? app) =>
        app is not null && revision["name"]!.GetValue<string>() == app["properties"]!["latestRevisionName"]?.GetValue<string>();

    private static IEnumerable<JsonArray> Lists(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Lists).Append(list),
        JsonObject fields => fields.SelectMany(field => Lists(field.Value)),
        _ => [],
    };

    /// <summary>Sets, or for null removes, what stands at a path as JsonNode.GetPath writes it.</summary>
    private static void Set(JsonObject root, string path, string? json)
    {
        var at = Math.Max(path.LastIndexOf('.'), path.LastIndexOf('['));
        var parent = Nodes(root).Single(node => node.GetPath() == path[..at]);
        var name = path[(at + 1)..].TrimEnd(']');
        if (parent is JsonArray list)
        {
            list.RemoveAt(int.Parse(name, System.Globalization.CultureInfo.InvariantCulture));
            if (json is not null)
            {
                list.Insert(int.Parse(name, System.Globalization.CultureInfo.InvariantCulture), JsonNode.Parse(json));
            }
        }
        else
        {
            parent[name] = JsonNode.Parse(json!);
        }
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) => node switch
    {
        JsonObject fields => fields.Select(field => field.Value).OfType<JsonNode>().SelectMany(Nodes).Prepend(node),
        JsonArray items => items.OfType<JsonNode>().SelectMany(Nodes).Prepend(node),
        _ => [node],
    };

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;
}
