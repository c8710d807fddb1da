using System.Management.Automation;
using System.Net;
using System.Security;
using RevisionTools.Accounts;
using RevisionTools.Cmdlets.Account;
using RevisionTools.Cmdlets.Pump;
using RevisionTools.Sandbox;

namespace RevisionTools.Cmdlets;

/// <summary>Connects this runspace to Azure, or to the sandbox.</summary>
/// <remarks>
/// <para>Without a credential of your own the first of these that works is used: environment variables (AZURE_CLIENT_ID and the like), workload identity, managed identity, Azure CLI, Azure PowerShell. Nothing is ever asked interactively. Tokens are kept in memory only and go to the cloud's Azure Resource Manager and nowhere else; only Test-AcaRevision -CheckImage asks for other ones, for the registries that it is given.</para>
/// <para>The connection belongs to the runspace that made it: ForEach-Object -Parallel, jobs and other sessions connect for themselves.</para>
/// <para>-Endpoint connects to a sandbox that another process serves on this machine. Proxies are left aside, and ages are reckoned with the wall clock: start the server with its time scale at 1 where they matter.</para>
/// <para>-Sandbox connects to a control plane in memory with a sample fleet of eleven apps, or with the state that a scenario file describes. It answers as Azure does, follows the wall clock, and skips the time that a command spends waiting.</para>
/// </remarks>
/// <example>
/// <para>Try everything without Azure.</para>
/// <code>
/// Connect-AcaAccount -Sandbox
/// </code>
/// </example>
/// <example>
/// <para>Keep a sandbox as a scenario file, and begin there again.</para>
/// <code>
/// (Get-AcaContext).Sandbox.Export().ToJson() | Set-Content ./fleet.json
/// Connect-AcaAccount -Sandbox -Scenario ./fleet.json
/// </code>
/// </example>
/// <example>
/// <para>In a runbook with a managed identity, or at a prompt after az login.</para>
/// <code>
/// Connect-AcaAccount -SubscriptionId 'Contoso Production'
/// </code>
/// </example>
/// <example>
/// <para>With a token that another module gives.</para>
/// <code>
/// Connect-AcaAccount -AccessToken (Get-AzAccessToken -ResourceUrl https://management.azure.com -AsSecureString).Token
/// </code>
/// </example>
/// <example>
/// <para>To a sandbox server, with the line of JSON that it has printed.</para>
/// <code>
/// $server = Get-Content ./ready.json | ConvertFrom-Json
/// Connect-AcaAccount -Endpoint $server.endpoint -AccessToken (ConvertTo-SecureString $server.token -AsPlainText)
/// </code>
/// </example>
/// <seealso cref="GetAcaContextCommand"/>
/// <seealso cref="DisconnectAcaAccountCommand"/>
[Cmdlet(VerbsCommunications.Connect, "AcaAccount", DefaultParameterSetName = DefaultSet)]
[OutputType(typeof(AcaContext))]
public sealed class ConnectAcaAccountCommand : AcaCmdlet
{
    private const string DefaultSet = "Default";
    private const string AccessTokenSet = "AccessToken";
    private const string EndpointSet = "Endpoint";
    private const string SandboxSet = "Sandbox";

    /// <summary>Id or display name of the subscription that commands use when they name none. When left out: the environment variable AZURE_SUBSCRIPTION_ID, else the only enabled subscription that the account sees.</summary>
    [Parameter(Position = 0, ParameterSetName = DefaultSet)]
    [Parameter(Position = 0, ParameterSetName = AccessTokenSet)]
    [Parameter(Position = 0, ParameterSetName = EndpointSet)]
    [Alias("Subscription")]
    [ValidateNotNullOrEmpty]
    public string? SubscriptionId { get; set; }

    /// <summary>The Microsoft Entra tenant to sign in to, a GUID or a domain.</summary>
    [Parameter(ParameterSetName = DefaultSet)]
    [Parameter(ParameterSetName = AccessTokenSet)]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>The Azure cloud.</summary>
    [Parameter(ParameterSetName = DefaultSet)]
    [Parameter(ParameterSetName = AccessTokenSet)]
    public AzureEnvironment Environment { get; set; } = AzureEnvironment.AzureCloud;

    /// <summary>The address of a sandbox server on this machine: http or https, 127.0.0.1, [::1] or localhost, and the port. Any other address is refused before anything is sent.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EndpointSet)]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>The file with the certificate of a sandbox server over https, as it has printed under caFile. It is the only one that this connection then trusts; when left out, those that the machine trusts.</summary>
    [Parameter(ParameterSetName = EndpointSet)]
    [ValidateNotNullOrEmpty]
    public string? CertificateFile { get; set; }

