using System.Globalization;

namespace RevisionTools.Sandbox;

/// <summary>Revisions for scenarios that are made in code: single ones, and long rows made by a rule.</summary>
internal static class RevisionRow
{
    /// <summary>A first revision with a random-looking suffix, then 0000001, 0000002 ... as Azure names them (ARM-FACTS 4.1).</summary>
    internal static string Suffix(string first, int index) =>
        index == 0 ? first : index.ToString("0000000", CultureInfo.InvariantCulture);

    internal static ScenarioRevision One(string suffix, string image, TimeSpan age, int replicas = 1) => new()
    {
        Suffix = suffix,
        Image = image,
        CreatedTime = ScenarioTime.Ago(age),
        Replicas = replicas,
    };

    internal static ScenarioRevision Inactive(string suffix, string image, TimeSpan age, TimeSpan inactive) => new()
    {
        Suffix = suffix,
        Image = image,
        CreatedTime = ScenarioTime.Ago(age),
        Active = false,
        LastActiveTime = ScenarioTime.Ago(inactive),
    };

    /// <summary>Revisions in even steps of age, oldest first; the newest of them is <paramref name="youngest"/> old.</summary>
    internal static IEnumerable<ScenarioRevision> Active(
        int count, string first, TimeSpan youngest, TimeSpan step, Func<int, string> image, Func<int, int>? replicas = null) =>
        Enumerable.Range(0, count).Select(index =>
            One(Suffix(first, index), image(index), Age(count, youngest, step, index), replicas?.Invoke(index) ?? 1));

    /// <summary>The same, but each was taken down a minute after its successor came.</summary>
    internal static IEnumerable<ScenarioRevision> Inactive(
        int count, string first, TimeSpan youngest, TimeSpan step, Func<int, string> image) =>
        Enumerable.Range(0, count).Select(index =>
        {
            var age = Age(count, youngest, step, index);
            return Inactive(Suffix(first, index), image(index), age, age - step - TimeSpan.FromMinutes(1));
        });

    private static TimeSpan Age(int count, TimeSpan youngest, TimeSpan step, int index) => youngest + (step * (count - 1 - index));
}
