using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>What the configuration of a scenario's app must keep to; the rest of ARM's shape is taken as it comes.</summary>
internal sealed class ConfigurationChecks(JsonObject configuration, string path, Func<string, bool> isKnown)
{
    private static readonly string[] s_modes = ["Single", "Multiple", "Labels"];

    internal void Check()
    {
        if (configuration["activeRevisionsMode"] is { } mode)
        {
            ScenarioChecks.Require(
                s_modes.Contains(JsonFields.Text(mode), StringComparer.OrdinalIgnoreCase),
                path + ".activeRevisionsMode",
                "one of Single, Multiple, Labels is expected");
        }

        foreach ((var secret, var where) in ArmShape.Objects(configuration, "secrets", path))
        {
            ScenarioChecks.Require(JsonFields.Text(secret["name"]) is { Length: > 0 }, where, "required and missing: 'name'");
        }

        if (ArmShape.Object(configuration, "ingress", path) is { } ingress)
        {
            CheckTraffic(ArmShape.Objects(ingress, "traffic", path + ".ingress"), path + ".ingress.traffic");
        }
    }

    private void CheckTraffic(IReadOnlyList<(JsonObject Entry, string Path)> entries, string where)
    {
        HashSet<string> labels = new(StringComparer.OrdinalIgnoreCase);
        var sum = 0;
        foreach ((var entry, var at) in entries)
        {
            var weight = JsonFields.Number(entry["weight"]) ?? 0;
            ScenarioChecks.Require(
                weight is >= 0 and <= 100 && (entry["weight"] is null || JsonFields.Number(entry["weight"]) is not null),
                at + ".weight",
                "a whole number from 0 to 100 is expected");
            sum += weight;
            CheckTarget(entry, at);
            if (JsonFields.Text(entry["label"]) is { Length: > 0 } label)
            {
                ScenarioChecks.Require(labels.Add(label), at + ".label", $"the label '{label}' stands on two entries");
            }
        }

        ScenarioChecks.Require(entries.Count == 0 || sum == 100, where, $"the weights sum to {sum}, not to 100");
    }

    private void CheckTarget(JsonObject entry, string at)
    {
        var name = JsonFields.Text(entry["revisionName"]);
        var isLatest = JsonFields.Flag(entry["latestRevision"]) == true;
        ScenarioChecks.Require(
            isLatest != !string.IsNullOrEmpty(name), at, "either revisionName or latestRevision: true is expected");
        ScenarioChecks.Require(
            isLatest || isKnown(name!), at + ".revisionName", $"there is no revision '{name}'");
    }
}
