using System.Text.Json.Nodes;
using RevisionTools.Changes;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Changes;

public sealed class AppDifferencesTests
{
    private const string App = """
        {"id":"x","systemData":{"lastModifiedAt":"1"},"tags":{"team":"a"},
         "properties":{"provisioningState":"Succeeded","latestRevisionName":"r1",
          "configuration":{"activeRevisionsMode":"Multiple","ingress":{"targetPort":80,"traffic":[{"weight":100}]}},
          "template":{"containers":[{"image":"a"}],"scale":{"minReplicas":0}}}}
        """;

    [Theory]
    [InlineData("\"targetPort\":80", "\"targetPort\":81", "configuration.ingress.targetPort")]
    [InlineData("{\"image\":\"a\"}", "{\"image\":\"b\"}", "template.containers")]
    [InlineData("\"minReplicas\":0", "\"minReplicas\":0,\"maxReplicas\":3", "template.scale.maxReplicas")]
    [InlineData("\"minReplicas\":0", "\"minReplicas\":null", "template.scale.minReplicas")]
    [InlineData("{\"team\":\"a\"}", "{}", "tags.team")]
    public void A_field_that_the_patch_does_not_name_is_a_difference(string was, string now, string path) =>
        Assert.Equal([path], Between(App.Replace(was, now, StringComparison.Ordinal), Traffic(100)));

    [Theory]
    [InlineData("\"weight\":100", "\"weight\":50")]
    [InlineData("\"lastModifiedAt\":\"1\"", "\"lastModifiedAt\":\"2\"")]
    [InlineData("\"provisioningState\":\"Succeeded\"", "\"provisioningState\":\"InProgress\"")]
    [InlineData("\"latestRevisionName\":\"r1\"", "\"latestRevisionName\":\"r2\"")]
    [InlineData("\"minReplicas\":0", "\"minReplicas\":0,\"rules\":null")]
    public void What_the_patch_names_or_the_service_writes_is_none(string was, string now) =>
        Assert.Empty(Between(App.Replace(was, now, StringComparison.Ordinal), Traffic(50)));

    [Fact]
    public void A_field_that_the_patch_takes_away_is_no_difference() =>
        Assert.Empty(Between(App.Replace(",\"scale\":{\"minReplicas\":0}", "", StringComparison.Ordinal), """{"properties":{"template":{"scale":null}}}"""));

    [Fact]
    public void Names_of_fields_are_made_harmless()
    {
        var path = Assert.Single(Between(App.Replace("\"team\":\"a\"", "\"team\":\"a\",\"##vso[x]\\u001b\":\"b\"", StringComparison.Ordinal), "{}"));

        Assert.Equal("tags.## vso[x]", path);
    }

    private static string Traffic(int weight) => TrafficPatch.Of([new TrafficEntry { LatestRevision = true, Weight = weight }]).ToJsonString();

    private static IReadOnlyList<string> Between(string after, string patch) => AppDifferences.Between(Parse(App), Parse(after), Parse(patch));

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
