using System.Text.Json.Nodes;
using RevisionTools.Templates;

namespace RevisionTools.Tests.Templates;

/// <summary>Changes of a template, as somebody asks for them.</summary>
public sealed class TemplateChangeTests
{
    private const string One = """
        { "containers": [{ "name": "web", "image": "reg/web:1", "env": [{ "name": "A", "value": "1" }, { "name": "B", "secretRef": "key" }], "resources": { "cpu": 0.5, "memory": "1Gi" } }],
          "scale": { "minReplicas": 1, "maxReplicas": 5 } }
        """;

    private const string Two = """{ "containers": [{ "name": "web", "image": "reg/web:1" }, { "name": "side", "image": "reg/side:1" }], "initContainers": [{ "name": "first", "image": "reg/first:1" }] }""";

    [Fact]
    public void What_was_not_asked_for_stays_and_the_given_template_is_not_touched()
    {
        var template = Json(One);

        Assert.True(JsonNode.DeepEquals(Json(One), new TemplateChange().ApplyTo(template)));
        new TemplateChange { Images = Image("reg/web:2"), MinReplicas = 2, Cpu = 1, EnvironmentVariables = new Dictionary<string, string> { ["A"] = "2" } }.ApplyTo(template);
        Assert.True(JsonNode.DeepEquals(Json(One), template));
    }

    [Fact]
    public void A_variable_that_stands_there_twice_is_set_once()
    {
        var twice = Json("""{ "containers": [{ "name": "web", "env": [{ "name": "B", "value": "b" }, { "name": "A", "value": "1" }, { "name": "C" }, { "name": "A", "value": "2" }, { "name": "a", "value": "3" }] }] }""");

        var changed = new TemplateChange { EnvironmentVariables = new Dictionary<string, string> { ["A"] = "9" } }.ApplyTo(twice);

        Assert.Equal(
            """[{"name":"B","value":"b"},{"name":"A","value":"9"},{"name":"C"},{"name":"a","value":"3"}]""", changed["containers"]![0]!["env"]!.ToJsonString());
    }

    [Fact]
    public void Variables_are_set_replaced_and_removed_and_refer_to_secrets()
    {
        var change = new TemplateChange
        {
            EnvironmentVariables = new Dictionary<string, string> { ["A"] = "SecretRef:other", ["C"] = "", ["B2"] = "x=y" },
            RemovedEnvironmentVariables = ["B", "gone"],
        };

        var variables = change.ApplyTo(Json(One))["containers"]![0]!["env"]!;

        Assert.Equal("""[{"name":"A","secretRef":"other"},{"name":"C","value":""},{"name":"B2","value":"x=y"}]""", variables.ToJsonString());
        Assert.Equal(["gone"], change.NotThere(Json(One)));
    }

    [Fact]
    public void Several_containers_get_their_images_by_name()
    {
        var change = new TemplateChange { Images = new Dictionary<string, string> { ["side"] = "reg/side:2", ["first"] = "reg/first:2", [""] = "reg/web:2" }, ContainerName = "WEB" };

        var differences = TemplateComparer.Compare(Json(Two), change.ApplyTo(Json(Two)));

        Assert.Equal(["containers[web].image", "containers[side].image", "initContainers[first].image"], differences.Select(difference => difference.Path));
    }

    [Fact]
    public void Sizes_and_limits_are_set_one_by_one()
    {
        var changed = new TemplateChange { Memory = "2Gi", MaxReplicas = 7 }.ApplyTo(Json(One));

        Assert.Equal("""{"cpu":0.5,"memory":"2Gi"}""", changed["containers"]![0]!["resources"]!.ToJsonString());
        Assert.Equal("""{"minReplicas":1,"maxReplicas":7}""", changed["scale"]!.ToJsonString());
    }

    public static TheoryData<string, string> Misfits => new()
    {
        { "several containers, 'web', 'side', 'first'", "image" },
        { "no container 'nobody', but 'web', 'side', 'first'", "container" },
        { "is no image", "blank" },
        { "is an address and no image", "address" },
        { "is to be set and to be removed", "both" },
        { "is no name of an environment variable", "name" },
        { "a secret without a name", "secret" },
        { "is no size of memory", "memory" },
        { "at least 11 and at most 10 replicas", "min" },
        { "at least 0 and at most 1001 replicas", "max" },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void What_does_not_fit_is_refused(string message, string which)
    {
        Dictionary<string, TemplateChange> changes = new()
        {
            ["image"] = new() { Images = Image("reg/web:2") },
            ["container"] = new() { Cpu = 1, ContainerName = "nobody" },
            ["blank"] = new() { Images = Image("reg/web 2"), ContainerName = "web" },
            ["address"] = new() { Images = Image("https://reg/web:2"), ContainerName = "web" },
            ["both"] = Web(new() { ["A"] = "1" }, "A"),
            ["name"] = Web(new() { ["A=B"] = "1" }),
            ["secret"] = Web(new() { ["A"] = "secretref:" }),
            ["memory"] = new() { Memory = "2GB", ContainerName = "web" },
            ["min"] = new() { MinReplicas = 11 },
            ["max"] = new() { MaxReplicas = 1001 },
        };

        var failure = Assert.Throws<RevisionToolsException>(() => changes[which].ApplyTo(Json(Two)));

        Assert.Equal(FailureKind.InvalidTemplateChange, failure.Kind);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);

        static TemplateChange Web(Dictionary<string, string> variables, params string[] removed) =>
            new() { EnvironmentVariables = variables, RemovedEnvironmentVariables = removed, ContainerName = "web" };
    }

    [Fact]
    public void The_whole_patch_makes_of_any_template_the_wanted_one()
    {
        var current = Json("""{ "revisionSuffix": "old", "containers": [{ "name": "x" }], "volumes": [{ "name": "v" }], "scale": { "minReplicas": 2, "cooldownPeriod": 10, "rules": [{ "name": "r" }] }, "new": 1 }""");
        var desired = Json("""{ "revisionSuffix": null, "containers": [{ "name": "web" }], "scale": { "minReplicas": null, "maxReplicas": 3, "rules": null } }""");

        var patch = MergePatch.Whole(desired, current);

        Assert.Equal("""{"containers":[{"name":"web"}],"scale":{"maxReplicas":3}}""", MergePatch.Apply(current, patch).ToJsonString());
        Assert.Equal("""{"revisionSuffix":null,"containers":[{"name":"web"}],"scale":{"minReplicas":null,"maxReplicas":3,"rules":null,"cooldownPeriod":null},"volumes":null,"new":null}""", patch.ToJsonString());
    }

    private static Dictionary<string, string> Image(string image) => new() { [""] = image };

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;
}
