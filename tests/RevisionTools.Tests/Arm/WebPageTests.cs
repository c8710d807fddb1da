using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class WebPageTests
{
    private static readonly (string, string)[] s_html = [("Content-Type", "text/html; charset=utf-8")];

    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    [InlineData(407)]
    public async Task A_page_in_the_name_of_Azure_is_told_from_its_answer(int status)
    {
        var handler = new ScriptedHandler().Then(status, "<html>eyJhbGciOi</html>", s_html);

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => ArmTestClient.Create(handler).GetAppAsync(ArmTestClient.App, default));

        Assert.Equal((FailureKind.ConnectionFailed, status), (failure.Kind, failure.Status));
        Assert.StartsWith($"In the name of management.azure.com a web page answered ({status})", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(403, false)]
    public async Task Whether_a_write_was_taken_is_not_known_where_a_page_says_yes(int status, bool unknown)
    {
        var handler = new ScriptedHandler().Then(status, "<html/>", s_html);

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => ArmTestClient.Create(handler).DeactivateRevisionAsync(ArmTestClient.Revision, default));

        Assert.Equal((FailureKind.ConnectionFailed, unknown), (failure.Kind, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task The_page_of_a_front_door_in_trouble_is_tried_again()
    {
        var handler = new ScriptedHandler().Then(502, "<html/>", s_html).Then(200, Fixture.Read("app-with-unknown-fields.json"));

        await ArmTestClient.Create(handler).GetAppAsync(ArmTestClient.App, default);

        Assert.Equal(2, handler.Requests.Count);
    }
}
