using RevisionTools.Accounts;
using RevisionTools.Tests.Accounts.StandIns;

namespace RevisionTools.Tests.Accounts;

[Collection(ProcessVariables.Name)]
public sealed class CloudTests
{
    [Theory]
    [InlineData(AzureEnvironment.AzureCloud, "management.azure.com", "login.microsoftonline.com")]
    [InlineData(AzureEnvironment.AzureUSGovernment, "management.usgovcloudapi.net", "login.microsoftonline.us")]
    [InlineData(AzureEnvironment.AzureChinaCloud, "management.chinacloudapi.cn", "login.chinacloudapi.cn")]
    public void Each_cloud_has_its_own_addresses(AzureEnvironment environment, string resourceManager, string authority)
    {
        var endpoints = CloudEndpoints.Of(environment);

        Assert.Equal(resourceManager, endpoints.ResourceManager.Host);
        Assert.Equal(authority, endpoints.AuthorityHost.Host);
        Assert.Equal($"https://{resourceManager}/.default", endpoints.Scope);
    }

    [Fact]
    public void Another_cloud_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CloudEndpoints.Of((AzureEnvironment)17));

    [Fact]
    public void A_cloud_of_ones_own_is_described_by_what_was_given()
    {
        var cloud = CloudEndpoints.Custom(new Uri("https://management.contoso.net/"), " https://management.contoso.net ", new Uri("https://login.contoso.net"));

        Assert.Equal((null, "management.contoso.net", "login.contoso.net"), (cloud.Environment, cloud.ResourceManager.Host, cloud.AuthorityHost.Host));
        Assert.Equal(("https://management.contoso.net/.default", null), (cloud.Scope, cloud.RegistrySuffix));
        Assert.Equal("login.microsoftonline.com", CloudEndpoints.Custom(new Uri("http://localhost:5080"), "api://x", null).AuthorityHost.Host);
    }

    [Theory]
    [InlineData("http://management.contoso.net", "x", null, "is no HTTPS address")]
    [InlineData("https://user:word@management.contoso.net", "x", null, "scheme, host and port only")]
    [InlineData("https://management.contoso.net/arm", "x", null, "scheme, host and port only")]
    [InlineData("management.contoso.net", "x", null, "is no HTTPS address")]
    [InlineData("https://management.contoso.net", " ", null, "The audience")]
    [InlineData("https://management.contoso.net", "a b", null, "The audience")]
    [InlineData("https://management.contoso.net", "x", "http://login.contoso.net", "is no HTTPS address")]
    [InlineData("https://management.contoso.net", "x", "http://127.0.0.1", "has to be an HTTPS address")]
    public void A_cloud_that_cannot_be_one_is_refused(string endpoint, string audience, string? authority, string reason)
    {
        var failure = Assert.Throws<RevisionToolsException>(() => CloudEndpoints.Custom(
            new Uri(endpoint, UriKind.RelativeOrAbsolute), audience, authority is null ? null : new Uri(authority)));

        Assert.Equal(FailureKind.InvalidEndpoint, failure.Kind);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("word", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a tenant!")]
    [InlineData("##vso[task.complete]\u001b[31m")]
    public void A_tenant_id_that_cannot_be_one_is_refused(string tenantId)
    {
        var failure = Assert.Throws<RevisionToolsException>(() => Credentials.Create(new SignIn.ClientSecret("a", "s"), Settings() with { TenantId = tenantId }));

        Assert.Equal(FailureKind.InvalidCredential, failure.Kind);
        Assert.StartsWith($"The tenant id '{SafeText.Clean(tenantId)}' is not valid", failure.Message, StringComparison.Ordinal);
        Assert.IsType<ArgumentException>(failure.InnerException);
    }

    private static CredentialSettings Settings() => new()
    {
        Cloud = CloudEndpoints.Of(AzureEnvironment.AzureCloud),
        ReadVariable = _ => null,
    };
}
