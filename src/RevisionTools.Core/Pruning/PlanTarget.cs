using System.Globalization;

namespace RevisionTools.Pruning;

/// <summary>Where saved plans may be carried out.</summary>
/// <param name="Cloud">The cloud of the connection, or <c>Sandbox</c>.</param>
/// <param name="SubscriptionId">The subscription that was named, else the connection's; null where there is none.</param>
internal sealed record PlanTarget(string Cloud, string? SubscriptionId)
{
    // Two machines' clocks differ by a little.
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Makes sure that a plan may be carried out here and now.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidPrunePlan"/></exception>
    public void Require(PrunePlan plan, DateTimeOffset now)
    {
        Refuse(plan.Cloud != Cloud, $"is of the cloud '{plan.Cloud}', and the connection is to '{Cloud}'. Connect there, or make a new plan here.");
        Refuse(
            SubscriptionId is not null && !Names.Same(plan.SubscriptionId, SubscriptionId),
            $"is of the subscription {plan.SubscriptionId}, and the one in use is {SubscriptionId}. Give -SubscriptionId {plan.SubscriptionId} to carry it out there.");
        Refuse(plan.AsOf is not null, $"says what would be done at {Text(plan.AsOf ?? now)}; it is not to be carried out. Make one without -AsOf.");
        Refuse(plan.CreatedTime > now + s_clockSkew, $"was made at {Text(plan.CreatedTime)}, which is not yet: it is {Text(now)}.");

        void Refuse(bool wrong, string why)
        {
            if (wrong)
            {
                throw new RevisionToolsException(FailureKind.InvalidPrunePlan, $"The plan of '{plan.ContainerAppName}' {why}") { ResourceId = plan.ResourceId };
            }
        }
    }

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
