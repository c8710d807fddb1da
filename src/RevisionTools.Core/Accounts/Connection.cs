using Azure.Core;
using RevisionTools.Arm;
using RevisionTools.Lifecycle;
using RevisionTools.Probing;
using RevisionTools.Registries;

namespace RevisionTools.Accounts;

/// <summary>A proven way to Azure, and the subscription that commands work in when they name none.</summary>
internal sealed record Connection
{
    /// <summary>Which cloud it is; null for one of the user's own.</summary>
    public required AzureEnvironment? Environment { get; init; }

    /// <summary>Azure Resource Manager of the cloud, or what stands in for it.</summary>
    public required Uri Endpoint { get; init; }

    public required TokenCredential Credential { get; init; }

    public required ContainerAppsClient Client { get; init; }

    /// <summary>Asks revisions themselves, by the same network or what stands in for it, and without the credential.</summary>
    public required IRevisionProbe Probe { get; init; }

    /// <summary>What it takes to ask container registries, by the same network or what stands in for it.</summary>
    public required RegistrySettings Registries { get; init; }

    /// <summary>Null when none was named and several could be meant; commands then have to name one.</summary>
    public Subscription? Subscription { get; init; }

    /// <summary>How many subscriptions the account sees, disabled ones too.</summary>
    public int VisibleSubscriptions { get; init; }

    /// <summary>How many of them are enabled; with more than one none is chosen unasked.</summary>
    public int EnabledSubscriptions { get; init; }

    public string? TenantId { get; init; }

    /// <summary>The user's sign-in name, or the id of an application; null where the token does not say.</summary>
    public string? AccountName { get; init; }

    /// <summary>The way that was signed in, in words; null where that is not known.</summary>
    public string? Way { get; init; }

    /// <summary>The way there, without a request: nothing is proved, and nobody and no subscription is known.</summary>
    public static Connection Open(ConnectionSettings settings)
    {
        var arm = settings.Arm;
        var standIn = arm.Endpoint.IsLoopback ? arm.Endpoint : null;
        return new Connection
        {
            Environment = settings.Cloud.Environment,
            Endpoint = arm.Endpoint,
            Credential = arm.Credential,
            Client = new ContainerAppsClient(arm),
            Probe = new HttpRevisionProbe(arm.Transport, standIn, version: arm.Version, log: arm.Log),
            Registries = new RegistrySettings(
                settings.RegistryCredential is null ? null : RenewingCredential.Over(settings.RegistryCredential, arm.Time),
                settings.Cloud.RegistrySuffix,
                arm.Transport,
                standIn,
                arm.Time)
            {
                Log = arm.Log,
                Version = arm.Version,
            },
        };
    }

    /// <summary>Gets a token, lists the subscriptions with it and picks one.</summary>
    /// <exception cref="RevisionToolsException">The credential does not work, or the subscription asked for is not to be seen.</exception>
    public static async Task<Connection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        var arm = settings.Arm;
        var credential = RenewingCredential.Over(arm.Credential, arm.Time);
        var connection = Open(settings with { Arm = arm with { Credential = credential } });
        var token = await credential.GetTokenAsync(new TokenRequestContext([.. arm.Scopes]), cancellationToken).ConfigureAwait(false);
        var claims = TokenClaims.Read(token.Token);
        var visible = await ListAsync(connection.Client, cancellationToken).ConfigureAwait(false);
        var subscription = SubscriptionChoice.Pick(
            visible, settings.Subscription, settings.ReadVariable(SubscriptionChoice.Variable));
        return connection with
        {
            Credential = arm.Credential,
            Subscription = subscription,
            VisibleSubscriptions = visible.Count,
            EnabledSubscriptions = visible.Count(SubscriptionChoice.IsEnabled),
            TenantId = settings.TenantId ?? subscription?.TenantId ?? claims.TenantId,
            AccountName = claims.AccountName,
            Way = (arm.Credential as AccountCredential)?.Way,
        };
    }

    private static async Task<List<Subscription>> ListAsync(ContainerAppsClient client, CancellationToken cancellationToken)
    {
        var visible = new List<Subscription>();
        await foreach (var subscription in client.ListSubscriptionsAsync(cancellationToken).ConfigureAwait(false))
        {
            visible.Add(subscription);
        }

        return visible;
    }
}
