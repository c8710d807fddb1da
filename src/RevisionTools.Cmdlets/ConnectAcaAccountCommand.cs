using System.Management.Automation;
using RevisionTools.Accounts;
using RevisionTools.Cmdlets.Account;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Cmdlets.Pump;
using RevisionTools.Sandbox;

namespace RevisionTools.Cmdlets;

/// <summary>Connects this runspace to Azure, or to the sandbox.</summary>
/// <remarks>
/// <para>Each way to sign in has a parameter of its own. Without any, what the environment was set up for is taken at its word: the service connection of a running Azure Pipelines task (all of its variables are there), else an application in the environment variables AZURE_CLIENT_ID and AZURE_TENANT_ID with a secret, a certificate or AZURE_FEDERATED_TOKEN_FILE, else the managed identity at IDENTITY_ENDPOINT or MSI_ENDPOINT. Where there is none of these the first that works is used, and kept to: Azure PowerShell of this session if it is loaded and signed in, Azure CLI, the managed identity of a virtual machine, Azure PowerShell in a process of its own. The environment variable AZURE_TOKEN_CREDENTIALS narrows the choice. Nobody is ever asked unless -DeviceCode or -Interactive says so.</para>
/// <para>Tokens are kept in memory only, are renewed as long as the way to sign in allows it, and go to the cloud's Azure Resource Manager and nowhere else; only Test-AcaRevision -CheckImage asks for other ones, for the registries that it is given.</para>
/// <para>A runspace may have several connections. Each has a name; the one made last is the default, and -Context of every command chooses another. What this command gives carries the connection: with -Context $using:context it works in blocks of ForEach-Object -Parallel and in thread jobs as well. Other processes, such as those of Start-Job, connect for themselves.</para>
/// <para>-Environment names the clouds of Azure. For another one give its Azure Resource Manager with -Endpoint, what its tokens are for with -Audience, and where they come from with -Authority.</para>
/// <para>-Endpoint with -AccessToken alone connects to a sandbox that another process serves on this machine. Proxies are left aside, and ages are reckoned with the wall clock: start the server with its time scale at 1 where they matter.</para>
/// <para>-Sandbox connects to a control plane in memory with a sample fleet of eleven apps, or with the state that a scenario file describes. It answers as Azure does, follows the wall clock, and skips the time that a command spends waiting.</para>
/// </remarks>
/// <example>
/// <para>Try everything without Azure.</para>
/// <code>
/// Connect-AcaAccount -Sandbox
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Sandbox                      Sandbox            5a4db0c5-0000-4000-8000-00000000a11a Sandbox
/// </code>
/// </example>
/// <example>
/// <para>Keep a sandbox as a scenario file, and begin there again.</para>
/// <code>
/// (Get-AcaContext).Sandbox.Export().ToJson() | Set-Content ./fleet.json
/// Connect-AcaAccount -Sandbox -Scenario ./fleet.json
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Sandbox                      Sandbox            5a4db0c5-0000-4000-8000-00000000a11a Sandbox
/// </code>
/// </example>
/// <example>
/// <para>With whatever is there: in a runbook its managed identity, at a prompt after az login the person who is signed in.</para>
/// <code>
/// Connect-AcaAccount -SubscriptionId 'Contoso Production'
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Contoso Production           AzureCloud         7c8a0a2e-3d55-4c0e-9a6b-1f2f5b1c9d10 ops@contoso.com
/// </code>
/// </example>
/// <example>
/// <para>In a runbook, with a user-assigned managed identity.</para>
/// <code>
/// Connect-AcaAccount 'Contoso Production' -Identity -ClientId 5d3f2a6e-6c0b-4f0e-9f0d-2f6f4f1d7c11
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Contoso Production           AzureCloud         7c8a0a2e-3d55-4c0e-9a6b-1f2f5b1c9d10 5d3f2a6e-6c0b-4f0e-9f0d-2…
/// </code>
/// </example>
/// <example>
/// <para>As an application, with its secret.</para>
/// <code>
/// $secret = Get-Credential -UserName 9b0c1a52-0f5d-4b58-8c0c-5d7c5e1f9a20 -Title 'Application secret'
/// Connect-AcaAccount -ServicePrincipal -TenantId contoso.onmicrosoft.com -Credential $secret
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Contoso Production           AzureCloud         7c8a0a2e-3d55-4c0e-9a6b-1f2f5b1c9d10 9b0c1a52-0f5d-4b58-8c0c-5…
/// </code>
/// </example>
/// <example>
/// <para>As an application, with a certificate from a file.</para>
/// <code>
/// Connect-AcaAccount -ServicePrincipal -TenantId contoso.onmicrosoft.com -ApplicationId 9b0c1a52-0f5d-4b58-8c0c-5d7c5e1f9a20 -CertificatePath ./pruner.pfx -CertificatePassword (Read-Host -AsSecureString)
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Contoso Production           AzureCloud         7c8a0a2e-3d55-4c0e-9a6b-1f2f5b1c9d10 9b0c1a52-0f5d-4b58-8c0c-5…
/// </code>
/// </example>
/// <example>
/// <para>As an application, with a certificate that is installed.</para>
/// <code>
/// Connect-AcaAccount -ServicePrincipal -TenantId contoso.onmicrosoft.com -ApplicationId 9b0c1a52-0f5d-4b58-8c0c-5d7c5e1f9a20 -CertificateThumbprint 4F2C0E6B0D7A4B0C9E1D5A8F3B6C7D8E9F0A1B2C
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Contoso Production           AzureCloud         7c8a0a2e-3d55-4c0e-9a6b-1f2f5b1c9d10 9b0c1a52-0f5d-4b58-8c0c-5…
/// </code>
/// </example>
/// <example>
/// <para>With a token that Kubernetes keeps in a file.</para>
/// <code>
/// Connect-AcaAccount -FederatedTokenFile /var/run/secrets/tokens/azure -ApplicationId 9b0c1a52-0f5d-4b58-8c0c-5d7c5e1f9a20 -TenantId contoso.onmicrosoft.com
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Contoso Production           AzureCloud         7c8a0a2e-3d55-4c0e-9a6b-1f2f5b1c9d10 9b0c1a52-0f5d-4b58-8c0c-5…
/// </code>
/// </example>
/// <example>
/// <para>In a task of Azure Pipelines, by its service connection. A prune may last longer than one token.</para>
/// <code>
/// Connect-AcaAccount -AzurePipelines
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Contoso Production           AzureCloud         7c8a0a2e-3d55-4c0e-9a6b-1f2f5b1c9d10 9b0c1a52-0f5d-4b58-8c0c-5…
/// </code>
/// </example>
/// <example>
/// <para>After Connect-AzAccount, as the same account in the same subscription.</para>
/// <code>
/// Connect-AcaAccount -UseAzContext
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Contoso Production           AzureCloud         7c8a0a2e-3d55-4c0e-9a6b-1f2f5b1c9d10 ops@contoso.com
/// </code>
/// </example>
/// <example>
/// <para>After az login.</para>
/// <code>
/// Connect-AcaAccount -AzureCli
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Contoso Production           AzureCloud         7c8a0a2e-3d55-4c0e-9a6b-1f2f5b1c9d10 ops@contoso.com
/// </code>
/// </example>
/// <example>
/// <para>With a browser on another machine, from a terminal that has none.</para>
/// <code>
/// Connect-AcaAccount -DeviceCode -TenantId contoso.onmicrosoft.com
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Contoso Production           AzureCloud         7c8a0a2e-3d55-4c0e-9a6b-1f2f5b1c9d10 ops@contoso.com
/// </code>
/// </example>
/// <example>
/// <para>With the browser of this machine, in the cloud for the United States government.</para>
/// <code>
/// Connect-AcaAccount -Interactive -Environment AzureUSGovernment
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Contoso Government           AzureUSGovernment  7c8a0a2e-3d55-4c0e-9a6b-1f2f5b1c9d10 ops@contoso.com
/// </code>
/// </example>
/// <example>
/// <para>With a token that another module gives. It is not renewed; -UseAzContext renews it.</para>
/// <code>
/// Connect-AcaAccount -AccessToken (Get-AzAccessToken -ResourceUrl https://management.azure.com -AsSecureString).Token
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Contoso Production           AzureCloud         7c8a0a2e-3d55-4c0e-9a6b-1f2f5b1c9d10 ops@contoso.com
/// </code>
/// </example>
/// <example>
/// <para>To a cloud of your own.</para>
/// <code>
/// Connect-AcaAccount -Identity -Endpoint https://management.contoso.net -Audience https://management.contoso.net/7d1e
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Contoso Private              management.contos… 7c8a0a2e-3d55-4c0e-9a6b-1f2f5b1c9d10 5d3f2a6e-6c0b-4f0e-9f0d-2…
/// </code>
/// </example>
/// <example>
/// <para>To a sandbox server, with the line of JSON that it has printed.</para>
/// <code>
/// $server = Get-Content ./ready.json | ConvertFrom-Json
/// Connect-AcaAccount -Endpoint $server.endpoint -AccessToken (ConvertTo-SecureString $server.token -AsPlainText)
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    Sandbox                      Sandbox            5a4db0c5-0000-4000-8000-00000000a11a Sandbox
/// </code>
/// </example>
/// <example>
/// <para>Two connections side by side: one by its name, the other as the default, and then the other way round.</para>
/// <code>
/// $null = Connect-AcaAccount -Sandbox -ContextName blue
/// $null = Connect-AcaAccount -Sandbox -ContextName green
/// Get-AcaApp web-c* -Context blue
/// </code>
/// <code language="output">
/// Name                     ResourceGroup    Mode            State      LatestReady                Traffic
/// ----                     -------------    ----            -----      -----------                -------
/// web-checkout             rg-shop          Multiple        Running    web-checkout--v2-15        v2-14=90 (stable), v2-…
/// </code>
/// <code>
/// Connect-AcaAccount -Context blue
/// </code>
/// <code language="output">
/// Default Name                         Environment        SubscriptionId                       Account
/// ------- ----                         -----------        --------------                       -------
/// True    blue                         Sandbox            5a4db0c5-0000-4000-8000-00000000a11a Sandbox
/// </code>
/// </example>
/// <example>
/// <para>One connection for many runspaces.</para>
/// <code>
/// $context = Connect-AcaAccount -Sandbox
/// 'web-shop', 'web-search' | ForEach-Object -Parallel { Get-AcaRevision $_ -Latest -Context $using:context } | Sort-Object Name | Format-Table Name, Stage
/// </code>
/// <code language="output">
/// Name                 Stage
/// ----                 -----
/// web-search--0000004 Failed
/// web-shop--0000030   Active
/// </code>
/// </example>
/// <output cref="AcaContext">The connection that was made, or that is the default from now on.</output>
/// <seealso cref="GetAcaContextCommand"/>
/// <seealso cref="DisconnectAcaAccountCommand"/>
/// <seealso href="about_RevisionTools_Accounts"/>
/// <seealso href="about_RevisionTools_Sandbox"/>
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
            RequireChoice();

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
            EndWith(failure, null);
        }
    }

    private AcaContext ConnectAzure()
    {
        RequirePerson();
        var login = ParameterSetName == AzContextSet ? AzureLogin.Require() : null;
        var spare = ParameterSetName == DefaultSet ? SpareLogin() : null;
        var settings = IsServer ? ServerSettings() : ConnectionSettings.ForCloud(
            CloudOf(login),
            SignInAs(spare is not null),
            SubscriptionId ?? login?.SubscriptionId,
            TenantId ?? login?.TenantId,
            RequestTrace.ReportAsync,
            RequestTrace.ReportAsync);
        Connection? connection = null;
        Run(async (_, token) => connection = await ConnectAsync(settings, spare?.SubscriptionId, token).ConfigureAwait(false));
        if (connection!.Way is { } way)
        {
            WriteVerbose($"Signed in with {way}.");
        }

        WarnWithoutSubscription(connection);
        return new AcaContext
        {
            Name = "",
            Environment = IsServer ? AcaContext.SandboxEnvironment : connection.Environment?.ToString() ?? connection.Endpoint.Authority,
            Endpoint = connection.Endpoint,
            SubscriptionId = connection.Subscription?.SubscriptionId,
            SubscriptionName = connection.Subscription?.DisplayName,
            TenantId = connection.TenantId,
            Account = IsServer ? AcaContext.SandboxEnvironment : connection.AccountName,
            SignIn = connection.Way,
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
                () => Connection.Open(ConnectionSettings.ForSandbox(
                    sandbox, sandbox.Clock, sandbox.SubscriptionId, RequestTrace.ReportAsync, RequestTrace.ReportAsync)),
                Calls),
        };
    }

    private AcaContext UseContext(RunspaceConnections connections)
    {
        if (Context!.Problem is { } problem)
        {
            throw problem;
        }

        // What another runspace has made, or what gets a second name, is closed by each of the two for itself.
        var isRenamed = ContextName is not null && !Names.Same(ContextName, Context.Name);
        var isSame = connections.Holds(Context) && SubscriptionId is null && !isRenamed;
        var context = Context with { Live = isSame ? Context.Live : Context.Live!.Share() };
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

    /// <param name="settings">What to connect with.</param>
    /// <param name="loginSubscription">What Azure PowerShell has chosen, for when the account sees several and its sign-in was taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<Connection> ConnectAsync(ConnectionSettings settings, string? loginSubscription, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await Connection.ConnectAsync(settings, cancellationToken).ConfigureAwait(false);
            return loginSubscription is not null && connection is { Subscription: null, Way: SignInWays.Session }
                ? connection with { Subscription = await SubscriptionChoice.FindAsync(connection.Client, loginSubscription, cancellationToken).ConfigureAwait(false) }
                : connection;
        }
        catch (RevisionToolsException failure) when (IsServer && failure.Kind is FailureKind.ConnectionFailed)
        {
            throw new RevisionToolsException(
                failure.Kind,
                $"{SafeText.Sentence(failure.Message)} Is a sandbox server running at {Endpoint}? Over https, -CertificateFile takes the caFile that it printed.",
                failure);
        }
        catch (RevisionToolsException failure) when (IsServer && failure.Kind is FailureKind.AuthenticationFailed)
        {
            throw new RevisionToolsException(failure.Kind, $"{SafeText.Sentence(failure.Message)} -AccessToken takes the token that the sandbox server printed.", failure);
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
            RequestTrace.ReportAsync,
            RequestTrace.ReportAsync);
    }

    private void WarnWithoutSubscription(Connection connection)
    {
        if (connection.Subscription is null)
        {
            Warn(connection.EnabledSubscriptions > 1
                ? $"The account sees {connection.EnabledSubscriptions} subscriptions and none was chosen: give -SubscriptionId here, or to each command."
                : $"The account sees no enabled subscription ({connection.VisibleSubscriptions} in all): it may lack a role, or belong to another tenant.");
        }
    }

    private SandboxScenario LoadScenario(string file)
    {
        try
        {
            return SandboxScenario.Load(file);
        }
        catch (ScenarioException failure)
        {
            EndWith(new RevisionToolsException(FailureKind.InvalidScenario, failure.Message, failure), file);
            throw;
        }
    }
}
