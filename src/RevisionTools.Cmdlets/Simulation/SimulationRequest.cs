using System.Management.Automation;

namespace RevisionTools.Cmdlets.Simulation;

/// <summary>What may be asked of a simulation.</summary>
internal static class SimulationRequest
{
    private const int MostDays = 1000;

    private static readonly HashSet<string> s_fitting = new(
        [
            .. typeof(IRetentionRules).GetProperties().Select(property => property.Name),
            "ContainerAppName", "ResourceGroupName", "SubscriptionId", "ResourceId", "InputObject", "Policy", "IncludeLabelled", "IncludeEventConsumer",
            "Simulate", "Seed", "WhatIf", "Confirm",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <param name="span">How long; null for no simulation.</param>
    /// <param name="bound">The parameters that were given.</param>
    /// <param name="context">The connection.</param>
    /// <exception cref="RevisionToolsException">
    /// <see cref="FailureKind.InvalidPruneRequest"/>, or <see cref="FailureKind.SandboxRequired"/> where there is no sandbox to copy.
    /// </exception>
    public static void Check(TimeSpan? span, IReadOnlyDictionary<string, object?> bound, AcaContext context)
    {
        if (span is not { } time)
        {
            Refuse(bound.ContainsKey("Seed"), "-Seed means nothing without -Simulate.");
            return;
        }

        Refuse(
            time < TimeSpan.FromDays(1) || time > TimeSpan.FromDays(MostDays) || time != TimeSpan.FromDays(time.Days),
            $"-Simulate takes whole days, from 1d to {MostDays}d, not {time}.");
        var other = bound.Keys.FirstOrDefault(name => !s_fitting.Contains(name) && !Cmdlet.CommonParameters.Contains(name));
        Refuse(other is not null, $"-{other} means nothing to a simulation, which touches no app. Leave it out.");
        if (context.Sandbox is null)
        {
            throw new RevisionToolsException(
                FailureKind.SandboxRequired,
                "-Simulate needs a sandbox in memory, of which it lets a copy live on: Connect-AcaAccount -Sandbox, with -Scenario for a fleet of your own.");
        }
    }

    private static void Refuse(bool wrong, string message)
    {
        if (wrong)
        {
            throw new RevisionToolsException(FailureKind.InvalidPruneRequest, message);
        }
    }
}
