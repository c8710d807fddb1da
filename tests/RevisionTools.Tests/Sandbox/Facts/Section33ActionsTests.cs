namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 3.3: actions on revisions.</summary>
public sealed class Section33ActionsTests : FactTests
{
    [Theory]
    [InlineData("0000001", "deactivate", "\"Deactivate succeeded\"")]
    [InlineData("k2v9x4d", "activate", "\"Activate succeeded\"")]
    [InlineData("0000006", "restart", "\"Restart succeeded\"")]
    public async Task Actions_answer_200_with_a_json_string(string suffix, string action, string expected)
    {
        (var status, var body) = await Driver.PostAsync($"{Driver.Revision("rg-shop", "web-landing", suffix)}/{action}");

        Assert.Equal((200, expected), (status, body));
    }

    [Theory]
    [InlineData("0000001", "deactivate", 22)]
    [InlineData("k2v9x4d", "activate", 20)]
    [InlineData("0000006", "restart", 19)]
    public async Task An_action_is_no_long_running_operation_and_counts_as_a_write(string suffix, string action, int length)
    {
        using var response = await Driver.SendAsync(HttpMethod.Post, $"{Driver.Revision("rg-shop", "web-landing", suffix)}/{action}");

        Assert.False(response.Headers.Contains("Location") || response.Headers.Contains("Azure-AsyncOperation"));
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(length, response.Content.Headers.ContentLength);
        Assert.Equal("199", Header(response, "x-ms-ratelimit-remaining-subscription-writes"));
    }

    [Fact]
    public async Task The_effect_of_an_action_comes_later()
    {
        await Driver.PostAsync(Driver.Revision("rg-shop", "web-shop", "0000003") + "/deactivate");
        await Driver.PostAsync(Driver.Revision("rg-shop", "web-landing", "k2v9x4d") + "/activate");

        Assert.True((bool)(await ShopAsync("0000003"))["active"]!);
        Assert.Equal("Activating", (string?)(await LandingAsync("k2v9x4d"))["runningState"]);
    }
}
