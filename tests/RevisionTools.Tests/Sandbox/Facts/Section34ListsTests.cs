namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 3.4: lists.</summary>
public sealed class Section34ListsTests : FactTests
{
    private string Apps => Driver.Group("rg-shop") + "/providers/Microsoft.App/containerApps";

    [Fact]
    public async Task Pages_of_a_list_make_the_whole_list_in_order()
    {
        string[] whole = [.. (await Driver.ListAsync(Apps + "/web-shop/revisions")).Select(item => item.ToJsonString())];
        Driver.Sandbox.PageSize = 10;
        List<string> paged = [];
        List<int> sizes = [];
        for (var next = Apps + "/web-shop/revisions"; next is not null;)
        {
            var page = await Driver.GetAsync(next);
            sizes.Add(page["value"]!.AsArray().Count);
            paged.AddRange(page["value"]!.AsArray().Select(item => item!.ToJsonString()));
            next = (string?)page["nextLink"];
        }

        Assert.Equal([10, 10, 10, 1], sizes);
        Assert.Equal(whole, paged);
    }

    [Fact]
    public async Task A_list_in_one_page_has_no_next_link_at_all() =>
        Assert.Equal(["value"], (await Driver.GetAsync(Apps)).Select(field => field.Key));

    [Fact]
    public async Task Revisions_come_whole_oldest_first_with_the_inactive_ones_among_them()
    {
        var page = await Driver.GetAsync(Driver.App("rg-shop", "api-catalog") + "/revisions");
        var properties = page["value"]!.AsArray().Select(item => item!["properties"]!).ToArray();
        string[] created = [.. properties.Select(item => (string)item["createdTime"]!)];

        Assert.Equal(["value"], page.Select(field => field.Key));
        Assert.Equal(created.Order(StringComparer.Ordinal), created);
        Assert.Contains(properties, item => (bool)item["active"]!);
        Assert.Contains(properties, item => !(bool)item["active"]!);
    }
}
