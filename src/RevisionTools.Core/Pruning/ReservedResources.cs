using System.Globalization;
using System.Text.RegularExpressions;

namespace RevisionTools.Pruning;

/// <summary>What a revision has reserved for as long as it is up: what its template asks for, at its minimum scale. What sidecars of the platform take is not among it.</summary>
/// <remarks>ARM-FACTS 5.1 and appendix A, ContainerResources.</remarks>
internal static partial class ReservedResources
{
    private const double BytesInGiB = 1024d * 1024 * 1024;

    private static readonly Dictionary<string, double> s_bytes = new(StringComparer.Ordinal)
    {
        [""] = 1,
        ["k"] = 1e3,
        ["M"] = 1e6,
        ["G"] = 1e9,
        ["Ki"] = 1024,
        ["Mi"] = 1024 * 1024,
        ["Gi"] = BytesInGiB,
    };

    /// <summary>Cores; null where a container does not say, or Azure does not say whether the revision is up.</summary>
    public static double? Cpu(Revision revision) => AtMinimum(revision, container => container.Cpu);

    /// <summary>Memory in GiB; null as for <see cref="Cpu"/>.</summary>
    public static double? MemoryGiB(Revision revision) => AtMinimum(revision, container => GiB(container.Memory));

    /// <summary>A size of memory as Kubernetes writes it, in GiB; null for what is none.</summary>
    public static double? GiB(string? memory) =>
        memory is not null && Size().Match(memory) is { Success: true } match
        && double.TryParse(match.Groups["amount"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            ? amount * s_bytes[match.Groups["unit"].Value] / BytesInGiB
            : null;

    private static double? AtMinimum(Revision revision, Func<RevisionContainer, double?> amountOf)
    {
        var replicas = revision.MinReplicas ?? ScaleDefaults.MinReplicas;
        if (revision.Active == false || revision.Stage == RevisionStage.Deactivating || (revision.IsStanding && replicas <= 0))
        {
            return 0;
        }

        return revision.IsStanding && revision.Containers.Count > 0
            ? revision.Containers.Aggregate((double?)0, (sum, container) => sum + amountOf(container)) * replicas
            : null;
    }

    [GeneratedRegex(@"^(?<amount>[0-9]{1,15}(\.[0-9]{1,9})?)(?<unit>k|M|G|Ki|Mi|Gi)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Size();
}
