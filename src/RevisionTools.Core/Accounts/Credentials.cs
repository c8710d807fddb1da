using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using RevisionTools.Arm;

namespace RevisionTools.Accounts;

/// <summary>Makes the credential of a way to sign in.</summary>
internal static class Credentials
{
    private const string ChainVariable = "AZURE_TOKEN_CREDENTIALS";
    private const string ClientId = "AZURE_CLIENT_ID";
    private const string TenantId = "AZURE_TENANT_ID";
    private const string ClientSecret = "AZURE_CLIENT_SECRET";
    private const string CertificatePath = "AZURE_CLIENT_CERTIFICATE_PATH";
    private const string CertificatePassword = "AZURE_CLIENT_CERTIFICATE_PASSWORD";
    private const string TokenFile = "AZURE_FEDERATED_TOKEN_FILE";

    private const string NoneWorked =
        "Run 'az login' or 'Connect-AzAccount', or choose a way to sign in: Get-Help Connect-AcaAccount lists them.";

    private const string NoDeveloper =
        $"The environment variable {ChainVariable} allows only the sign-ins of Azure CLI and Azure PowerShell. Run 'az login' or 'Connect-AzAccount'.";

    private const string NoPowerShell =
        $"The environment variable {ChainVariable} allows only the sign-in of Azure PowerShell. Run 'Connect-AzAccount'.";

    private const int Retries = 2;

    /// <summary>The credential of a way to sign in.</summary>
    /// <param name="signIn">The way.</param>
    /// <param name="settings">What it is made with.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidCredential"/>: what the way needs is missing or cannot be right.</exception>
    public static AccountCredential Create(SignIn signIn, CredentialSettings settings)
    {
        try
        {
            return signIn switch
            {
                SignIn.Automatic automatic => Automatic(automatic, settings),
                SignIn.ManagedIdentity identity => ManagedIdentity(identity.ClientId, settings),
                SignIn.ClientSecret application => Secret(application, settings),
                SignIn.ClientCertificate application => Certificate(application, settings),
                SignIn.FederatedToken application => Federated(application, settings),
                SignIn.AzurePipelines connection => AzurePipelinesSignIn.Create(connection, settings),
                SignIn.AzureCli => AzureCli(settings),
                SignIn.DeviceCode person => DeviceCode(person, settings),
                SignIn.Interactive => Browser(settings),
                SignIn.Token token => new StaticTokenCredential(token.Text, settings.Time),
                SignIn.Caller caller => Caller(caller, settings),
                _ => throw new ArgumentOutOfRangeException(nameof(signIn), signIn, "There is no such way to sign in."),
            };
        }
        catch (ArgumentException exception) when (exception.ParamName?.EndsWith("tenantId", StringComparison.OrdinalIgnoreCase) ?? false)
        {
            var tenant = SafeText.Clean(settings.TenantId ?? settings.Variable(TenantId) ?? "");
            throw Unusable($"The tenant id '{tenant}' is not valid: it is a GUID or a domain, such as contoso.onmicrosoft.com.", exception);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw Unusable($"No credential can be made: {SafeText.FirstLine(exception.Message)}", exception);
        }
    }

