using System.Reflection;
using Azure.Identity;
using RevisionTools.Accounts;

namespace RevisionTools.Tests.Accounts;

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
    public void The_default_chain_holds_what_needs_no_person_in_this_order()
    {
        var credential = Assert.IsType<DefaultAzureCredential>(Credentials.CreateDefault(CloudEndpoints.Of(AzureEnvironment.AzureCloud), "t-1", _ => null).Chain);

        // The chain is not public; its order is the promise of Connect-AcaAccount.
        var sources = (Array)typeof(DefaultAzureCredential)
            .GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Single(field => field.FieldType.IsArray).GetValue(credential)!;
        Assert.Equal(
            ["EnvironmentCredential", "WorkloadIdentityCredential", "ManagedIdentityCredential", "AzureCliCredential", "AzurePowerShellCredential"],
            sources.Cast<object>().Select(source => source.GetType().Name));
    }

    [Theory]
    [InlineData("not a tenant!")]
    [InlineData("##vso[task.complete]\u001b[31m")]
    public void A_tenant_id_that_cannot_be_one_is_refused(string tenantId)
    {
        var failure = Assert.Throws<ServiceRequestException>(() => Credentials.CreateDefault(CloudEndpoints.Of(AzureEnvironment.AzureCloud), tenantId, _ => null));

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.StartsWith($"The tenant id '{SafeText.Clean(tenantId)}' is not valid", failure.Message, StringComparison.Ordinal);
        Assert.IsType<ArgumentException>(failure.InnerException);
    }

    [Theory]
    [InlineData("InteractiveBrowserCredential")]
    [InlineData(" brokercredential ")]
    public void A_variable_that_asks_for_a_person_is_refused(string name)
    {
        var failure = Assert.Throws<ServiceRequestException>(() => Credentials.CreateDefault(CloudEndpoints.Of(AzureEnvironment.AzureCloud), null, _ => name));

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.Contains("AZURE_TOKEN_CREDENTIALS", failure.Message, StringComparison.Ordinal);
    }
}
