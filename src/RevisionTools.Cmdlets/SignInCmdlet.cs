using System.ComponentModel;
using System.Management.Automation;
using System.Net;
using System.Security;
using RevisionTools.Accounts;
using RevisionTools.Cmdlets.Account;
using RevisionTools.Cmdlets.Hosting;
using RevisionTools.Cmdlets.Pump;

namespace RevisionTools.Cmdlets;

/// <summary>The ways to sign in, one parameter set each, and the clouds.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SignInCmdlet : AcaCmdlet
{
    private protected const string DefaultSet = "Default";
    private protected const string IdentitySet = "ManagedIdentity";
    private protected const string SecretSet = "ClientSecret";
    private protected const string CertificateFileSet = "CertificateFile";
    private protected const string ThumbprintSet = "CertificateThumbprint";
    private protected const string FederatedSet = "FederatedToken";
    private protected const string PipelinesSet = "AzurePipelines";
    private protected const string AzContextSet = "AzContext";
    private protected const string CliSet = "AzureCli";
    private protected const string DeviceCodeSet = "DeviceCode";
    private protected const string InteractiveSet = "Interactive";
    private protected const string AccessTokenSet = "AccessToken";
    private protected const string SandboxSet = "Sandbox";
    private protected const string ContextSet = "Context";

    private readonly PipelineCalls _calls = new();

    /// <summary>Id or display name of the subscription that commands use when they name none. When left out: with -UseAzContext that of Azure PowerShell, else the environment variable AZURE_SUBSCRIPTION_ID, else the only enabled subscription that the account sees. With -Context it makes a second connection by the same sign-in.</summary>
    [Parameter(Position = 0, ParameterSetName = DefaultSet)]
    [Parameter(Position = 0, ParameterSetName = IdentitySet)]
    [Parameter(Position = 0, ParameterSetName = SecretSet)]
    [Parameter(Position = 0, ParameterSetName = CertificateFileSet)]
    [Parameter(Position = 0, ParameterSetName = ThumbprintSet)]
    [Parameter(Position = 0, ParameterSetName = FederatedSet)]
    [Parameter(Position = 0, ParameterSetName = PipelinesSet)]
    [Parameter(Position = 0, ParameterSetName = AzContextSet)]
    [Parameter(Position = 0, ParameterSetName = CliSet)]
    [Parameter(Position = 0, ParameterSetName = DeviceCodeSet)]
    [Parameter(Position = 0, ParameterSetName = InteractiveSet)]
    [Parameter(Position = 0, ParameterSetName = AccessTokenSet)]
    [Parameter(Position = 0, ParameterSetName = ContextSet)]
    [Alias("Subscription")]
    [ValidateNotNullOrEmpty]
    public string? SubscriptionId { get; set; }

    /// <summary>The Microsoft Entra tenant to sign in to, a GUID or a domain. When left out: with -UseAzContext that of Azure PowerShell, else that of the account.</summary>
    [Parameter(ParameterSetName = DefaultSet)]
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateFileSet)]
    [Parameter(Mandatory = true, ParameterSetName = ThumbprintSet)]
    [Parameter(ParameterSetName = FederatedSet)]
    [Parameter(ParameterSetName = PipelinesSet)]
    [Parameter(ParameterSetName = AzContextSet)]
    [Parameter(ParameterSetName = CliSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = AccessTokenSet)]
    [Alias("Tenant")]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>The Azure cloud. When left out: with -UseAzContext that of Azure PowerShell, else the public cloud.</summary>
    [Parameter(ParameterSetName = DefaultSet)]
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = CertificateFileSet)]
    [Parameter(ParameterSetName = ThumbprintSet)]
    [Parameter(ParameterSetName = FederatedSet)]
    [Parameter(ParameterSetName = PipelinesSet)]
    [Parameter(ParameterSetName = AzContextSet)]
    [Parameter(ParameterSetName = CliSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = AccessTokenSet)]
    [Alias("EnvironmentName")]
    [EnumNameTransformation(typeof(AzureEnvironment))]
    public AzureEnvironment? Environment { get; set; }

    /// <summary>With -Audience the Azure Resource Manager of a cloud that -Environment does not name: its https address, without a path. With -AccessToken alone the address of a sandbox server on this machine: http or https, 127.0.0.1, [::1] or localhost, and the port. Any other address is refused before anything is sent.</summary>
    [Parameter(ParameterSetName = DefaultSet)]
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = CertificateFileSet)]
    [Parameter(ParameterSetName = ThumbprintSet)]
    [Parameter(ParameterSetName = FederatedSet)]
    [Parameter(ParameterSetName = PipelinesSet)]
    [Parameter(ParameterSetName = AzContextSet)]
    [Parameter(ParameterSetName = CliSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = AccessTokenSet)]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>What tokens for the Azure Resource Manager at -Endpoint are meant for, as the operator of that cloud says.</summary>
    [Parameter(ParameterSetName = DefaultSet)]
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = CertificateFileSet)]
    [Parameter(ParameterSetName = ThumbprintSet)]
    [Parameter(ParameterSetName = FederatedSet)]
    [Parameter(ParameterSetName = PipelinesSet)]
    [Parameter(ParameterSetName = AzContextSet)]
    [Parameter(ParameterSetName = CliSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = AccessTokenSet)]
    [ValidateNotNullOrEmpty]
    public string? Audience { get; set; }

    /// <summary>Where the tokens of the cloud at -Endpoint come from: the https address of its sign-in, without a tenant. When left out: that of the public cloud.</summary>
    [Parameter(ParameterSetName = DefaultSet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = CertificateFileSet)]
    [Parameter(ParameterSetName = ThumbprintSet)]
    [Parameter(ParameterSetName = FederatedSet)]
    [Parameter(ParameterSetName = PipelinesSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [ValidateNotNull]
    public Uri? Authority { get; set; }

    /// <summary>Signs in with the managed identity of the machine, app or runbook.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdentitySet)]
    public SwitchParameter Identity { get; set; }

    /// <summary>The client id of a user-assigned identity. When left out: the system-assigned one.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [Alias("AccountId")]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>Signs in as an application, by a secret or a certificate.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateFileSet)]
    [Parameter(Mandatory = true, ParameterSetName = ThumbprintSet)]
    public SwitchParameter ServicePrincipal { get; set; }

    /// <summary>The application's id as the user name, and its secret as the password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The application's id. With -FederatedTokenFile, when left out: the environment variable AZURE_CLIENT_ID. With -AzurePipelines, when left out: that of the service connection.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CertificateFileSet)]
    [Parameter(Mandatory = true, ParameterSetName = ThumbprintSet)]
    [Parameter(ParameterSetName = FederatedSet)]
    [Parameter(ParameterSetName = PipelinesSet)]
    [ValidateNotNullOrEmpty]
    public string? ApplicationId { get; set; }

    /// <summary>A PFX or PEM file with the application's certificate and its private key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CertificateFileSet)]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary>What opens a protected file.</summary>
    [Parameter(ParameterSetName = CertificateFileSet)]
    [ValidateNotNull]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>The thumbprint of the application's certificate among the personal ones of the user or of the machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ThumbprintSet)]
    [ValidateNotNullOrEmpty]
    public string? CertificateThumbprint { get; set; }

    /// <summary>A file with a token of another identity provider, as Kubernetes keeps one up to date; it is read anew for each sign-in. Where the environment variables of workload identity are set, no parameter is needed at all.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FederatedSet)]
    [ValidateNotNullOrEmpty]
    public string? FederatedTokenFile { get; set; }

    /// <summary>Signs in by the service connection of the running Azure Pipelines task, and renews that sign-in for as long as the job lasts. The pipeline has to map the token of the job: env: SYSTEM_ACCESSTOKEN: $(System.AccessToken).</summary>
    [Parameter(Mandatory = true, ParameterSetName = PipelinesSet)]
    public SwitchParameter AzurePipelines { get; set; }

    /// <summary>The id of the service connection, a GUID. When left out: that of the running task.</summary>
    [Parameter(ParameterSetName = PipelinesSet)]
    [ValidateNotNullOrEmpty]
    public string? ServiceConnectionId { get; set; }

    /// <summary>Uses the sign-in of Azure PowerShell (Connect-AzAccount, module Az.Accounts) in this session. Tokens are asked for as they are needed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AzContextSet)]
    public SwitchParameter UseAzContext { get; set; }

    /// <summary>Uses the sign-in of Azure CLI (az login).</summary>
    [Parameter(Mandatory = true, ParameterSetName = CliSet)]
    public SwitchParameter AzureCli { get; set; }

    /// <summary>Lets a person sign in with a browser anywhere. A warning says where to go and what to enter.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeviceCodeSet)]
    [Alias("UseDeviceAuthentication")]
    public SwitchParameter DeviceCode { get; set; }

    /// <summary>Opens a browser on this machine to sign in.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet)]
    public SwitchParameter Interactive { get; set; }

    /// <summary>A token for Azure Resource Manager, or the one that a sandbox server has printed. It cannot be renewed: commands fail with AuthenticationFailed once it has expired.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AccessTokenSet)]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>The file with the certificate of a sandbox server over https, as it has printed under caFile. It is the only one that this connection then trusts; when left out, those that the machine trusts.</summary>
    [Parameter(ParameterSetName = AccessTokenSet)]
    [ValidateNotNullOrEmpty]
    public string? CertificateFile { get; set; }

    /// <summary>Whether a sandbox server is meant, and no cloud.</summary>
    private protected bool IsServer => Endpoint is not null && Audience is null;

    /// <summary>What the new connection asks of pipeline threads.</summary>
    private protected override PipelineCalls Calls => _calls;

    private protected string PlainToken => Plain(AccessToken)!;

    /// <summary>The way that was asked for.</summary>
    /// <param name="hasLogin">Whether Azure PowerShell of this session could do it where no way was asked for.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidCredential"/></exception>
    private protected SignIn SignInAs(bool hasLogin) => ParameterSetName switch
    {
        IdentitySet => new SignIn.ManagedIdentity(ClientId),
        SecretSet => new SignIn.ClientSecret(Credential!.UserName, Credential.GetNetworkCredential().Password),
        CertificateFileSet => new SignIn.ClientCertificate(
            ApplicationId!, SignInCertificate.FromFile(GetUnresolvedProviderPathFromPSPath(CertificatePath), Plain(CertificatePassword), TimeProvider.System)),
        ThumbprintSet => new SignIn.ClientCertificate(ApplicationId!, SignInCertificate.FromStore(CertificateThumbprint!, TimeProvider.System)),
        FederatedSet => new SignIn.FederatedToken(ApplicationId, GetUnresolvedProviderPathFromPSPath(FederatedTokenFile)),
        PipelinesSet => new SignIn.AzurePipelines(ServiceConnectionId, ApplicationId),
        AzContextSet => ByAzurePowerShell(),
        CliSet => new SignIn.AzureCli(),
        DeviceCodeSet => new SignIn.DeviceCode((message, _) => RequestTrace.WarnAsync(message).AsTask()),
        InteractiveSet => new SignIn.Interactive(),
        AccessTokenSet => new SignIn.Token(PlainToken),
        _ => new SignIn.Automatic(hasLogin ? ByAzurePowerShell() : null),
    };

    /// <summary>
    /// The sign-in of Azure PowerShell, for when no way was asked for. Only where the module is loaded: to load it takes longer than any other way.
    /// </summary>
    private protected AzureLogin? SpareLogin()
    {
        try
        {
            return Endpoint is null && AzurePowerShell.IsLoaded && AzureLogin.Read() is { } login && login.Cloud == (Environment ?? AzureEnvironment.AzureCloud)
                ? login
                : null;
        }
        catch (RevisionToolsException)
        {
            // The other ways are there as well.
            return null;
        }
    }

    /// <summary>Refuses a switch that chooses a way and then takes it back: no other way was chosen.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidCredential"/></exception>
    private protected void RequireChoice()
    {
        foreach (var (name, value) in MyInvocation.BoundParameters)
        {
            if (value is SwitchParameter { IsPresent: false } && GetType().GetProperty(name) is not null)
            {
                throw new RevisionToolsException(
                    FailureKind.InvalidCredential, $"-{name} was given as false, and that says no way to connect. Leave it out, or choose another way.");
            }
        }
    }

    /// <summary>Refuses a way that needs a person where there is none.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidCredential"/></exception>
    private protected void RequirePerson()
    {
        if (ParameterSetName is DeviceCodeSet or InteractiveSet && !HostProfile.Of(Host).IsInteractive)
        {
            throw new RevisionToolsException(
                FailureKind.InvalidCredential,
                $"-{ParameterSetName} needs a person, and nobody can be asked here. Sign in with -Identity, -ServicePrincipal, -FederatedTokenFile or -AzurePipelines.");
        }
    }

    /// <summary>The cloud that was asked for, else that of the sign-in, else the public one.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidEndpoint"/></exception>
    private protected CloudEndpoints CloudOf(AzureLogin? login)
    {
        CheckAddresses();
        if (Endpoint is { } endpoint)
        {
            return CloudEndpoints.Custom(endpoint, Audience!, Authority);
        }

        if (login is not null && (login.Cloud ?? Environment) is null)
        {
            throw Invalid(
                $"Azure PowerShell is signed in to the cloud '{SafeText.Clean(login.Environment ?? "")}'. Give the addresses of that cloud, with -Endpoint and -Audience.");
        }

        return login is not null && Environment is { } asked && login.Cloud != asked
            ? throw Invalid($"Azure PowerShell is signed in to {SafeText.Clean(login.Environment ?? "another cloud")}, not to {asked}.")
            : CloudEndpoints.Of(Environment ?? login?.Cloud ?? AzureEnvironment.AzureCloud);
    }

    /// <summary>Refuses addresses that do not go together.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidEndpoint"/></exception>
    private protected void CheckAddresses()
    {
        var contradiction = this switch
        {
            { Endpoint: null, Audience: not null } or { Endpoint: null, Authority: not null } =>
                "-Audience and -Authority are of a cloud of your own. Give its -Endpoint as well.",
            { Endpoint: not null, Environment: not null } => "-Environment names a cloud of Azure and -Endpoint another one. Give one of them.",
            { IsServer: true, AccessToken: null } =>
                "-Endpoint alone is the address of a sandbox server, which takes the -AccessToken that it has printed. A cloud of your own takes -Audience as well.",
            { IsServer: true, TenantId: not null } => "A sandbox server has no tenants. Leave -TenantId out, or give -Audience where a cloud of your own is meant.",
            { IsServer: false, CertificateFile: not null } =>
                "-CertificateFile is that of a sandbox server. Give its -Endpoint as well, and no -Audience.",
            _ => null,
        };
        if (contradiction is not null)
        {
            throw Invalid(contradiction);
        }
    }

    private SignIn.Caller ByAzurePowerShell() => new(new AzurePowerShell(_calls).GetTokenAsync);

    private static string? Plain(SecureString? secret) => secret is null ? null : new NetworkCredential("", secret).Password;

    private static RevisionToolsException Invalid(string message) => new(FailureKind.InvalidEndpoint, message);
}
