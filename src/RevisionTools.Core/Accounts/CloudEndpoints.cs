namespace RevisionTools.Accounts;

/// <summary>The addresses of a cloud. Knows no Azure library, so that the sandbox needs none.</summary>
/// <param name="Environment">Which cloud it is; null for one of the user's own.</param>
/// <param name="ResourceManager">Azure Resource Manager.</param>
/// <param name="AuthorityHost">Where tokens come from.</param>
/// <param name="Audience">The resource that a token for Azure Resource Manager is meant for.</param>
/// <param name="RegistrySuffix">What the host names of the cloud's container registries end in; null where that is not known.</param>
internal sealed record CloudEndpoints(AzureEnvironment? Environment, Uri ResourceManager, Uri AuthorityHost, string Audience, string? RegistrySuffix)
{
    private static readonly Uri s_publicAuthority = new("https://login.microsoftonline.com/");

    /// <summary>What a token for Azure Resource Manager is asked for.</summary>
    public string Scope => $"{Audience}/.default";

    /// <summary>The addresses of one of the clouds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cloud.</exception>
    public static CloudEndpoints Of(AzureEnvironment environment) => environment switch
    {
        AzureEnvironment.AzureCloud => Create(environment, "https://management.azure.com", s_publicAuthority, ".azurecr.io"),
        AzureEnvironment.AzureUSGovernment =>
            Create(environment, "https://management.usgovcloudapi.net", new Uri("https://login.microsoftonline.us/"), ".azurecr.us"),
        AzureEnvironment.AzureChinaCloud =>
            Create(environment, "https://management.chinacloudapi.cn", new Uri("https://login.chinacloudapi.cn/"), ".azurecr.cn"),
        _ => throw new ArgumentOutOfRangeException(nameof(environment), environment, "There is no such cloud."),
    };

    /// <summary>A cloud of the user's own.</summary>
    /// <param name="endpoint">Its Azure Resource Manager: scheme, host and port, over HTTPS unless it is this machine.</param>
    /// <param name="audience">What its tokens are meant for, for example <c>https://management.contoso.net</c>.</param>
    /// <param name="authorityHost">Where its tokens come from, over HTTPS; null for that of the public cloud.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidEndpoint"/></exception>
    public static CloudEndpoints Custom(Uri endpoint, string audience, Uri? authorityHost) => new(
        null,
        RequireOrigin(endpoint, "endpoint"),
        authorityHost is null ? s_publicAuthority : RequireAuthority(authorityHost),
        RequireAudience(audience),
        null);

    private static CloudEndpoints Create(AzureEnvironment environment, string resourceManager, Uri authority, string registrySuffix) =>
        new(environment, new Uri(resourceManager), authority, resourceManager, registrySuffix);

    private static Uri RequireAuthority(Uri authorityHost)
    {
        var origin = RequireOrigin(authorityHost, "authority host");
        return origin.Scheme == Uri.UriSchemeHttps ? origin : throw Invalid($"The authority host '{origin}' has to be an HTTPS address.");
    }

    private static Uri RequireOrigin(Uri address, string what)
    {
        var isWeb = address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
        if (!isWeb)
        {
            throw Invalid($"The {what} '{new Redaction().Hide(SafeText.Clean(address.OriginalString))}' is no HTTPS address. Plain HTTP is taken for this machine only.");
        }

        return address.UserInfo.Length == 0 && address.PathAndQuery == "/" && address.Fragment.Length == 0
            ? address
            : throw Invalid($"Give the {what} as scheme, host and port only, for example https://management.contoso.net.");
    }

    private static string RequireAudience(string audience)
    {
        var trimmed = audience.Trim();
        return trimmed.Length > 0 && !trimmed.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
            ? trimmed
            : throw Invalid($"The audience '{SafeText.Clean(trimmed)}' is none: it is one address or id, for example https://management.contoso.net.");
    }

    private static RevisionToolsException Invalid(string message) => new(FailureKind.InvalidEndpoint, message);
}
