namespace RevisionTools.Lifecycle;

/// <summary>What a revision is waited for.</summary>
internal sealed record WaitCondition
{
    /// <summary>Ready (up, whether anything reaches it or not), Active (up, and something reaches it) or Inactive (down, or gone).</summary>
    public required RevisionStage Stage { get; init; }

    /// <summary>How long to wait at most.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How long it has to hold without a break.</summary>
    public TimeSpan StableFor { get; init; }

    /// <summary>How many replicas must have all their containers ready; with 0 a revision that is scaled to zero will do.</summary>
    public int MinReadyReplica { get; init; }

    /// <summary>The path that the revision itself must answer well; null for not asking it.</summary>
    public string? ProbePath { get; init; }

    /// <summary>Replicas that must all have gone, with others ready in their place; null where it does not matter.</summary>
    public ReplicaGeneration? Replaces { get; init; }

    /// <summary>Whether it follows from the app's traffic, which may move during the wait.</summary>
    public bool FollowsTraffic => Stage == RevisionStage.Active;

    public bool NeedsReplicas => MinReadyReplica > 0 || Replaces is not null;

    /// <summary>How many reads of Azure a look costs.</summary>
    public int ReadsPerLook => 1 + (FollowsTraffic ? 1 : 0) + (NeedsReplicas ? 1 : 0);

    /// <summary>The condition that says that a state change has come about.</summary>
    public static WaitCondition For(RevisionState target, TimeSpan timeout) => new()
    {
        Stage = target == RevisionState.Active ? RevisionStage.Ready : RevisionStage.Inactive,
        Timeout = timeout,
    };

    /// <summary>Makes sure that the condition can hold at all.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidWaitCondition"/></exception>
    public void RequireSound()
    {
        if (StableFor > Timeout || StableFor < TimeSpan.Zero)
        {
            throw Unsound($"What is to hold for {StableFor} cannot be seen within {Timeout}.");
        }

        if (ProbePath is not null && !IsPath(ProbePath))
        {
            throw Unsound($"'{ProbePath}' is no path that a revision could be asked for: it begins with one '/', and has only characters that a URL may have.");
        }

        if (Stage == RevisionStage.Inactive && (NeedsReplicas || ProbePath is not null))
        {
            throw Unsound("An inactive revision has no replicas and answers nobody.");
        }
    }

    /// <summary>Makes sure that the condition can hold for a revision.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidWaitCondition"/>; <see cref="FailureKind.IngressRequired"/>
    /// where there is nothing to ask.</exception>
    public void RequirePossible(ContainerApp app, Revision revision)
    {
        var most = revision.MaxReplicas ?? ScaleDefaults.MaxReplicas;
        if (MinReadyReplica > most)
        {
            throw Unsound($"Revision '{revision.Name}' has {most} replicas at most, so {MinReadyReplica} will never be ready.", revision);
        }

        if (ProbePath is not null && (!app.IngressEnabled || string.IsNullOrEmpty(revision.Fqdn)))
        {
            throw new RevisionToolsException(
                FailureKind.IngressRequired, $"App '{app.Name}' has no ingress: its revision '{revision.Name}' cannot be asked for '{ProbePath}'.")
            {
                ResourceId = revision.ResourceId,
            };
        }
    }

    /// <summary>Whether the revision is where it should be, replicas and its own answer aside.</summary>
    public bool IsOfStage(Revision revision) => Stage switch
    {
        // A restart does not change the stage, so one that nobody understands need not get clearer by it.
        _ when Replaces is not null => revision.IsStanding && revision.Stage is not (RevisionStage.Failed or RevisionStage.Provisioning),
        RevisionStage.Inactive => revision.Active == false,
        RevisionStage.Active => revision.Stage == RevisionStage.Active,
        _ => revision.Stage is RevisionStage.Ready or RevisionStage.Active,
    };

    /// <summary>Whether all but the revision's own answer is as wanted.</summary>
    public bool IsMetButForProbe(WaitLook look) =>
        IsOfStage(look.Revision)
        && (!NeedsReplicas || (look.ReadyReplicas >= WantedReplicas(look) && !OldReplicas(look).Any()))
        && (Replaces is null || look.HasOthers);

    /// <summary>Whether the old replicas have gone, none has come, and none need come: the revision has been scaled to zero, and proves nothing.</summary>
    public bool IsAsleep(WaitLook look) =>
        Replaces is not null && IsOfStage(look.Revision) && look is { HasOthers: false, Replicas.Count: 0, Revision: { Replicas: null or 0, MinReplicas: null or 0 } };

    public bool IsMet(WaitLook look) => IsMetButForProbe(look) && (ProbePath is null || look.Probe is { IsGood: true });

    /// <summary>How many ready replicas are wanted now; after a restart as many as the revision is scaled to by then.</summary>
    public int WantedReplicas(WaitLook look) => Replaces is null
        ? MinReadyReplica
        : Math.Max(look.Revision.Replicas ?? 1, look.Revision.MinReplicas ?? 0);

    /// <summary>Whether replicas show that have come since.</summary>
    public bool ShowsOthers(WaitLook look) => Replaces is not null && (look.Replicas ?? []).Any(replica => !Replaces.Has(replica));

    /// <summary>The replicas that have yet to go.</summary>
    public IEnumerable<Replica> OldReplicas(WaitLook look) =>
        Replaces is null ? [] : (look.Replicas ?? []).Where(Replaces.Has);

    // With a second slash or a backslash it would be read as another host by whoever puts it together carelessly.
    private static bool IsPath(string text) =>
        text.StartsWith('/') && (text.Length == 1 || text[1] is not ('/' or '\\')) && text.All(character => character is > ' ' and < '\x7f');

    private static RevisionToolsException Unsound(string why, Revision? revision = null) =>
        new(FailureKind.InvalidWaitCondition, why) { ResourceId = revision?.ResourceId };
}
