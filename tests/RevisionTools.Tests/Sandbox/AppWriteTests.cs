namespace RevisionTools.Tests.Sandbox;

public sealed class AppWriteTests : IDisposable
{
    private readonly SandboxDriver _driver = new();

    private string Landing => _driver.App("rg-shop", "web-landing");

    public void Dispose() => _driver.Dispose();

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"a":1,"a":2}""")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        (var status, var code, _) = await _driver.ErrorAsync(HttpMethod.Patch, Landing, body);

        Assert.Equal((400, "InvalidRequestContent"), (status, code));
    }

    [Fact]
    public async Task Values_of_the_wrong_kind_do_not_break_the_sandbox()
    {
        using var response = await _driver.SendAsync(HttpMethod.Patch, Landing, """
            {"properties":{"configuration":{"activeRevisionsMode":7,"ingress":{"external":"yes","traffic":"all"}},
              "template":{"containers":{},"scale":[]}}}
            """);

        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        Assert.NotNull(await _driver.GetAsync(Landing));
        Assert.NotEmpty(await _driver.ListAsync(Landing + "/revisions"));
    }
}
