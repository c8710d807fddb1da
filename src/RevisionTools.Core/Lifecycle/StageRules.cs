namespace RevisionTools.Lifecycle;

/// <summary>Tells a revision's stage, and why, from what Azure says about it and what reaches it.</summary>
/// <remarks>
/// ARM-FACTS 4.2. Every field is an open set: a value that is not known here ends in <see cref="RevisionStage.Unknown"/> with the
/// field and the value named. The input carries weights and consumers already joined on.
/// </remarks>
internal static class StageRules
{
    private static readonly string[] s_provisioningStates = ["Provisioning", "Provisioned", "Failed", "Deprovisioning", "Deprovisioned"];
    private static readonly string[] s_healthStates = ["Healthy", "Unhealthy", "None"];
    private static readonly string[] s_starting = ["Processing", "Activating"];
    private static readonly string[] s_up = ["Running", "RunningAtMaxScale", "ScaledToZero"];
    private static readonly string[] s_otherRunningStates = ["Deprovisioning", "Stopped", "Degraded", "Failed"];

    public static (RevisionStage Stage, string Reason) Of(Revision revision) => revision.Active switch
    {
        null => Unknown("active", null),
        false => (RevisionStage.Inactive, InactiveReason(revision)),
        true when UnheardOf(revision) is { } field => Unknown(field.Name, field.Value),
        true => OfActive(revision),
    };

    // What is not active is inactive, whatever else Azure says of it; there is nothing left to protect.
    private static string InactiveReason(Revision revision)
    {
        if (HasFailed(revision))
        {
            return $"kept until purged; {FailureText(revision)}";
        }

        return UnheardOf(revision) is { } field
            ? $"kept until purged; {field.Name} '{field.Value}' is new"
            : "kept for rollback until purged";
    }

    private static (RevisionStage Stage, string Reason) OfActive(Revision revision)
    {
        // A failed revision that goes down is on its way out like any other.
        if (Names.Same(revision.RunningState, "Deprovisioning") || Names.Same(revision.ProvisioningState, "Deprovisioning"))
        {
            return (RevisionStage.Deactivating, "going down; Azure still says active");
        }

        if (HasFailed(revision))
        {
            return (RevisionStage.Failed, FailureText(revision));
        }

        if (Names.Same(revision.ProvisioningState, "Provisioning") || IsAny(revision.RunningState, s_starting))
        {
            return (RevisionStage.Provisioning, $"not ready yet ({revision.RunningState ?? revision.ProvisioningState})");
        }

        if (Names.Same(revision.RunningState, "Degraded") || Names.Same(revision.HealthState, "Unhealthy"))
        {
            return Impaired(revision);
        }

        var isUp = IsAny(revision.RunningState, s_up)
            || (revision.RunningState is null && Names.Same(revision.ProvisioningState, "Provisioned") && Names.Same(revision.HealthState, "Healthy"));
        return isUp ? Working(revision, "") : Unknown("runningState", revision.RunningState);
    }

    /// <summary>Up, so the question is only whether anything reaches it.</summary>
    private static (RevisionStage Stage, string Reason) Working(Revision revision, string but)
    {
        if (revision.EffectiveWeight > 0)
        {
            return (RevisionStage.Active, $"gets {revision.EffectiveWeight} % of the traffic{but}");
        }

        if (revision.EventConsumers.Count > 0)
        {
            return (RevisionStage.Active, $"consumes events: {string.Join(", ", revision.EventConsumers)}{but}");
        }

        if (revision.ConfiguredWeight > 0)
        {
            return (RevisionStage.Ready, $"{revision.ConfiguredWeight} % configured, not switched to it yet{but}");
        }

        var idle = Names.Same(revision.RunningState, "ScaledToZero") ? "scaled to zero" : "idle";
        var reach = revision.Labels.Count > 0 ? $"reached by label {string.Join(", ", revision.Labels)} only" : "no traffic, no event work";
        return (RevisionStage.Ready, $"{idle}: {reach}{but}");
    }

    /// <summary>Partly up: it counts as active where work reaches it, since that work is at stake; else nobody can say.</summary>
    private static (RevisionStage Stage, string Reason) Impaired(Revision revision)
    {
        var what = $"runningState '{revision.RunningState}', healthState '{revision.HealthState}'";
        return revision.EffectiveWeight > 0 || revision.EventConsumers.Count > 0
            ? Working(revision, $"; impaired: {what}")
            : (RevisionStage.Unknown, $"partly up: {what}{Details(revision)}");
    }

    /// <summary>Whether Azure calls the revision failed, active or not.</summary>
    public static bool HasFailed(Revision revision) =>
        Names.Same(revision.ProvisioningState, "Failed") || Names.Same(revision.RunningState, "Failed")
        || (Names.Same(revision.RunningState, "Degraded") && IsDeadDeployment(revision));

    private static bool IsDeadDeployment(Revision revision) =>
        revision.Replicas is null or 0
        || revision.RunningStateDetails?.Contains("Deadline Exceeded", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>How a revision that <see cref="HasFailed"/> failed, in Azure's words.</summary>
    public static string FailureText(Revision revision)
    {
        var field = Names.Same(revision.ProvisioningState, "Failed") ? "provisioning failed" : $"runningState {revision.RunningState}";
        return field + Details(revision);
    }

    private static string Details(Revision revision)
    {
        // The details usually say the error again, with more around it.
        var (error, details) = (revision.ProvisioningError ?? "", revision.RunningStateDetails ?? "");
        var words = details.Contains(error, StringComparison.OrdinalIgnoreCase) ? details : string.Join("; ", error, details);
        return string.IsNullOrWhiteSpace(words) ? "" : $": {words.Trim(' ', ';')}";
    }

    private static (string Name, string Value)? UnheardOf(Revision revision)
    {
        if (revision.ProvisioningState is { } provisioning && !IsAny(provisioning, s_provisioningStates))
        {
            return ("provisioningState", provisioning);
        }

        if (revision.RunningState is { } running && !IsAny(running, s_starting) && !IsAny(running, s_up) && !IsAny(running, s_otherRunningStates))
        {
            return ("runningState", running);
        }

        return revision.HealthState is { } health && !IsAny(health, s_healthStates) ? ("healthState", health) : null;
    }

    private static (RevisionStage Stage, string Reason) Unknown(string field, string? value) =>
        (RevisionStage.Unknown, value is null ? $"{field} is missing" : $"{field} '{value}' does not tell");

    private static bool IsAny(string? value, string[] expected) => expected.Contains(value, StringComparer.OrdinalIgnoreCase);
}