    /// <summary>The options of a credential that asks the directory for tokens.</summary>
    internal static T Options<T>(T options, CredentialSettings settings)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = settings.Cloud.AuthorityHost;
        options.Transport = new HttpClientTransport(SignInTransport.ToDirectory(settings));
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        options.RetryPolicy = Retry(settings);
        return Quiet(options);
    }

    /// <summary>A credential and what its failures mean.</summary>
    internal static SourceCredential Explained(
        string way,
        TokenCredential source,
        CredentialSettings settings,
        string? applicationId = null,
        string? tenantId = null,
        params IEnumerable<string?> secrets) =>
        new(source, new SignInDiagnosis(way, settings.Cloud, tenantId ?? settings.TenantId, applicationId, new Redaction(secrets)));

    internal static RevisionToolsException Unusable(string message, Exception? cause = null) => new(FailureKind.InvalidCredential, message, cause);

    /// <summary>
    /// The first way that works, of those that ask nobody. What the environment was set up for is taken at its word; then come those that have
    /// to be tried, the quickest first.
    /// </summary>
    private static AccountCredential Automatic(SignIn.Automatic automatic, CredentialSettings settings)
    {
        if (settings.Variable(ChainVariable) is { } narrowed)
        {
            return Narrowed(narrowed, automatic, settings);
        }

        if (AzurePipelinesSignIn.IsSetUp(settings))
        {
            return AzurePipelinesSignIn.Create(new SignIn.AzurePipelines(null, null), settings);
        }

        if (Application(settings) is { } application)
        {
            return application;
        }

        var identity = ManagedIdentity(settings.Variable(ClientId), settings);
        return HasIdentityEndpoint(settings)
            ? identity
            : new AutomaticCredential(
                [.. Session(automatic, settings), AzureCli(settings), identity, AzurePowerShell(settings)], NoneWorked, Unfinished(settings));
    }

    /// <summary>What the variable of Azure's libraries allows, as far as it asks nobody and needs no editor.</summary>
    private static AccountCredential Narrowed(string choice, SignIn.Automatic automatic, CredentialSettings settings) => choice.ToUpperInvariant() switch
    {
        "DEV" => new AutomaticCredential([.. Session(automatic, settings), AzureCli(settings), AzurePowerShell(settings)], NoDeveloper),
        "PROD" => Application(settings) ?? ManagedIdentity(settings.Variable(ClientId), settings),
        "ENVIRONMENTCREDENTIAL" => FromEnvironment(settings),
        "WORKLOADIDENTITYCREDENTIAL" => Federated(new SignIn.FederatedToken(null, null), settings),
        "MANAGEDIDENTITYCREDENTIAL" => ManagedIdentity(settings.Variable(ClientId), settings),
        "AZURECLICREDENTIAL" => AzureCli(settings),
        "AZUREPOWERSHELLCREDENTIAL" => new AutomaticCredential([.. Session(automatic, settings), AzurePowerShell(settings)], NoPowerShell),
        _ => throw Unusable(
            $"The environment variable {ChainVariable} is '{SafeText.Clean(choice)}'. RevisionTools takes dev, prod, EnvironmentCredential, WorkloadIdentityCredential, "
            + "ManagedIdentityCredential, AzureCliCredential and AzurePowerShellCredential."),
    };

    /// <summary>The application that the environment was set up for; null where it was for none.</summary>
    private static SourceCredential? Application(CredentialSettings settings) =>
        settings.Variable(ClientId) is null || (settings.TenantId ?? settings.Variable(TenantId)) is null ? null
        : settings.Variable(ClientSecret, CertificatePath) is not null ? FromEnvironment(settings)
        : settings.Variable(TokenFile) is not null ? Federated(new SignIn.FederatedToken(null, null), settings)
        : null;

    /// <summary>What the environment was set up for, but not to the end: else nobody would learn why it was passed over.</summary>
    private static IEnumerable<string> Unfinished(CredentialSettings settings)
    {
        if (AzurePipelinesSignIn.Missing(settings) is { } missing)
        {
            yield return missing;
        }

        var hasProof = settings.Variable(ClientSecret, CertificatePath, TokenFile) is not null;
        var hasTenant = (settings.TenantId ?? settings.Variable(TenantId)) is not null;
        if (hasProof && settings.Variable(ClientId) is null)
        {
            yield return $"The environment variables name an application in part: {ClientId} is not set.";
        }

        if (hasProof && !hasTenant)
        {
            yield return $"The environment variables name an application in part: {TenantId} is not set.";
        }

        if (!hasProof && settings.Variable(ClientId) is not null && settings.Variable(TenantId) is not null)
        {
            yield return $"The environment variables name an application in part: none of {ClientSecret}, {CertificatePath} and {TokenFile} is set.";
        }
    }

    private static SourceCredential[] Session(SignIn.Automatic automatic, CredentialSettings settings) =>
        automatic.Session is { } session ? [Caller(session, settings)] : [];

    private static SourceCredential FromEnvironment(CredentialSettings settings)
    {
        var application = Need(null, settings, ClientId, "an application (client) id");
        return settings.Variable(ClientSecret) is { } secret
            ? Secret(new SignIn.ClientSecret(application, secret), settings)
            : Certificate(
                new SignIn.ClientCertificate(
                    application,
                    SignInCertificate.FromFile(
                        Need(null, settings, CertificatePath, $"the certificate of the application, or its secret in {ClientSecret},"),
                        settings.Variable(CertificatePassword),
                        settings.Time)),
                settings);
    }

    private static SourceCredential Secret(SignIn.ClientSecret application, CredentialSettings settings)
    {
        var tenant = Tenant(settings);
        var options = Options(new ClientSecretCredentialOptions { DisableInstanceDiscovery = settings.Cloud.Environment is null }, settings);
        return Explained(
            SignInWays.ClientSecret,
            new ClientSecretCredential(tenant, application.ApplicationId, application.Secret, options),
            settings,
            application.ApplicationId,
            tenant,
            application.Secret);
    }

    private static SourceCredential Certificate(SignIn.ClientCertificate application, CredentialSettings settings)
    {
        var tenant = Tenant(settings);
        var options = Options(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = settings.Cloud.Environment is null }, settings);
        return Explained(
            SignInWays.ClientCertificate,
            new ClientCertificateCredential(tenant, application.ApplicationId, application.Certificate, options),
            settings,
            application.ApplicationId,
            tenant);
    }

    private static SourceCredential Federated(SignIn.FederatedToken application, CredentialSettings settings)
    {
        var tenant = Tenant(settings);
        var id = Need(application.ApplicationId, settings, ClientId, "an application (client) id");
        var file = Need(application.TokenFile, settings, TokenFile, "the file with the federated token");
        if (!File.Exists(file))
        {
            throw Unusable($"There is no file '{SafeText.Clean(file)}' with a federated token. What gives the token has to write it first.");
        }

        // The library's own credential for such files keeps what it has read for minutes of the machine's clock.
        var options = Options(new ClientAssertionCredentialOptions { DisableInstanceDiscovery = settings.Cloud.Environment is null }, settings);
        var source = new ClientAssertionCredential(
            tenant, id, async cancellationToken => (await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).Trim(), options);
        return Explained(SignInWays.FederatedToken, source, settings, id, tenant);
    }

    private static SourceCredential ManagedIdentity(string? clientId, CredentialSettings settings)
    {
        var isNamed = HasIdentityEndpoint(settings);
        var id = clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId);
        var options = OnMachine(new ManagedIdentityCredentialOptions(id), settings);
        options.RetryPolicy = isNamed ? Retry(settings) : null;
        TokenCredential source = new ManagedIdentityCredential(options);
        return Explained(
            SignInWays.ManagedIdentity,
            isNamed || HasArcAgent() ? source : new MetadataServiceLook(source, settings),
            settings,
            clientId,
            secrets: [settings.Variable("IDENTITY_HEADER"), settings.Variable("MSI_SECRET")]);
    }

    private static SourceCredential AzureCli(CredentialSettings settings) => Explained(
        SignInWays.AzureCli,
        new ToolCredential(new AzureCliCredential(Quiet(new AzureCliCredentialOptions { TenantId = settings.TenantId }))),
        settings);

    private static SourceCredential AzurePowerShell(CredentialSettings settings) => Explained(
        SignInWays.AzurePowerShell,
        new ToolCredential(new AzurePowerShellCredential(Quiet(new AzurePowerShellCredentialOptions { TenantId = settings.TenantId }))),
        settings);

    private static SourceCredential DeviceCode(SignIn.DeviceCode person, CredentialSettings settings)
    {
        var credential = new DeviceCodeCredential(Options(
            new DeviceCodeCredentialOptions
            {
                TenantId = settings.TenantId,
                DisableAutomaticAuthentication = true,
                DisableInstanceDiscovery = settings.Cloud.Environment is null,
                DeviceCodeCallback = (code, cancellationToken) => person.Tell(SafeText.Clean(code.Message), cancellationToken),
            },
            settings));
        return Explained(SignInWays.DeviceCode, new PersonCredential(credential, credential.AuthenticateAsync), settings);
    }

    private static SourceCredential Browser(CredentialSettings settings)
    {
        var credential = new InteractiveBrowserCredential(Options(
            new InteractiveBrowserCredentialOptions
            {
                TenantId = settings.TenantId,
                DisableAutomaticAuthentication = true,
                DisableInstanceDiscovery = settings.Cloud.Environment is null,
            },
            settings));
        return Explained(SignInWays.Browser, new PersonCredential(credential, credential.AuthenticateAsync), settings);
    }

    private static SourceCredential Caller(SignIn.Caller caller, CredentialSettings settings) =>
        Explained(SignInWays.Session, new CallerCredential(caller.Ask, settings.TenantId), settings);

    /// <summary>
    /// The options of a credential that asks an endpoint of this machine. The retries are the library's, which know the ways of the metadata
    /// service.
    /// </summary>
    private static T OnMachine<T>(T options, CredentialSettings settings)
        where T : TokenCredentialOptions
    {
        // In Service Fabric the library has to make a transport that knows the endpoint's certificate.
        if (settings.Variable("IDENTITY_SERVER_THUMBPRINT") is null)
        {
            options.Transport = new HttpClientTransport(SignInTransport.ToMachine(settings));
        }

        return Quiet(options);
    }

    private static T Quiet<T>(T options)
        where T : TokenCredentialOptions
    {
        options.Diagnostics.IsTelemetryEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.Diagnostics.IsLoggingContentEnabled = false;
        options.Diagnostics.IsAccountIdentifierLoggingEnabled = false;
        return options;
    }

    private static GatedRetryPolicy Retry(CredentialSettings settings)
    {
        var jitter = new Jitter(Random.Shared);
        return new GatedRetryPolicy(new ThrottleGates(settings.Time, jitter), settings.Time, jitter, Retries, settings.PauseLog, namesHosts: true);
    }

    private static bool HasIdentityEndpoint(CredentialSettings settings) => settings.Variable("IDENTITY_ENDPOINT", "MSI_ENDPOINT") is not null;

    // The library knows a machine of Azure Arc by this, where no variable names the endpoint.
    private static bool HasArcAgent() => File.Exists(OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "AzureConnectedMachineAgent", "himds.exe")
        : "/opt/azcmagent/bin/himds");

    private static string Tenant(CredentialSettings settings) => Need(settings.TenantId, settings, TenantId, "a tenant");

    private static string Need(string? given, CredentialSettings settings, string variable, string what) =>
        given?.Trim() is { Length: > 0 } value ? value
        : settings.Variable(variable) ?? throw Unusable($"To sign in, {what} is needed: none was given, and the environment variable {variable} is not set.");
}
