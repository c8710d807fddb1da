namespace RevisionTools.Accounts;

/// <summary>Picks the subscription that commands work in when they name none.</summary>
internal static class SubscriptionChoice
{
    /// <summary>The environment variable that names a subscription.</summary>
    public const string Variable = "AZURE_SUBSCRIPTION_ID";

    private const int MostNamesInMessage = 5;

    /// <summary>The one that is asked for, else the one of the environment variable, else the only enabled one, else none.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.SubscriptionNotSet"/>: the named one is not there, or several have that name.</exception>
    public static Subscription? Pick(IReadOnlyList<Subscription> visible, string? asked, string? variable)
    {
        if (!string.IsNullOrWhiteSpace(asked))
        {
            return Find(visible, asked.Trim(), "");
        }

        if (!string.IsNullOrWhiteSpace(variable))
        {
            return Find(visible, variable.Trim(), $" (from the environment variable {Variable})");
        }

        Subscription[] enabled = [.. visible.Where(IsEnabled)];
        return enabled.Length == 1 ? enabled[0] : null;
    }

    /// <summary>The one that is asked for, of those that a connection sees.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.SubscriptionNotSet"/>, as for <see cref="Pick"/>.</exception>
    public static async Task<Subscription> FindAsync(IContainerApps azure, string asked, CancellationToken cancellationToken)
    {
        List<Subscription> visible = [];
        await foreach (var subscription in azure.ListSubscriptionsAsync(cancellationToken).ConfigureAwait(false))
        {
            visible.Add(subscription);
        }

        return Find(visible, asked.Trim(), "");
    }

    public static bool IsEnabled(Subscription subscription) => Names.Same(subscription.State, "Enabled");

    private static Subscription Find(IReadOnlyList<Subscription> visible, string wanted, string origin)
    {
        if (visible.FirstOrDefault(subscription => Names.Same(subscription.SubscriptionId, wanted)) is { } byId)
        {
            return byId;
        }

        Subscription[] named = [.. visible.Where(subscription => Names.Same(subscription.DisplayName, wanted))];
        return named switch
        {
            [var one] => one,
            [] => throw NotSet($"The account sees no subscription '{wanted}'{origin}. {Describe(visible)}"),
            _ => throw NotSet(
                $"{named.Length} subscriptions are called '{wanted}'{origin}; name one by its id: "
                + $"{string.Join(", ", named.Select(subscription => subscription.SubscriptionId))}."),
        };
    }

    private static string Describe(IReadOnlyList<Subscription> visible)
    {
        if (visible.Count == 0)
        {
            return "It sees none at all. It needs a role on one, Reader at least; or it belongs to another tenant, which -TenantId names.";
        }

        var names = visible.Take(MostNamesInMessage).Select(one => $"{one.DisplayName ?? "(no name)"} ({one.SubscriptionId})");
        var rest = visible.Count > MostNamesInMessage ? $" and {visible.Count - MostNamesInMessage} more" : "";
        return $"It sees {string.Join(", ", names)}{rest}.";
    }

    private static RevisionToolsException NotSet(string message) => new(FailureKind.SubscriptionNotSet, message);
}
