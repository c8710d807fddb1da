using System.Collections.Specialized;
using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

public sealed class RevisionReaderTests : SandboxTest
{
    [Theory]
    [InlineData(false, "(hidden)")]
    [InlineData(true, "orders")]
    public async Task Templates_come_with_the_list_and_cost_no_call_of_their_own(bool withValues, string expected)
    {
        var revisions = await ReadAsync(withValues ? TemplateDetail.WithValues : TemplateDetail.WithoutValues, Data("orders-worker"), null);

        Assert.Equal(4, revisions.Count);
        Assert.All(revisions, revision => Assert.Equal(expected, First(First(revision.Template!["containers"])["env"])["value"]));
        Assert.Single(Sandbox.Requests, request => request.PathAndQuery.Contains("/revisions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_revision_is_read_with_its_template_in_one_call()
    {
        var revision = Assert.Single(await ReadAsync(TemplateDetail.WithoutValues, Shop("web-checkout"), "v2-12"));

        Assert.Equal("v2-12", revision.Template!["revisionSuffix"]);
        Assert.Single(Sandbox.Requests, request => request.PathAndQuery.Contains("/revisions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_holds_a_template_who_did_not_ask() =>
        Assert.All(await ReadAsync(TemplateDetail.None, Shop("web-checkout"), null), revision => Assert.Null(revision.Template));

    [Fact]
    public async Task Containers_say_what_they_run_and_ask_for()
    {
        var revision = Assert.Single(await ReadAsync(TemplateDetail.None, Shop("web-checkout"), "v2-12"));

        var container = Assert.Single(revision.Containers);
        Assert.Equal(("web-checkout", "contososhop.azurecr.io", "checkout", "2.12.3"), (container.Name, container.Registry, container.Repository, container.Tag));
        Assert.Equal((0.5, "1Gi"), (container.Cpu, container.Memory));
        Assert.Equal(revision.Images, revision.Containers.Select(each => each.Image));
    }

    [Fact]
    public async Task Age_goes_by_the_clock_of_the_connection()
    {
        var before = Assert.Single(await ReadAsync(TemplateDetail.None, Shop("web-checkout"), "v2-12"));
        Assert.Equal(Sandbox.Clock.GetUtcNow() - before.CreatedTime, before.Age);

        Sandbox.Clock.Advance(TimeSpan.FromHours(5));

        var after = Assert.Single(await ReadAsync(TemplateDetail.WithoutValues, Shop("web-checkout"), "v2-12"));
        Assert.Equal(TimeSpan.FromHours(5), after.Age - before.Age);
    }

    [Fact]
    public void A_revision_from_the_near_future_has_no_age_below_zero_and_one_without_a_date_has_none()
    {
        var app = Given.App();

        Assert.Equal(TimeSpan.Zero, RevisionJoin.Join(app, Given.Resource(1) with { CreatedTime = Given.Now.AddSeconds(2), ReadTime = Given.Now }).Age);
        Assert.Null(RevisionJoin.Join(app, Given.Resource(1) with { CreatedTime = null, ReadTime = Given.Now }).Age);
    }

    [Fact]
    public async Task A_list_that_leaves_a_template_out_costs_a_call_for_that_revision()
    {
        var handler = new ScriptedHandler()
            .Then(200, """{"value":[{"name":"web--1","properties":{"template":{"revisionSuffix":"1"}}},{"name":"web--2","properties":{}}]}""")
            .Then(200, """{"name":"web--2","properties":{"template":{"revisionSuffix":"2"}}}""");

        var documents = await ArmTestClient.Create(handler).ListRevisionDocumentsAsync(ArmTestClient.App, default).ToListAsync();

        Assert.Equal(["1", "2"], documents.Select(document => (string?)document.Template["revisionSuffix"]));
        Assert.Equal(2, handler.Requests.Count);
    }

    private static OrderedDictionary First(object? list) => (OrderedDictionary)((object[])list!)[0];

    private async Task<List<Revision>> ReadAsync(TemplateDetail detail, ContainerAppId app, string? name)
    {
        List<Revision> revisions = [];
        await new ScopeReader(Azure, Output, detail).ForEachRevisionAsync(
            [new AppScope(app.SubscriptionId, app.ResourceGroupName, app.Name, name)],
            (revision, _) =>
            {
                revisions.Add(revision);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return revisions;
    }
}
