namespace RevisionTools.Lifecycle;

/// <summary>What a switch of an app's revision mode does to its revisions, and what stands against it. Pure: no call, no clock.</summary>
/// <remarks>ARM-FACTS 4.6. Which revisions a switch activates is not documented; what it takes down is inferred from what Single means.</remarks>
internal sealed record ModePlan
{
    private ModePlan(AppSnapshot snapshot, RevisionMode target)
    {
        App = snapshot.App;
        Target = target;
        Latest = snapshot.Find(App.LatestRevisionName ?? "");
        Others = target == RevisionMode.Single ? [.. snapshot.Revisions.Where(revision => revision.Active != false && !IsKept(revision))] : [];
        GoingDown = [.. Others.Where(revision => revision.IsStanding)];
        Staying = [.. snapshot.Revisions.Where(revision => revision.IsStanding && !GoingDown.Contains(revision))];
        Inactive = [.. snapshot.Revisions.Where(revision => revision.Active == false)];
        Obstacles = target == RevisionMode.Single && !IsThere ? [.. FindObstacles(snapshot)] : [];
    }

    public ContainerApp App { get; }

    public RevisionMode Target { get; }

    /// <summary>The newest revision, which single-revision mode is about.</summary>
    public Revision? Latest { get; }

    /// <summary>Whether the app is in the mode already.</summary>
    public bool IsThere => string.Equals(App.RevisionMode, Target.ToString(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The revisions that the switch takes down, oldest first.</summary>
    public IReadOnlyList<Revision> GoingDown { get; }

    /// <summary>These and what is on its way down: all that Azure still calls active and that has no place in single-revision mode.</summary>
    public IReadOnlyList<Revision> Others { get; }

    /// <summary>The revisions that stay up, oldest first.</summary>
    public IReadOnlyList<Revision> Staying { get; }

    /// <summary>The revisions that are down, oldest first: a switch has been seen to bring such up again.</summary>
    public IReadOnlyList<Revision> Inactive { get; }

    /// <summary>What forbids the switch.</summary>
    public IReadOnlyList<ModeObstacle> Obstacles { get; }

    private bool LatestIsReady => Latest?.Stage is RevisionStage.Active or RevisionStage.Ready;

    public static ModePlan Of(AppSnapshot snapshot, RevisionMode target) => new(snapshot, target);

    /// <summary>The switch and what it does, as a prompt says it.</summary>
    public string Describe() => $"Set revision mode from {App.RevisionMode} to {Target} ({Effect()})";

    /// <summary>What goes down, in a sentence; nothing where nothing does.</summary>
    public IReadOnlyList<string> Descent() => GoingDown.Count switch
    {
        0 => [],
        <= 5 => [$"{Target} mode takes down {string.Join(", ", GoingDown.Select(revision => $"{revision.Name} ({revision.Stage})"))}"],
        _ => [$"{Target} mode takes down {GoingDown.Count} revisions, {GoingDown[0]} to {GoingDown[^1]}"],
    };

    /// <summary>What the switch ends beside the revisions themselves, one sentence each.</summary>
    public IReadOnlyList<string> Losses()
    {
        List<string> losses = [];
        var labels = GoingDown.SelectMany(revision => revision.Labels.Select(label => $"{label} ({revision.Name})")).ToList();
        if (labels.Count > 0)
        {
            losses.Add($"the hosts of these labels go dead: {string.Join(", ", labels)}");
        }

        var consumers = GoingDown.Where(revision => revision.EventConsumers.Count > 0).ToList();
        if (consumers.Count > 0)
        {
            losses.Add($"these consume events and go down: {string.Join("; ", consumers.Select(Consumption))}");
        }

        return losses;
    }

    /// <summary>The refusal for the obstacles that nobody has accepted, with how to get on; null where there is none.</summary>
    /// <param name="accepted">What has been accepted.</param>
    public RevisionProtectedException? Refusal(IReadOnlyList<ModeObstacle> accepted)
    {
        var binding = Obstacles.Where(obstacle => !accepted.Any(obstacle.IsSameAs)).ToList();
        if (binding.Count == 0)
        {
            return null;
        }

        var message = $"The mode of the app '{App.Name}' was not changed. {string.Join("; ", binding)}. {HowToGetOn()}.";
        return new RevisionProtectedException(message, [.. binding.Select(obstacle => obstacle.Interlock).Distinct()]) { ResourceId = App.ResourceId };
    }

    /// <summary>Makes sure that the switch does nothing beyond what was agreed to when it was planned.</summary>
    /// <param name="approved">The plan that was agreed to.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.RevisionProtected"/> or <see cref="FailureKind.RevisionChanged"/>.</exception>
    public void RequireWithin(ModePlan approved)
    {
        if (Refusal(approved.Obstacles) is { } refusal)
        {
            throw refusal;
        }

        var added = GoingDown.Where(revision => !approved.GoingDown.Any(known => known.Id == revision.Id)).Select(revision => revision.Name).ToList();
        if (added.Count > 0 || approved.IsThere)
        {
            var what = approved.IsThere ? $"its mode is {App.RevisionMode} again" : $"{string.Join(", ", added)} would go down too";
            throw new RevisionToolsException(
                FailureKind.RevisionChanged, $"The app '{App.Name}' has changed since the switch to {Target} was planned: {what}. Nothing was sent.")
            {
                ResourceId = App.ResourceId,
            };
        }
    }

    private static bool IsKept(Revision revision) => revision.IsLatest || revision.IsLatestReady;

    private string Effect()
    {
        if (Target == RevisionMode.Single)
        {
            var down = GoingDown.Count == 0 ? "nothing" : string.Join(", ", GoingDown);
            return $"keeps {Keeps()}; takes down {down}";
        }

        return Inactive.Count switch
        {
            0 => "takes down nothing",
            <= 5 => $"takes down nothing; Azure may activate again: {string.Join(", ", Inactive)}",
            _ => $"takes down nothing; Azure may activate some of the {Inactive.Count} inactive revisions again",
        };
    }

    private string Keeps() => Staying.Count switch
    {
        0 => "none that is up",
        1 => Staying[0].Name,
        _ => string.Join(" or ", Staying),
    };

    private IEnumerable<ModeObstacle> FindObstacles(AppSnapshot snapshot)
    {
        if (Latest is null)
        {
            yield return new ModeObstacle(Interlock.LastActive, null, "the app has no latest revision yet, so no ready one may be left");
        }
        else if (!LatestIsReady)
        {
            yield return new ModeObstacle(
                Interlock.LastActive, Latest.Name, $"the latest revision '{Latest.Name}' is {Latest.Stage} ({Latest.StageReason}), so no ready one may be left");
        }

        foreach (var revision in snapshot.Revisions.Where(revision => revision.IsStanding && !revision.IsLatest))
        {
            var weight = Math.Max(Math.Max(revision.ConfiguredWeight, revision.EffectiveWeight), revision.TrafficWeight ?? 0);
            if (weight > 0)
            {
                yield return new ModeObstacle(
                    Interlock.CarriesTraffic, revision.Name, $"'{revision.Name}' gets {weight} % of the traffic and is not the latest revision");
            }
        }
    }

    private string HowToGetOn() => Latest is not null && LatestIsReady
        ? $"Move the traffic first (Set-AcaTraffic -ContainerAppName {App.Name} -ResourceGroupName {App.ResourceGroupName} -To {Latest.Name})"
        : "Get a latest revision that is ready first (Wait-AcaRevision waits for it, New-AcaRevision makes one from a revision that was good)";

    private string Consumption(Revision revision)
    {
        var lost = revision.EventConsumers.Where(consumer => !Staying.Any(other => other.EventConsumers.Any(consumer.IsOfSameSource))).ToList();
        return $"{revision.Name} ({string.Join(", ", revision.EventConsumers)}{(lost.Count > 0 ? $"; nothing that stays takes from {string.Join(", ", lost)}" : "")})";
    }
}
