using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class PagingTests
{
    [Fact]
    public async Task The_next_link_is_followed_as_it_stands()
    {
        var handler = new ScriptedHandler().Then(200, Fixture.Read("apps-page-1.json")).Then(200, Fixture.Read("apps-page-2.json"));

        var apps = await ArmTestClient.Create(handler).ListAppsAsync(ArmTestClient.SubscriptionId, null, default).ToListAsync();

        Assert.Equal(["one", "two", "three"], apps.Select(app => app.Name));
        Assert.EndsWith("?api-version=2026-01-01&$skiptoken=page%2F2", handler.Requests[1].Uri.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_fetched_only_when_somebody_asks_for_it()
    {
        var handler = new ScriptedHandler().Then(200, Fixture.Read("apps-page-1.json"));

        await foreach (var app in ArmTestClient.Create(handler).ListAppsAsync(ArmTestClient.SubscriptionId, null, default))
        {
            if (app.Name == "two")
            {
                break;
            }
        }

        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData("https://evil.example.net/page2")]
    [InlineData("http://management.azure.com/page2")]
    [InlineData("https://management.azure.com:8443/page2")]
    [InlineData("https://management.azure.com@evil.example.net/page2")]
    [InlineData("https://user:pass@management.azure.com/page2")]
    [InlineData("https://management.azure.com.evil.example.net/page2")]
    [InlineData("//evil.example.net/page2")]
    [InlineData("file:///etc/passwd")]
    public async Task A_next_link_that_leaves_the_endpoint_is_refused_before_anything_is_sent(string link)
    {
        var handler = new ScriptedHandler().Then(200, $$"""{"value":[],"nextLink":"{{link}}"}""");

        var failure = await FailureOfListingAsync(handler);

        Assert.Equal(FailureKind.ServiceResponseInvalid, failure.Kind);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_relative_next_link_stays_at_the_endpoint()
    {
        var handler = new ScriptedHandler().Then(200, """{"value":[],"nextLink":"/page2?x=1"}""").Then(200, """{"value":[]}""");

        await ArmTestClient.Create(handler).ListRevisionsAsync(ArmTestClient.App, default).ToListAsync();

        Assert.Equal("https://management.azure.com/page2?x=1", handler.Requests[1].Uri.AbsoluteUri);
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_are_refused()
    {
        var handler = new ScriptedHandler()
            .Then(200, """{"value":[],"nextLink":"https://management.azure.com/a"}""")
            .Then(200, """{"value":[],"nextLink":"https://management.azure.com/b"}""")
            .Then(200, """{"value":[],"nextLink":"https://management.azure.com/a"}""");

        var failure = await FailureOfListingAsync(handler);

        Assert.Equal(FailureKind.ServiceResponseInvalid, failure.Kind);
        Assert.Equal(3, handler.Requests.Count);
    }

    [Fact]
    public async Task A_truncated_page_is_refused_whole()
    {
        var handler = new ScriptedHandler().Then(200, Fixture.Read("revisions-truncated.json"));
        var seen = 0;

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(async () =>
        {
            await foreach (var revision in ArmTestClient.Create(handler).ListRevisionsAsync(ArmTestClient.App, default))
            {
                seen++;
            }
        });

        Assert.Equal((FailureKind.ServiceResponseInvalid, 0), (failure.Kind, seen));
        Assert.Equal(ArmTestClient.App.Path, failure.ResourceId);
    }

    [Fact]
    public async Task A_list_without_value_is_refused()
    {
        var failure = await FailureOfListingAsync(new ScriptedHandler().Then(200, "{}"));

        Assert.Equal(FailureKind.ServiceResponseInvalid, failure.Kind);
    }

    private static Task<ServiceRequestException> FailureOfListingAsync(ScriptedHandler handler) =>
        Assert.ThrowsAsync<ServiceRequestException>(
            () => ArmTestClient.Create(handler).ListRevisionsAsync(ArmTestClient.App, default).ToListAsync());
}
