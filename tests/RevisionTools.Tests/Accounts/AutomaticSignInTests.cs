using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Identity;
using RevisionTools.Accounts;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Accounts;

public sealed class AutomaticSignInTests
{
    private static readonly TokenRequestContext s_context = new(["https://management.azure.com/.default"]);

    private static readonly SignIn.Caller s_session = new((_, _) => Task.FromResult(new CallerToken("t", DateTimeOffset.MaxValue)));

    [Theory]
    [InlineData("the service connection of Azure Pipelines", "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID AZURESUBSCRIPTION_CLIENT_ID AZURESUBSCRIPTION_TENANT_ID SYSTEM_OIDCREQUESTURI SYSTEM_ACCESSTOKEN AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_SECRET IDENTITY_ENDPOINT")]
    [InlineData("a client secret", "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID AZURESUBSCRIPTION_CLIENT_ID AZURESUBSCRIPTION_TENANT_ID SYSTEM_OIDCREQUESTURI AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_SECRET AZURE_FEDERATED_TOKEN_FILE IDENTITY_ENDPOINT")]
    [InlineData("a federated token", "AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_FEDERATED_TOKEN_FILE IDENTITY_ENDPOINT")]
    [InlineData("the managed identity", "AZURE_CLIENT_ID IDENTITY_ENDPOINT AZURE_CLIENT_SECRET")]
    [InlineData("the managed identity", "MSI_ENDPOINT")]
    [InlineData(null, "AZURE_CLIENT_ID")]
    [InlineData(null, "")]
    public void What_the_environment_is_set_up_for_is_taken_in_this_order(string? way, string variables)
    {
        var credential = Credentials.Create(new SignIn.Automatic(), Settings(variables.Split(' ')));

        Assert.Equal(way, credential.Way);
    }

    [Theory]
    [InlineData(false, "Azure CLI, the managed identity, Azure PowerShell")]
    [InlineData(true, "the sign-in of this session, Azure CLI, the managed identity, Azure PowerShell")]
    public void Without_a_hint_these_are_tried_in_this_order(bool hasSession, string ways)
    {
        var credential = Assert.IsType<AutomaticCredential>(Credentials.Create(new SignIn.Automatic(hasSession ? s_session : null), Settings()));

        Assert.Equal(ways, string.Join(", ", credential.Ways.Select(way => way.Way)));
        Assert.Equal(
            "Run 'az login' or 'Connect-AzAccount', or choose a way to sign in: Get-Help Connect-AcaAccount lists them.", credential.Advice);
    }

