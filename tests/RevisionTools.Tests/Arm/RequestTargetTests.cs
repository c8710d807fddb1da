using RevisionTools.Arm;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class RequestTargetTests
{
    private const string Escaped = "/subscriptions/s%1B%5B31m/x%0Ay%23%23vso%5Btask.complete%5D%E2%80%AE";

    [Fact]
    public void What_a_path_escapes_is_cleaned_too()
    {
        var target = RequestTarget.Of(new Uri("https://management.azure.com" + Escaped));

        Assert.Equal("/subscriptions/s[31m/x y## vso[task.complete]", target.Path);
        Assert.Equal((target.Path, $"'{target.Path}'"), (target.ResourceId, target.Describe()));
    }

    [Fact]
    public void An_id_is_cleaned_too()
    {
        var target = RequestTarget.Of(new Uri($"https://management.azure.com{ArmTestClient.App.Path}/revisions/web--%1B%5B1mx"));

        Assert.Equal("web--[1mx", target.Revision?.Name);
    }

    [Theory]
    [InlineData("nextLink")]
    [InlineData("Location")]
    public async Task An_address_that_an_answer_gives_reaches_no_message_uncleaned(string source)
    {
        var address = "https://management.azure.com" + Escaped;
        var handler = source == "Location"
            ? new ScriptedHandler().Then(202, null, ("Location", address)).Then(400)
            : new ScriptedHandler().Then(200, $$"""{"value":[],"nextLink":"{{address}}"}""").Then(400);
        var client = ArmTestClient.Create(handler);

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => source == "Location"
            ? client.UpdateAppAsync(ArmTestClient.App, [], TimeSpan.MaxValue, default)
            : client.ListSubscriptionsAsync(default).ToListAsync());

        Assert.Equal(2, handler.Requests.Count);
        Assert.Contains("/x y## vso[", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message + failure.ResourceId, char.IsControl);
        Assert.DoesNotContain("##vso[", failure.Message + failure.ResourceId, StringComparison.Ordinal);
    }
}
