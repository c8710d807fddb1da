using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class FunctionReadingTests
{
    private const string Id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.App/containerApps/web/functions/Send";

    [Theory]
    [InlineData("""{"id":"ID","name":"web/web--1/Send","properties":{"name":"Send","state":"Disabled","isDisabled":false}}""", "Disabled")]
    [InlineData("""{"id":"ID","name":"web/Send","properties":{"state":"Dozing"}}""", "Dozing")]
    [InlineData("""{"id":"ID","location":"West Europe","properties":{"name":"Send","isDisabled":true}}""", "Disabled")]
    [InlineData("""{"id":"ID","properties":{"isDisabled":"False"}}""", "Enabled")]
    [InlineData("""{"id":"ID"}""", null)]
    public async Task Name_and_state_are_read_wherever_they_stand(string body, string? state)
    {
        var handler = new ScriptedHandler().Then(200, $$"""{"value":[{{body.Replace("ID", Id, StringComparison.Ordinal)}}]}""");

        var function = Assert.Single(await ArmTestClient.Create(handler).ListFunctionsAsync(ArmTestClient.App, null, default).ToListAsync());

        Assert.Equal(("Send", state, Id), (function.Name, function.State, function.ResourceId));
        Assert.EndsWith("/containerApps/web/functions?api-version=2026-07-01", handler.Requests[0].Uri.PathAndQuery, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""null,{"id":"ID","name":null,"properties":{"name":" ","triggerType":null,"state":"","isDisabled":null}},null""")]
    public async Task Functions_that_are_null_and_texts_that_are_empty_do_no_harm(string items)
    {
        var handler = new ScriptedHandler().Then(200, $$"""{"value":[{{items.Replace("ID", Id, StringComparison.Ordinal)}}],"nextLink":null}""");

        var functions = await ArmTestClient.Create(handler).ListFunctionsAsync(ArmTestClient.App, null, default).ToListAsync();

        Assert.All(functions, function => Assert.Equal(("Send", null, null), (function.Name, function.State, function.TriggerType)));
    }

    [Theory]
    [InlineData("""{"value":[{"properties":{"state":"Enabled"}}]}""")]
    [InlineData("""{"value":[{"name":"web/"}]}""")]
    [InlineData("""{"value":["Send"]}""")]
    [InlineData("""{"value":null}""")]
    [InlineData("null")]
    public async Task A_list_without_names_is_told(string answer)
    {
        var functions = await Assert.ThrowsAsync<ServiceRequestException>(
            () => ArmTestClient.Create(new ScriptedHandler().Then(200, answer)).ListFunctionsAsync(ArmTestClient.App, null, default).ToListAsync());
        var labels = await Assert.ThrowsAsync<ServiceRequestException>(
            () => ArmTestClient.Create(new ScriptedHandler().Then(200, answer.Replace("state", "records", StringComparison.Ordinal))).ListLabelHistoryAsync(ArmTestClient.App, default).ToListAsync());

        Assert.Equal((FailureKind.ServiceResponseInvalid, FailureKind.ServiceResponseInvalid), (functions.Kind, labels.Kind));
    }

    [Theory]
    [InlineData("""{"name":"blue"}""", 0)]
    [InlineData("""{"name":"blue","properties":null}""", 0)]
    [InlineData("""{"name":"blue","properties":{"records":null}}""", 0)]
    [InlineData("""null,{"name":"web/blue","properties":{"records":[null,{"revision":null,"start":"","stop":null,"status":" "},null]}}""", 1)]
    public async Task Label_records_that_are_null_or_empty_do_no_harm(string items, int count)
    {
        var handler = new ScriptedHandler().Then(200, $$"""{"value":[{{items}}]}""");

        var records = await ArmTestClient.Create(handler).ListLabelHistoryAsync(ArmTestClient.App, default).ToListAsync();

        Assert.Equal(count, records.Count);
        Assert.All(records, record => Assert.Equal(("blue", null, null, null), (record.Label, record.RevisionName, record.Start, record.Status)));
    }

    [Fact]
    public async Task A_label_history_is_read_label_by_label_with_odd_dates()
    {
        var handler = new ScriptedHandler().Then(200, """
            {"value":[{"name":"blue","properties":{"records":[{"revision":"web--2","start":"2026-01-02T00:00:00.1234567","status":"Starting"},
               {"revision":"web--1","start":"2026-01-01T00:00:00+00:00","stop":"2026-01-02T00:00:00Z","status":"Succeeded"}]}},
              {"id":"/x/labelHistory/green","properties":{"records":[{"start":"0001-01-01T00:00:00"}]}},{"name":"empty"}]}
            """);

        var records = await ArmTestClient.Create(handler).ListLabelHistoryAsync(ArmTestClient.App, default).ToListAsync();

        Assert.Equal(["blue=web--2", "blue=web--1", "green="], records.Select(record => record.ToString()));
        Assert.Null(records[0].Stop);
        Assert.Equal(1234567, records[0].Start!.Value.Ticks % TimeSpan.TicksPerSecond);
        Assert.Null(records[2].Start);
        Assert.EndsWith("/containerApps/web/labelHistory?api-version=2026-07-01", handler.Requests[0].Uri.PathAndQuery, StringComparison.Ordinal);
    }
}
