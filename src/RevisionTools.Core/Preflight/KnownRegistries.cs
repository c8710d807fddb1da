namespace RevisionTools.Preflight;

/// <summary>What can be told of a registry by its host name.</summary>
internal static class KnownRegistries
{
    private static readonly string[] s_azure = [".azurecr.io", ".azurecr.us", ".azurecr.cn"];

    private static readonly HashSet<string> s_public = new(StringComparer.OrdinalIgnoreCase)
    {
        "mcr.microsoft.com", "docker.io", "ghcr.io", "quay.io", "registry.k8s.io", "public.ecr.aws", "gcr.io",
    };

    /// <summary>An Azure Container Registry, which lets nobody in without a login unless its owner switched that on.</summary>
    public static bool IsAzure(string host) => s_azure.Any(suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    /// <summary>One that gives public images to everybody.</summary>
    public static bool IsPublic(string host) => s_public.Contains(host);
}
