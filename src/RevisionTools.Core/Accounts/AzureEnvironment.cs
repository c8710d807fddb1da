namespace RevisionTools;

/// <summary>The Azure clouds. Each has its own address of Azure Resource Manager and its own directory.</summary>
public enum AzureEnvironment
{
    /// <summary>The public cloud, <c>management.azure.com</c>.</summary>
    AzureCloud,

    /// <summary>Azure for the United States government, <c>management.usgovcloudapi.net</c>.</summary>
    AzureUSGovernment,

    /// <summary>Azure in China, <c>management.chinacloudapi.cn</c>.</summary>
    AzureChinaCloud,
}
