using System.Globalization;
using System.Text.Json;
using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>Writes a traffic table as the code that would set it.</summary>
internal static class TrafficExport
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static string Write(ContainerApp app, TrafficFormat format) => format switch
    {
        TrafficFormat.Bicep => Lines([$"// {Where(app)}", "traffic: [", .. app.Traffic.SelectMany(Bicep), "]"]),
        TrafficFormat.Terraform => Lines([$"# {Where(app)}", "ingress {", .. app.Traffic.SelectMany(entry => Terraform(entry, app.Name)), "}"]),
        _ => TrafficPatch.Array(app.Traffic).ToJsonString(s_indented).ReplaceLineEndings("\n"),
    };

    // Of several apps in a row nobody could tell the blocks apart.
    private static string Where(ContainerApp app) => $"{app.Name} ({app.ResourceGroupName})";

    private static IEnumerable<string> Bicep(TrafficEntry entry)
    {
        yield return "  {";
        yield return entry.LatestRevision ? "    latestRevision: true" : $"    revisionName: {BicepText(entry.RevisionName)}";
        yield return $"    weight: {Number(entry.Weight)}";
        if (entry.Label is { Length: > 0 } label)
        {
            yield return $"    label: {BicepText(label)}";
        }

        yield return "  }";
    }

    private static IEnumerable<string> Terraform(TrafficEntry entry, string appName)
    {
        yield return "  traffic_weight {";
        yield return entry.LatestRevision
            ? "    latest_revision = true"
            : $"    revision_suffix = {TerraformText(RevisionNames.Suffix(appName, entry.RevisionName ?? ""))}";
        yield return $"    percentage      = {Number(entry.Weight)}";
        if (entry.Label is { Length: > 0 } label)
        {
            yield return $"    label           = {TerraformText(label)}";
        }

        yield return "  }";
    }

    private static string BicepText(string? text) =>
        $"'{Escape(text).Replace("'", @"\'", StringComparison.Ordinal).Replace("${", @"\${", StringComparison.Ordinal)}'";

    private static string TerraformText(string text) =>
        $"\"{Escape(text).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal)}\"";

    // Line breaks and other control characters are not in what was read.
    private static string Escape(string? text) => (text ?? "").Replace(@"\", @"\\", StringComparison.Ordinal);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
