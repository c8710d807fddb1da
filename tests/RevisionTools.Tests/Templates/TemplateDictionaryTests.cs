using System.Collections.Specialized;
using System.Text.Json.Nodes;
using RevisionTools.Templates;

namespace RevisionTools.Tests.Templates;

public sealed class TemplateDictionaryTests
{
    private const string Template = """
        {"containers":[{"image":"web:1","name":"web\u001b[31m","resources":{"cpu":0.25,"memory":"0.5Gi"},
           "env":[{"name":"PLAIN","value":"open sesame"},{"name":"EMPTY","value":""},{"name":"KEY","secretRef":"api-key"},{"name":"NONE","value":null}],
           "probes":[{"type":"Liveness","httpGet":{"path":"/","httpHeaders":[{"name":"Authorization","value":"Bearer x"}]}},{"type":"Readiness","tcpSocket":{"port":80}}]}],
         "initContainers":[{"name":"init","env":[{"name":"SEED","value":"42"}]}],
         "volumes":null,"terminationGracePeriodSeconds":5000000000,
         "scale":{"minReplicas":1,"rules":[
           {"name":"q","custom":{"type":"postgresql","metadata":{"connection":"Host=db;Password=x","queueName":"orders"}}},
           {"name":"h","http":{"metadata":{"concurrentRequests":"40"}}}]},
         "new##vso[task]":true}
        """;

    [Fact]
    public void A_template_can_be_walked_by_its_own_names_in_any_case()
    {
        var container = First(Read()["containers"]);

        Assert.Equal("web:1", container["IMAGE"]);
        Assert.Equal("0.5Gi", ((OrderedDictionary)container["resources"]!)["memory"]);
        Assert.Equal(["image", "name", "resources", "env", "probes"], container.Keys.Cast<string>());
    }

    [Fact]
    public void Values_keep_their_type()
    {
        var template = Read();

        Assert.Equal(0.25, ((OrderedDictionary)First(template["containers"])["resources"]!)["cpu"]);
        Assert.Equal(5000000000L, template["terminationGracePeriodSeconds"]);
        Assert.Equal(1, ((OrderedDictionary)template["scale"]!)["minReplicas"]);
        Assert.Null(template["volumes"]);
        Assert.Contains("volumes", template.Keys.Cast<string>());
    }

    [Fact]
    public void Text_is_harmless_names_of_fields_too()
    {
        var template = Read();

        Assert.Equal("web[31m", First(template["containers"])["name"]);
        Assert.Equal(true, template["new## vso[task]"]);
    }

    [Fact]
    public void Values_of_variables_are_hidden_and_names_of_secrets_are_not()
    {
        var template = Read();
        var variables = ((object[])First(template["containers"])["env"]!).Cast<OrderedDictionary>().ToList();

        Assert.Equal([TemplateDictionary.Hidden, TemplateDictionary.Hidden, null, null], variables.Select(variable => variable["value"]));
        Assert.Equal("api-key", variables[2]["secretRef"]);
        Assert.False(variables[2].Contains("value"));
        Assert.Equal(TemplateDictionary.Hidden, First(First(template["initContainers"])["env"])["value"]);
    }

    [Fact]
    public void Values_of_variables_are_there_for_who_asks_and_secrets_of_scale_rules_for_nobody()
    {
        var template = Read(includeValues: true);

        Assert.Equal("open sesame", First(First(template["containers"])["env"])["value"]);
        Assert.Equal("42", First(First(template["initContainers"])["env"])["value"]);
        var metadata = (OrderedDictionary)((OrderedDictionary)First(((OrderedDictionary)template["scale"]!)["rules"])["custom"]!)["metadata"]!;
        Assert.Equal([TemplateDictionary.Hidden, "orders"], metadata.Values.Cast<string>());
    }

    [Theory]
    [InlineData(false, TemplateDictionary.Hidden)]
    [InlineData(true, "Bearer x")]
    public void Values_of_headers_of_probes_are_there_for_who_asks(bool includeValues, string value)
    {
        var header = First(((OrderedDictionary)First(First(Read(includeValues)["containers"])["probes"])["httpGet"]!)["httpHeaders"]);

        Assert.Equal(("Authorization", value), (header["name"], header["value"]));
    }

    [Fact]
    public void The_template_itself_stays_as_it_is()
    {
        var json = JsonNode.Parse(Template)!.AsObject();
        var before = json.ToJsonString();

        TemplateDictionary.Of(json, includeValues: false);

        Assert.Equal(before, json.ToJsonString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"containers":"none","scale":[],"initContainers":{"env":1}}""")]
    [InlineData("""{"containers":[null,1,{"env":{"value":"x"}},{"env":[null,"y"]}],"scale":{"rules":[{"custom":{"metadata":"z"}}]}}""")]
    public void A_template_of_an_odd_shape_is_shown_as_it_is(string template) =>
        Assert.Equal(JsonNode.Parse(template)!.AsObject().Count, TemplateDictionary.Of(JsonNode.Parse(template)!.AsObject(), includeValues: false).Count);

    private static OrderedDictionary Read(bool includeValues = false) => TemplateDictionary.Of(JsonNode.Parse(Template)!.AsObject(), includeValues);

    private static OrderedDictionary First(object? list) => (OrderedDictionary)((object[])list!)[0];
}
