using Azure.Core;
using Azure.Identity;
using RevisionTools.Accounts;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Accounts;

public sealed class ChainCredentialTests
{
    private static readonly TokenRequestContext s_context = new(["https://management.azure.com/.default"]);

    [Fact]
    public async Task When_nothing_works_the_message_says_what_to_do_and_the_reasons_stay_inside()
    {
        var reasons = new CredentialUnavailableException("The chain failed.\n- one\n- two");
        var handler = new ScriptedHandler();
        var settings = new ConnectionSettings
        {
            Arm = ArmTestClient.Options(handler, credential: new ChainCredential(new FakeCredential(reasons), "Do this.")),
            ReadVariable = _ => null,
        };

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => Connection.ConnectAsync(settings, default));

        Assert.Equal((FailureKind.AuthenticationFailed, "Do this."), (failure.Kind, failure.Message));
        Assert.Same(reasons, failure.InnerException);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void A_credential_that_is_there_and_fails_speaks_for_itself()
    {
        var cause = new AuthenticationFailedException("AADSTS7000215: Invalid client secret.");

        Assert.Same(cause, Assert.Throws<AuthenticationFailedException>(() => new ChainCredential(new FakeCredential(cause), "x").GetToken(s_context, default)));
    }

    [Fact]
    public async Task A_token_of_the_chain_is_handed_on()
    {
        var token = await new ChainCredential(new FakeCredential(), "x").GetTokenAsync(s_context, default);

        Assert.Equal("token-of-the-test", token.Token);
    }

    [Theory]
    [InlineData(
        null,
        "No credential worked (environment, workload identity, managed identity, Azure CLI, Azure PowerShell). "
        + "Run 'az login' or 'Connect-AzAccount', or give -AccessToken.")]
    [InlineData(
        " prod ",
        "No credential worked: the environment variable AZURE_TOKEN_CREDENTIALS allows only 'prod'. Change that, or give -AccessToken.")]
    public void The_advice_fits_the_credentials_that_were_tried(string? variable, string expected) =>
        Assert.Equal(expected, Credentials.CreateDefault(CloudEndpoints.Of(AzureEnvironment.AzureCloud), null, _ => variable).Advice);
}
