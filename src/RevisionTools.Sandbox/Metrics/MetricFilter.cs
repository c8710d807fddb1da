using System.Text.RegularExpressions;

namespace RevisionTools.Sandbox;

/// <summary>The <c>$filter</c> of a metrics query: <c>revisionName eq '*'</c>, or some names joined by <c>or</c>.</summary>
internal sealed partial class MetricFilter
{
    private const string Dimension = "revisionName";

    private readonly HashSet<string> _names;

    private MetricFilter(HashSet<string> names) => _names = names;

    internal static MetricFilter Parse(string text, string metric)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (var part in OrPattern().Split(text))
        {
            var match = TermPattern().Match(part);
            if (!match.Success)
            {
                throw new MetricException($"Invalid filter: {text}");
            }

            var dimension = match.Groups["dimension"].Value;
            if (!dimension.Equals(Dimension, StringComparison.OrdinalIgnoreCase))
            {
                throw new MetricException(
                    $"Metric: {metric} does not support requested dimension combination: {dimension.ToLowerInvariant()}, supported ones are: {Dimension}");
            }

            names.Add(match.Groups["value"].Value);
        }

        return new MetricFilter(names);
    }

    internal bool Takes(SandboxRevision revision) => _names.Contains("*") || _names.Contains(revision.Name);

    [GeneratedRegex(@"\s+or\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OrPattern();

    [GeneratedRegex(@"^\s*(?<dimension>\w+)\s+eq\s+'(?<value>[^']*)'\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TermPattern();
}
