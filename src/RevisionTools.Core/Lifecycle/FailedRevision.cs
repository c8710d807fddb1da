using System.Globalization;

namespace RevisionTools.Lifecycle;

/// <summary>Puts the failure of a revision into words: the platform's own, and what they mean.</summary>
internal static class FailedRevision
{
    private const int MostContainers = 3;

    /// <summary>Reads the replicas too, whose containers often say more; where they cannot be read the rest has to do.</summary>
    public static async Task<RevisionFailedException> DescribeAsync(IContainerApps azure, Revision revision, CancellationToken cancellationToken)
    {
        try
        {
            return Describe(revision, await ReplicaReader.ReadAsync(azure, revision.Id, cancellationToken).ConfigureAwait(false));
        }
        catch (RevisionToolsException)
        {
            // The failure of the revision is the news, not that of the look.
            return Describe(revision, []);
        }
    }

    public static RevisionFailedException Describe(Revision revision, IReadOnlyList<Replica> replicas)
    {
        var containers = WordsOf(replicas);
        var diagnosis = FailureDiagnosis.Of([revision.RunningStateDetails, revision.ProvisioningError, .. containers]);
        string[] parts = [$"Revision '{revision.Name}' failed: {revision.StageReason}", .. containers, .. diagnosis is null ? [] : new[] { diagnosis.Meaning }];
        return new RevisionFailedException(
            string.Concat(parts.Select(part => part.TrimEnd(' ', '.') + ". ")).TrimEnd(), revision, diagnosis?.Cause ?? FailureCause.Unknown, diagnosis?.Advice)
        {
            ResourceId = revision.ResourceId,
        };
    }

    /// <summary>What the containers that are not ready say, each text once.</summary>
    private static string[] WordsOf(IReadOnlyList<Replica> replicas) =>
    [
        .. replicas.SelectMany(replica => replica.Containers).Where(container => !container.Ready).Select(WordsOf).Distinct().Take(MostContainers),
    ];

    private static string WordsOf(ReplicaContainer container)
    {
        var words = string.IsNullOrWhiteSpace(container.RunningStateDetails) ? container.RunningState ?? "not ready" : container.RunningStateDetails;
        var restarts = container.RestartCount == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" (restarted {container.RestartCount} times)");
        return $"Container '{container.Name}'{restarts}: {words}";
    }
}