    /// <summary>A token for Azure Resource Manager, or the one that the sandbox server has printed. It cannot be renewed: commands fail with AuthenticationFailed once it has expired.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AccessTokenSet)]
    [Parameter(Mandatory = true, ParameterSetName = EndpointSet)]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>Connects to a control plane in memory with a sample fleet, instead of Azure.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SandboxSet)]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>The scenario file that the sandbox starts from; the sample fleet when left out. Its clock starts at the scenario's time, where that has one.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    [ValidateNotNullOrEmpty]
    public string? Scenario { get; set; }

    /// <summary>Where the sandbox's chance begins: durations, ids and names follow from it. When left out: the scenario's own seed, else 1.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    public int? Seed { get; set; }

    private bool IsAzure => ParameterSetName is not (SandboxSet or EndpointSet);

    private string? PlainToken => AccessToken is null ? null : new NetworkCredential("", AccessToken).Password;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var sandbox = ParameterSetName == SandboxSet ? CreateSandbox() : null;
        var certificateFile = CertificateFile is null ? null : GetUnresolvedProviderPathFromPSPath(CertificateFile);
        Connection? connection = null;
        Run(async (_, token) => connection = await ConnectAsync(Settings(sandbox, certificateFile), token).ConfigureAwait(false));
        var context = new AcaContext
        {
            Environment = IsAzure ? connection!.Environment?.ToString() ?? "Custom" : SandboxSet,
            Endpoint = connection!.Endpoint,
            SubscriptionId = connection.Subscription?.SubscriptionId,
            SubscriptionName = connection.Subscription?.DisplayName,
            TenantId = connection.TenantId,
            Account = IsAzure ? connection.AccountName : SandboxSet,
            ConnectedTime = connection.Client.Time.GetUtcNow(),
            Sandbox = sandbox,
        };
        AcaSession.Current = new AcaSession(context, connection.Client, connection.Probe, connection.Registries);
        if (context.SubscriptionId is null)
        {
            WriteWarning(connection.EnabledSubscriptions > 1
                ? $"The account sees {connection.EnabledSubscriptions} subscriptions and none was chosen: give -SubscriptionId here, or to each command."
                : $"The account sees no enabled subscription ({connection.VisibleSubscriptions} in all): it may lack a role, or belong to another tenant.");
        }

        WriteObject(context);
    }

    /// <summary>What a failure means that would mean something else with Azure.</summary>
    private async Task<Connection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await Connection.ConnectAsync(settings, cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (ParameterSetName == EndpointSet && failure.Kind is FailureKind.ConnectionFailed)
        {
            throw new RevisionToolsException(
                failure.Kind,
                $"{failure.Message} Is a sandbox server running at {Endpoint}? Over https, -CertificateFile takes the caFile that it printed.",
                failure);
        }
        catch (RevisionToolsException failure) when (ParameterSetName == EndpointSet && failure.Kind is FailureKind.AuthenticationFailed)
        {
            throw new RevisionToolsException(failure.Kind, $"{failure.Message} -AccessToken takes the token that the sandbox server printed.", failure);
        }
    }

    private ContainerAppsSandbox CreateSandbox()
    {
        var scenario = Scenario is null ? SandboxScenario.Sample(Seed ?? 1) : LoadScenario(GetUnresolvedProviderPathFromPSPath(Scenario));
        return new ContainerAppsSandbox(new SandboxClock(scenario.Time ?? TimeProvider.System.GetUtcNow(), rate: 1), scenario, Seed);
    }

    private SandboxScenario LoadScenario(string file)
    {
        try
        {
            return SandboxScenario.Load(file);
        }
        catch (ScenarioException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(new RevisionToolsException(FailureKind.InvalidScenario, failure.Message, failure), file));
            throw;
        }
    }

    private ConnectionSettings Settings(ContainerAppsSandbox? sandbox, string? certificateFile) => (sandbox, Endpoint) switch
    {
        ({ } served, _) => ConnectionSettings.ForSandbox(served, served.Clock, served.SubscriptionId, RequestTrace.ReportAsync),
        (_, { } endpoint) => ConnectionSettings.ForEndpoint(
            endpoint,
            certificateFile is null ? null : LoopbackEndpoint.ReadCertificate(certificateFile),
            SubscriptionId,
            PlainToken!,
            RequestTrace.ReportAsync),
        _ => ConnectionSettings.ForCloud(Environment, SubscriptionId, TenantId, PlainToken, RequestTrace.ReportAsync),
    };
}
