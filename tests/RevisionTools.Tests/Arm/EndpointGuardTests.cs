using RevisionTools.Arm;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class EndpointGuardTests
{
    [Theory]
    [InlineData("http://management.azure.com")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://192.168.0.10:8080")]
    public void An_endpoint_over_plain_http_is_refused_unless_it_is_this_machine(string endpoint) =>
        Assert.Throws<ArgumentException>(() => new ContainerAppsClient(ArmTestClient.Options(new ScriptedHandler(), endpoint: endpoint)));

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("https://localhost:5443")]
    [InlineData("https://management.chinacloudapi.cn")]
    public async Task The_token_goes_to_the_endpoint(string endpoint)
    {
        var handler = new ScriptedHandler().Then(200, """{"value":[]}""");
        var client = new ContainerAppsClient(ArmTestClient.Options(handler, endpoint: endpoint));

        await client.ListSubscriptionsAsync(default).ToListAsync();

        var request = Assert.Single(handler.Requests);
        Assert.Equal("Bearer token-of-the-test", request.Authorization);
        Assert.Equal(new Uri(endpoint).Authority, request.Uri.Authority);
    }

    [Fact]
    public async Task No_token_is_even_asked_for_when_an_answer_points_elsewhere()
    {
        var credential = new FakeCredential();
        var client = new ContainerAppsClient(ArmTestClient.Options(new ScriptedHandler(), credential: credential));

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(
            () => client.Requester.SendAsync(Azure.Core.RequestMethod.Get, new Uri("https://evil.example.net/"), null, default));

        Assert.Equal((FailureKind.ServiceResponseInvalid, 0), (failure.Kind, credential.Calls));
    }
}
