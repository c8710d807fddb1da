using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

public sealed class EventSourceRulesTests
{
    [Theory]
    [InlineData("azure-queue", "queueName=orders;accountName=shop", "queueName=orders;accountName=archive")]
    [InlineData("azure-queue", "queueName=orders", "queueName=refunds")]
    [InlineData("azure-servicebus", "queueName=orders;namespace=bus-a", "queueName=orders;namespace=bus-b")]
    [InlineData("azure-servicebus", "topicName=orders;subscriptionName=mail", "topicName=orders;subscriptionName=print")]
    [InlineData("azure-eventhub", "eventHubName=hub;consumerGroup=a", "eventHubName=hub;consumerGroup=b")]
    [InlineData("kafka", "topic=orders;bootstrapServers=a:9092", "topic=orders;bootstrapServers=b:9092")]
    [InlineData("kafka", "topic=orders", "topic=Orders")]
    [InlineData("rabbitmq", "queueName=jobs;vhostName=a", "queueName=jobs;vhostName=b")]
    [InlineData("redis", "listName=jobs;databaseIndex=0", "listName=jobs;databaseIndex=1")]
    [InlineData("cron", "timezone=UTC;start=0 8 * * *;end=0 9 * * *", "timezone=UTC;start=0 8 * * *;end=0 12 * * *")]
    [InlineData("a-scaler-of-next-year", "stream=a;shard=1", "stream=a;shard=2")]
    public void Two_places_are_two_sources(string type, string one, string other)
    {
        Assert.False(Consumer(type, one).IsOfSameSource(Consumer(type, other)));
        Assert.True(Consumer(type, one).IsOfSameSource(Consumer(type, one)));
    }

    [Theory]
    [InlineData("azure-queue", "queueName=orders;accountName=shop;queueLength=5", "accountName=Shop;queueName=ORDERS;queueLength=50;activationQueueLength=1")]
    [InlineData("azure-servicebus", "queueName=orders;messageCount=20", "queueName=orders;messageCount=5;activationMessageCount=2")]
    [InlineData("kafka", "topic=orders;bootstrapServers=A:9092;lagThreshold=5", "topic=orders;bootstrapServers=a:9092;lagThreshold=9;offsetResetPolicy=latest")]
    [InlineData("rabbitmq", "queueName=jobs;mode=QueueLength;value=5", "queueName=jobs;mode=MessageRate;value=50")]
    [InlineData("cron", "start=0 8 * * *;end=0 9 * * *;desiredReplicas=1", "start=0 8 * * *;end=0 9 * * *;desiredReplicas=5")]
    [InlineData("postgresql", "host=DB;query=select 1;targetQueryValue=5", "host=db;query=select 1;targetQueryValue=7")]
    public void How_a_rule_scales_and_what_it_is_called_do_not_count(string type, string one, string other) =>
        Assert.True(Consumer(type, one).IsOfSameSource(Consumer(type, other, name: "another")));

    [Theory]
    [InlineData("connection", true)]
    [InlineData("host", true)]
    [InlineData("password", false)]
    [InlineData("sasl", false)]
    public void A_secret_counts_where_it_says_the_place(string parameter, bool counts)
    {
        var one = Consumer("redis", "listName=jobs", secrets: (parameter, "old"));
        var other = Consumer("redis", "listName=jobs", secrets: (parameter, "new"));

        Assert.Equal(!counts, one.IsOfSameSource(other));
    }

    [Theory]
    [InlineData("connectionFromEnv", "secret old", "secret old", true)]
    [InlineData("connectionFromEnv", "secret old", "secret new", false)]
    [InlineData("hostFromEnv", null, null, false)]
    [InlineData("passwordFromEnv", null, null, true)]
    [InlineData("sasTokenFromEnv", null, null, true)]
    public void A_variable_counts_by_what_it_holds_where_it_says_the_place(string entry, string? one, string? other, bool isSame)
    {
        Assert.Equal(isSame, Of(1, one).IsOfSameSource(Of(2, other)));
        Assert.True(Of(1, one).IsOfSameSource(Of(1, one)));

        EventConsumer Of(int number, string? held) => EventConsumerRules.Of(
            new ScaleRule("rule", "azure-servicebus", new Dictionary<string, string> { ["queueName"] = "orders", [entry] = "BUS" })
            {
                Variables = held is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["BUS"] = held },
            },
            Given.NameOf(number))!;
    }

    [Fact]
    public void Rules_that_say_nothing_are_told_apart_by_their_names()
    {
        Assert.True(Consumer("future", "").IsOfSameSource(Consumer("future", "")));
        Assert.False(Consumer("future", "").IsOfSameSource(Consumer("future", "", name: "another")));
        Assert.Null(Consumer("future", "").SourceId);
    }

    [Fact]
    public void The_text_stays_short_and_the_rest_can_be_looked_up()
    {
        var consumer = Consumer("azure-servicebus", "queueName=Orders;namespace=contoso;messageCount=5", secrets: ("connection", "bus"));

        Assert.Equal("azure-servicebus:Orders", consumer.ToString());
        Assert.Equal("connection from secret bus; namespace=contoso; queuename=orders", consumer.SourceId);
    }

    private static EventConsumer Consumer(string type, string metadata, string name = "rule", params (string Parameter, string Secret)[] secrets) =>
        EventConsumerRules.Of(new ScaleRule(name, type, metadata.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=', 2))
            .ToDictionary(entry => entry[0], entry => entry[1], StringComparer.OrdinalIgnoreCase))
        {
            Secrets = secrets.ToDictionary(secret => secret.Parameter, secret => secret.Secret, StringComparer.OrdinalIgnoreCase),
        })!;
}