    [Theory]
    [InlineData("dev", "", "the sign-in of this session, Azure CLI, Azure PowerShell")]
    [InlineData(" DEV ", "AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_SECRET IDENTITY_ENDPOINT", "the sign-in of this session, Azure CLI, Azure PowerShell")]
    [InlineData("prod", "AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_SECRET AZURE_FEDERATED_TOKEN_FILE", "a client secret")]
    [InlineData("prod", "AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_FEDERATED_TOKEN_FILE IDENTITY_ENDPOINT", "a federated token")]
    [InlineData("prod", "AZURE_CLIENT_ID", "the managed identity")]
    [InlineData("EnvironmentCredential", "AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_SECRET", "a client secret")]
    [InlineData("WorkloadIdentityCredential", "AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_FEDERATED_TOKEN_FILE AZURE_CLIENT_SECRET", "a federated token")]
    [InlineData("managedidentitycredential", "AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_SECRET", "the managed identity")]
    [InlineData("AzureCliCredential", "IDENTITY_ENDPOINT", "Azure CLI")]
    [InlineData("AzurePowerShellCredential", "IDENTITY_ENDPOINT", "the sign-in of this session, Azure PowerShell")]
    public void The_variable_of_Azures_libraries_narrows_the_choice(string choice, string variables, string ways)
    {
        var credential = Credentials.Create(new SignIn.Automatic(s_session), Narrowed(choice, variables));

        Assert.Equal(ways, credential is AutomaticCredential several ? string.Join(", ", several.Ways.Select(way => way.Way)) : credential.Way);
        Assert.True(credential is not AutomaticCredential { Advice: var advice } || advice.StartsWith("The environment variable AZURE_TOKEN_CREDENTIALS allows only", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("EnvironmentCredential", "", "AZURE_CLIENT_ID")]
    [InlineData("EnvironmentCredential", "AZURE_CLIENT_ID AZURE_TENANT_ID", "AZURE_CLIENT_SECRET")]
    [InlineData("WorkloadIdentityCredential", "AZURE_CLIENT_ID AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE")]
    [InlineData("InteractiveBrowserCredential", "", "'InteractiveBrowserCredential'. RevisionTools takes dev, prod, EnvironmentCredential,")]
    [InlineData("VisualStudioCredential", "AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_SECRET", "ManagedIdentityCredential, AzureCliCredential and AzurePowerShellCredential.")]
    [InlineData("##vso[task.complete]", "", "'## vso[task.complete]'")]
    public void A_choice_that_cannot_be_met_is_refused_and_nothing_else_is_tried(string choice, string variables, string words)
    {
        var failure = Assert.Throws<RevisionToolsException>(() => Credentials.Create(new SignIn.Automatic(s_session), Narrowed(choice, variables)));

        Assert.Equal(FailureKind.InvalidCredential, failure.Kind);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_that_works_is_kept_to()
    {
        var missing = new FakeCredential(new CredentialUnavailableException("not installed"));
        var working = new Moody();
        var last = new FakeCredential();
        var automatic = new AutomaticCredential([Way("one", missing), Way("two", working), Way("three", last)], "x");

        Assert.Null(automatic.Way);
        await automatic.GetTokenAsync(s_context, default);
        working.Failure = new CredentialUnavailableException("a bad moment");
        await Assert.ThrowsAsync<ServiceRequestException>(async () => await automatic.GetTokenAsync(s_context, default));
        working.Failure = null;
        await automatic.GetTokenAsync(s_context, default);

        Assert.Equal(("two", 1, 0), (automatic.Way, missing.Calls, last.Calls));
    }

    [Fact]
    public async Task When_none_is_there_the_message_has_all_reasons_and_what_to_do()
    {
        var automatic = new AutomaticCredential(
            [Way("one", new FakeCredential(new CredentialUnavailableException("not installed\nat all"))), Way("two", new FakeCredential(new CredentialUnavailableException("no endpoint.")))], "Do this.", "That is half set up.");

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(async () => await automatic.GetTokenAsync(s_context, default));

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.Equal(
            "No credential worked. That is half set up. Could not sign in with one: not installed. Could not sign in with two: no endpoint. Do this.",
            failure.Message);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("AZURE_CLIENT_ID", "")]
    [InlineData("AZURE_CLIENT_ID AZURE_TENANT_ID", "none of AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH and AZURE_FEDERATED_TOKEN_FILE is set.")]
    [InlineData("AZURE_CLIENT_ID AZURE_CLIENT_SECRET", "AZURE_TENANT_ID is not set.")]
    [InlineData("AZURE_TENANT_ID AZURE_FEDERATED_TOKEN_FILE", "AZURE_CLIENT_ID is not set.")]
    [InlineData("SYSTEM_OIDCREQUESTURI AZURESUBSCRIPTION_SERVICE_CONNECTION_ID AZURESUBSCRIPTION_CLIENT_ID AZURESUBSCRIPTION_TENANT_ID", "Not set: SYSTEM_ACCESSTOKEN (the step has to map it")]
    [InlineData("SYSTEM_ACCESSTOKEN", "Not set: SYSTEM_OIDCREQUESTURI")]
    public void What_the_environment_was_set_up_for_in_part_is_named(string variables, string words)
    {
        var credential = Assert.IsType<AutomaticCredential>(Credentials.Create(new SignIn.Automatic(), Settings(variables.Split(' '))));

        var hint = string.Join(' ', credential.Hints);
        Assert.Equal(words.Length == 0, hint.Length == 0);
        Assert.Contains(words, hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_there_and_fails_says_more_than_those_that_are_not()
    {
        var automatic = new AutomaticCredential(
            [
                Way("one", new FakeCredential(new CredentialUnavailableException("not installed"))),
                Way("Azure CLI", new FakeCredential(new AuthenticationFailedException("AADSTS700082: The refresh token has expired."))),
            ],
            "Do this.");

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(async () => await automatic.GetTokenAsync(s_context, default));

        Assert.Equal("AADSTS700082", failure.ErrorCode);
        Assert.StartsWith("The sign-in is over", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_ends_the_search()
    {
        using var stop = new CancellationTokenSource();
        var last = new FakeCredential();
        var automatic = new AutomaticCredential([Way("one", new Moody { Failure = new OperationCanceledException() }), Way("two", last)], "x");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await automatic.GetTokenAsync(s_context, stop.Token));

        Assert.Equal(0, last.Calls);
    }

    [Fact]
    public void A_certificate_of_the_environment_is_read_at_once()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var key = RSA.Create(2048);
            using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            File.WriteAllText(file, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
            var settings = Settings() with
            {
                ReadVariable = name => name switch
                {
                    "AZURE_CLIENT_ID" => "a",
                    "AZURE_TENANT_ID" => "t",
                    "AZURE_CLIENT_CERTIFICATE_PATH" => file,
                    _ => null,
                },
            };

            Assert.Equal("a certificate", Credentials.Create(new SignIn.Automatic(), settings).Way);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static SourceCredential Way(string name, TokenCredential source) => Credentials.Explained(name, source, Settings());

    private static CredentialSettings Narrowed(string choice, string variables)
    {
        var settings = Settings(variables.Split(' '));
        return settings with { ReadVariable = name => name == "AZURE_TOKEN_CREDENTIALS" ? choice : settings.ReadVariable(name) };
    }

    private static CredentialSettings Settings(params string[] variables) => new()
    {
        Cloud = CloudEndpoints.Of(AzureEnvironment.AzureCloud),
        ReadVariable = name => !variables.Contains(name) ? null
            : name == "SYSTEM_OIDCREQUESTURI" ? "https://dev.azure.com/x"
            : name == "AZURE_FEDERATED_TOKEN_FILE" ? typeof(AutomaticSignInTests).Assembly.Location
            : name.ToLowerInvariant().Replace('_', '-'),
    };

    private sealed class Moody : TokenCredential
    {
        public Exception? Failure { get; set; }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            Failure is null ? new(new AccessToken("t", DateTimeOffset.MaxValue)) : throw Failure;

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
