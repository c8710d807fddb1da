using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

public sealed class EventConsumerRulesTests
{
    [Theory]
    [InlineData("http", 0)]
    [InlineData("tcp", 0)]
    [InlineData("cpu", 0)]
    [InlineData("Memory", 0)]
    [InlineData("azure-queue", 1)]
    [InlineData("azure-servicebus", 1)]
    [InlineData("cron", 1)]
    [InlineData("a-scaler-of-next-year", 1)]
    public void Rules_that_bring_their_own_work_are_consumers(string type, int consumers)
    {
        var resource = Given.Resource(1) with { ScaleRules = [new ScaleRule("rule", type, new Dictionary<string, string>())] };

        Assert.Equal(consumers, EventConsumerRules.Of(Given.App(), resource).Count);
    }

    [Fact]
    public void A_topic_names_its_subscription()
    {
        var metadata = new Dictionary<string, string> { ["subscriptionName"] = "billing", ["topicName"] = "orders", ["namespace"] = "sb" };
        var resource = Given.Resource(1) with { ScaleRules = [new ScaleRule("rule", "azure-servicebus", metadata)] };

        Assert.Equal("orders/billing", Assert.Single(EventConsumerRules.Of(Given.App(), resource)).Source);
    }

    [Fact]
    public void A_functions_app_consumes_although_Azure_shows_no_rule()
    {
        var consumer = Assert.Single(EventConsumerRules.Of(Given.App() with { Kind = "functionapp" }, Given.Resource(1)));

        Assert.Equal(EventConsumerKind.FunctionApp, consumer.Kind);
    }

    [Fact]
    public void A_Dapr_sidecar_consumes()
    {
        var app = Given.App() with { DaprEnabled = true, DaprAppId = "basket" };

        var consumer = Assert.Single(EventConsumerRules.Of(app, Given.Resource(1)));

        Assert.Equal((EventConsumerKind.Dapr, "basket"), (consumer.Kind, consumer.Name));
    }

    [Fact]
    public void An_app_without_ingress_and_rules_finds_its_own_work()
    {
        var consumer = Assert.Single(EventConsumerRules.Of(Given.App() with { IngressEnabled = false }, Given.Resource(1)));

        Assert.Equal(EventConsumerKind.NoIngress, consumer.Kind);
    }

    [Fact]
    public void A_web_app_consumes_nothing() => Assert.Empty(EventConsumerRules.Of(Given.App(), Given.Resource(1)));
}
