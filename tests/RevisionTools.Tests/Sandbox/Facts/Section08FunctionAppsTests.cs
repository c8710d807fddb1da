namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 8: apps of the kind functionapp.</summary>
public sealed class Section08FunctionAppsTests : FactTests
{
    [Fact]
    public async Task The_kind_can_be_set_later_by_put()
    {
        using var put = await Driver.SendAsync(HttpMethod.Put, Landing, """
            {"location":"North Europe","kind":"functionapp","properties":{"template":{"containers":[{"name":"web-landing","image":"func:1"}]}}}
            """);

        Assert.Equal("functionapp", (string?)(await Driver.GetAsync(Landing))["kind"]);
    }

    [Fact]
    public async Task The_rules_that_the_platform_makes_of_the_triggers_are_not_shown()
    {
        var app = Driver.App("rg-data", "func-invoices");

        Assert.Null((await PropertiesAsync(app))["template"]!["scale"]!["rules"]);
        Assert.All(await Driver.ListAsync(app + "/revisions"), revision => Assert.Null(revision["properties"]!["template"]!["scale"]!["rules"]));
    }
}
