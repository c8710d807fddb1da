using System.Management.Automation;
using RevisionTools.Accounts;
using RevisionTools.Cmdlets.Account;
using RevisionTools.Cmdlets.Completion;
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
public sealed class ConnectAcaAccountCommand : SignInCmdlet
{
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

    /// <summary>A connection that was made before, by its name in this runspace or as the object that carries it, also from another runspace of this process. It becomes the default here; nobody signs in again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ContextSet)]
    [ContextTransformation]
    [ArgumentCompleter(typeof(ContextNameCompleter))]
    [ValidateNotNull]
    public AcaContext? Context { get; set; }

    /// <summary>What the connection is called, for the parameter -Context of all commands. A connection with that name is replaced. When left out: the name of the subscription, else of the account.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContextName { get; set; }

    private protected override PipelineCalls Calls => Context?.Live?.Calls ?? base.Calls;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var connections = RunspaceConnections.OfThisRunspace();
        try
        {
            // Each way in a method of its own: only the one that is taken is compiled, and loads what it knows.
            var context = ParameterSetName switch
            {
                SandboxSet => ConnectSandbox(),
                ContextSet => UseContext(connections),
                _ => ConnectAzure(),
            };
            var named = context with { Name = ContextName ?? (context.Name.Length > 0 ? context.Name : connections.NameFor(context)) };
            connections.Use(named);
            WriteObject(named);
        }
        catch (RevisionToolsException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(failure, null));
        }
    }

    private AcaContext ConnectAzure()
    {
        var login = ParameterSetName == AzContextSet ? AzureLogin.Require() : null;
        var settings = IsServer ? ServerSettings() : ConnectionSettings.ForCloud(
            CloudOf(login), SignInAs(), SubscriptionId ?? login?.SubscriptionId, TenantId ?? login?.TenantId, RequestTrace.ReportAsync);
        Connection? connection = null;
        Run(async (_, token) => connection = await ConnectAsync(settings, token).ConfigureAwait(false));
        WarnWithoutSubscription(connection!);
        return new AcaContext
        {
            Name = "",
            Environment = IsServer ? AcaContext.SandboxEnvironment : connection!.Environment?.ToString() ?? connection.Endpoint.Authority,
            Endpoint = connection!.Endpoint,
            SubscriptionId = connection.Subscription?.SubscriptionId,
            SubscriptionName = connection.Subscription?.DisplayName,
            TenantId = connection.TenantId,
            Account = IsServer ? AcaContext.SandboxEnvironment : connection.AccountName,
            ConnectedTime = connection.Client.Time.GetUtcNow(),
            Live = new LiveConnection(() => connection, Calls),
        };
    }

    private AcaContext ConnectSandbox()
    {
        var scenario = Scenario is null ? SandboxScenario.Sample(Seed ?? 1) : LoadScenario(GetUnresolvedProviderPathFromPSPath(Scenario));
        var sandbox = new ContainerAppsSandbox(new SandboxClock(scenario.Time ?? TimeProvider.System.GetUtcNow(), rate: 1), scenario, Seed);
        return new AcaContext
        {
            Name = "",
            Environment = AcaContext.SandboxEnvironment,
            Endpoint = CloudEndpoints.Of(AzureEnvironment.AzureCloud).ResourceManager,
            SubscriptionId = sandbox.SubscriptionId,
            SubscriptionName = sandbox.SubscriptionName,
            TenantId = sandbox.TenantId,
            Account = AcaContext.SandboxEnvironment,
            ConnectedTime = sandbox.Clock.GetUtcNow(),
            Sandbox = sandbox,
            Live = new LiveConnection(
                () => Connection.Open(ConnectionSettings.ForSandbox(sandbox, sandbox.Clock, sandbox.SubscriptionId, RequestTrace.ReportAsync)), Calls),
        };
    }

    private AcaContext UseContext(RunspaceConnections connections)
    {
        if (Context!.Problem is { } problem)
        {
            throw problem;
        }

        // What another runspace has made is closed by each of the two for itself.
        var context = Context with { Live = connections.Holds(Context) && SubscriptionId is null ? Context.Live : Context.Live!.Share() };
        if (SubscriptionId is null)
        {
            return context;
        }

        Subscription? subscription = null;
        Run(async (_, token) => subscription = await SubscriptionChoice.FindAsync(context.Live!.Azure, SubscriptionId, token).ConfigureAwait(false));
        return context with
        {
            Name = "",
            SubscriptionId = subscription!.SubscriptionId,
            SubscriptionName = subscription.DisplayName,
            TenantId = subscription.TenantId ?? context.TenantId,
        };
    }

    /// <summary>What a failure means that would mean something else with Azure.</summary>
    private async Task<Connection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await Connection.ConnectAsync(settings, cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (IsServer && failure.Kind is FailureKind.ConnectionFailed)
        {
            throw new RevisionToolsException(
                failure.Kind,
                $"{failure.Message} Is a sandbox server running at {Endpoint}? Over https, -CertificateFile takes the caFile that it printed.",
                failure);
        }
        catch (RevisionToolsException failure) when (IsServer && failure.Kind is FailureKind.AuthenticationFailed)
        {
            throw new RevisionToolsException(failure.Kind, $"{failure.Message} -AccessToken takes the token that the sandbox server printed.", failure);
        }
    }

    private ConnectionSettings ServerSettings()
    {
        CheckAddresses();
        return ConnectionSettings.ForEndpoint(
            Endpoint!,
            CertificateFile is null ? null : LoopbackEndpoint.ReadCertificate(GetUnresolvedProviderPathFromPSPath(CertificateFile)),
            SubscriptionId,
            PlainToken,
            RequestTrace.ReportAsync);
    }

    private void WarnWithoutSubscription(Connection connection)
    {
        if (connection.Subscription is null)
        {
            WriteWarning(connection.EnabledSubscriptions > 1
                ? $"The account sees {connection.EnabledSubscriptions} subscriptions and none was chosen: give -SubscriptionId here, or to each command."
                : $"The account sees no enabled subscription ({connection.VisibleSubscriptions} in all): it may lack a role, or belong to another tenant.");
        }
    }

    private static SandboxScenario LoadScenario(string file)
    {
        try
        {
            return SandboxScenario.Load(file);
        }
        catch (ScenarioException failure)
        {
            throw new RevisionToolsException(FailureKind.InvalidScenario, failure.Message, failure);
        }
    }
}
