using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RevisionTools.Sandbox;

/// <summary>
/// What the service is documented to demand of a traffic array that is sent. An inactive revision as target is accepted
/// (ARM-FACTS 4.5).
/// </summary>
internal static partial class TrafficRules
{
    // unconfirmed: the rules are documented (ARM-FACTS 4.4, 4.7), status and code of a breach were not found (10.2).
    private const string Code = "ContainerAppInvalidTraffic";

    /// <summary>Refuses what breaks the rules. On the first create a name of no revision is not refused: it hangs (ARM-FACTS 4.4).</summary>
    internal static void Check(SandboxApp app, JsonArray traffic, string? newRevision)
    {
        JsonObject[] entries = [.. traffic.OfType<JsonObject>()];
        int[] weights = [.. entries.Select(entry => JsonFields.Number(entry["weight"]) ?? 0)];
        if (Array.Exists(weights, weight => weight is < 0 or > 100))
        {
            throw ArmErrors.BadRequest(Code, "The weight of a traffic entry must be from 0 to 100.");
        }

        var sum = weights.Sum(weight => (long)weight);
        if (sum != 100)
        {
            throw ArmErrors.BadRequest(Code, $"The combined weight of all traffic entries must equal 100, but is {sum}.");
        }

        foreach (var entry in entries)
        {
            if (app.Revisions.Count > 0 && JsonFields.Text(entry["revisionName"]) is { } name && app.FindRevision(name) is null && name != newRevision)
            {
                throw ArmErrors.BadRequest(Code, $"Revision '{name}' in the traffic was not found in container app '{app.Name}'.");
            }
        }

        foreach (var label in entries.Select(entry => JsonFields.Text(entry["label"])))
        {
            CheckLabel(label);
        }

        var twice = entries.Select(entry => JsonFields.Text(entry["label"])).Where(label => label is not null)
            .GroupBy(label => label, StringComparer.OrdinalIgnoreCase).FirstOrDefault(label => label.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw ArmErrors.BadRequest(Code, $"The label '{twice}' is on more than one traffic entry.");
        }
    }

    /// <summary>What a label may look like; none at all is fine (ARM-FACTS 4.7).</summary>
    internal static void CheckLabel(string? label)
    {
        if (!string.IsNullOrEmpty(label) && !Label().IsMatch(label))
        {
            throw ArmErrors.BadRequest(
                Code,
                $"The label '{label}' is invalid. A label consists of at most 64 lower case alphanumeric characters or '-' and starts " +
                "with an alphabetic character.");
        }
    }

    [GeneratedRegex("^[a-z][-a-z0-9]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
