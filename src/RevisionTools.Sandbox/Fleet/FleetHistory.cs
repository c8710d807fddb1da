using System.Globalization;

namespace RevisionTools.Sandbox;

/// <summary>Long rows of revisions, made by a rule instead of written out.</summary>
internal static class FleetHistory
{
    /// <summary>A first revision with a random-looking suffix, then 0000001, 0000002 ... as Azure names them (ARM-FACTS 4.1).</summary>
    internal static string Suffix(string first, int index) =>
        index == 0 ? first : index.ToString("0000000", CultureInfo.InvariantCulture);

    /// <summary>Revisions in even steps of age, oldest first; the newest of them is <paramref name="youngest"/> old.</summary>
    internal static IEnumerable<FleetRevision> Row(
        int count, string first, TimeSpan youngest, TimeSpan step, Func<int, string> tag, Func<int, int>? replicas = null)
    {
        for (var index = 0; index < count; index++)
        {
            var age = youngest + (step * (count - 1 - index));
            yield return new FleetRevision(Suffix(first, index), tag(index), age, replicas?.Invoke(index) ?? 1);
        }
    }

    /// <summary>The same, but each was taken down a minute after its successor came.</summary>
    internal static IEnumerable<FleetRevision> InactiveRow(
        int count, string first, TimeSpan youngest, TimeSpan step, Func<int, string> tag) =>
        Row(count, first, youngest, step, tag).Select(revision => revision with
        {
            Inactive = revision.Age - step + TimeSpan.FromMinutes(-1),
            Replicas = 0,
        });
}
