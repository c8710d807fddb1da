using System.Text.Json.Nodes;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class GraphQueryTests
{
    private const string Row = """
        {"id":"/subscriptions/s-SUFFIX/resourceGroups/Shop/providers/Microsoft.App/containerApps/web","name":"web","location":"westeurope","kind":"","tags":null,
         "properties":{"configuration":{"activeRevisionsMode":"Multiple"}}}
        """;

    [Fact]
    public async Task One_query_goes_to_all_subscriptions_and_follows_its_tokens()
    {
        var handler = new ScriptedHandler().Then(200, Page("one", "more+")).Then(200, Page("two"));

        var apps = await ArmTestClient.Create(handler).ListAppsEverywhereAsync(default).ToListAsync();

        Assert.Equal(["s-one", "s-two"], apps.Select(app => app.SubscriptionId));
        Assert.Equal(("web", "Shop", "Multiple", null), (apps[0].Name, apps[0].ResourceGroupName, apps[0].RevisionMode, apps[0].Kind));
        Assert.All(handler.Requests, request => Assert.Equal(
            ("POST", "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01"), (request.Method, request.Uri.PathAndQuery)));
        var bodies = handler.Requests.Select(request => JsonNode.Parse(request.Body!)!).ToList();
        Assert.All(bodies, body => Assert.Null(body["subscriptions"]));
        Assert.Equal([null, "more+"], bodies.Select(body => (string?)body["options"]!["$skipToken"]));
    }

    [Fact]
    public async Task A_query_is_tried_again_and_leaves_no_doubt_when_it_fails_for_good()
    {
        var handler = new ScriptedHandler().Then(503).Then(200, Page("one"));
        Assert.Single(await ArmTestClient.Create(handler).ListAppsEverywhereAsync(default).ToListAsync());

        var failing = new ScriptedHandler().Always(_ => ScriptedHandler.Answer(500));
        var failure = await FailureAsync(failing);
        Assert.Equal(FailureKind.ServiceUnavailable, failure.Kind);
        Assert.False(failure.OutcomeUnknown);
    }

    [Theory]
    [InlineData("""{"data":[],"resultTruncated":"true"}""", "cut off")]
    [InlineData("""{"count":0}""", "no 'data'")]
    [InlineData("""{"data":{}}""", "cannot be used")]
    public async Task An_answer_that_is_not_whole_is_refused(string answer, string words)
    {
        var failure = await FailureAsync(new ScriptedHandler().Then(200, answer));

        Assert.Equal(FailureKind.ServiceResponseInvalid, failure.Kind);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.False(failure.OutcomeUnknown);
    }

    [Fact]
    public async Task Rows_that_are_null_and_columns_that_are_missing_do_no_harm()
    {
        const string Bare = """{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.App/containerApps/bare","properties":{"configuration":{"ingress":{"traffic":[null]}}}}""";
        var handler = new ScriptedHandler().Then(200, $$"""{"data":[null,{{Bare}}],"$skipToken":null,"resultTruncated":null}""");

        var app = Assert.Single(await ArmTestClient.Create(handler).ListAppsEverywhereAsync(default).ToListAsync());

        Assert.Equal(("bare", "Single", 100), (app.Name, app.RevisionMode, Assert.Single(app.Traffic).Weight));
        Assert.Empty(app.Tags);
    }

    [Theory]
    [InlineData("""{"id":null,"name":"web","properties":{}}""")]
    [InlineData("""{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.App/jobs/web","properties":{}}""")]
    [InlineData("""{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.App/containerApps/web","properties":null}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("7")]
    public async Task A_row_that_is_no_app_is_told(string row)
    {
        var failure = await FailureAsync(new ScriptedHandler().Then(200, $$"""{"data":[{{row}}]}"""));

        Assert.Equal(FailureKind.ServiceResponseInvalid, failure.Kind);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_token_that_leads_in_circles_is_refused()
    {
        var failure = await FailureAsync(new ScriptedHandler().Always(_ => ScriptedHandler.Answer(200, Page("one", "again"))));

        Assert.Contains("leads back", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<ServiceRequestException> FailureAsync(ScriptedHandler handler) =>
        await Assert.ThrowsAsync<ServiceRequestException>(() => ArmTestClient.Create(handler).ListAppsEverywhereAsync(default).ToListAsync());

    private static string Page(string suffix, string? token = null) =>
        $$"""{"totalRecords":2,"count":1,"data":[{{Row.Replace("SUFFIX", suffix, StringComparison.Ordinal)}}],"facets":[],"resultTruncated":"{{(token is null ? "false" : "true")}}"{{(token is null ? "" : $",\"$skipToken\":\"{token}\"")}}}""";
}
