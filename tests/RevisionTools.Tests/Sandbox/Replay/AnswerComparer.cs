using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Replay;

/// <summary>Compares a recorded answer with the sandbox's, field by field.</summary>
internal sealed class AnswerComparer(RecordedNames names, ICollection<string> differences)
{
    private static readonly string[] s_addresses = ["Azure-AsyncOperation", "Location"];

    private static readonly string[] s_equal =
        [
            "x-ms-async-operation-timeout", "x-ms-failure-cause", "Content-Type", "Cache-Control", "Pragma", "Expires",
            "Strict-Transport-Security", "X-Content-Type-Options",
        ];

    /// <summary>The recorder takes these away (see the recordings' own page).</summary>
    private static readonly string[] s_stripped =
        ["x-ms-ratelimit-remaining-subscription-reads", "x-ms-ratelimit-remaining-tenant-reads"];

    internal void Compare(RecordedCall recorded, HttpResponseMessage answer, string body)
    {
        var here = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((var name, var values) in answer.Headers.Concat(answer.Content.Headers))
        {
            here[name] = string.Join(", ", values);
        }

        var json = body.Length == 0 ? null : JsonNode.Parse(body);
        if (recorded.Status != (int)answer.StatusCode)
        {
            differences.Add($"{recorded.Kind} status: {recorded.Status} recorded, {(int)answer.StatusCode} here");
            return;
        }

        foreach (var odd in names.Learn(recorded.Answer, json))
        {
            differences.Add($"{recorded.Kind} {odd}");
        }

        CompareHeaders(recorded, here);
        CompareNode($"{recorded.Kind} $", recorded.Answer, json);
    }

    private void CompareHeaders(RecordedCall recorded, Dictionary<string, string> here)
    {
        foreach (var name in s_addresses)
        {
            if (recorded.Headers.TryGetValue(name, out var old) && here.TryGetValue(name, out var address))
            {
                names.LearnOperation(old, address);
            }

            CompareHeader(recorded, here, name, VolatileText.MaskAddress);
        }

        foreach (var name in s_equal)
        {
            CompareHeader(recorded, here, name, value => value);
        }

        CompareHeader(recorded, here, "api-supported-versions", _ => "");
        var limits = recorded.Headers.Keys.Concat(here.Keys).Where(name => name.StartsWith("x-ms-ratelimit-", StringComparison.OrdinalIgnoreCase));
        foreach (var name in limits.Except(s_stripped, StringComparer.OrdinalIgnoreCase).ToArray())
        {
            CompareHeader(recorded, here, name, _ => "");
        }

        // The recorder takes Retry-After away; ARM-FACTS 3.2 has it on the answers of writes in progress.
        if (recorded.Status is 201 or 202 && here.GetValueOrDefault("Retry-After") != "5")
        {
            differences.Add($"{recorded.Kind} Retry-After: {here.GetValueOrDefault("Retry-After")} here");
        }
    }

    private void CompareHeader(RecordedCall recorded, Dictionary<string, string> here, string name, Func<string, string> mask)
    {
        var before = recorded.Headers.TryGetValue(name, out var old) ? mask(old) : null;
        var now = here.TryGetValue(name, out var value) ? mask(value) : null;
        if (before != now)
        {
            differences.Add($"{recorded.Kind} {name}: {before ?? "absent"} recorded, {now ?? "absent"} here");
        }
    }

    private void CompareNode(string path, JsonNode? recorded, JsonNode? here)
    {
        switch (recorded, here)
        {
            case (JsonObject one, JsonObject other):
                foreach (var name in one.Select(field => field.Key).Union(other.Select(field => field.Key)))
                {
                    CompareField($"{path}.{name}", one, other, name);
                }

                break;
            case (JsonArray one, JsonArray other) when one.Count == other.Count:
                foreach ((var item, var itemHere) in one.Zip(other))
                {
                    CompareNode(path + "[]", item, itemHere);
                }

                break;
            default:
                var before = Text(recorded);
                var now = Text(here);
                if (before != now)
                {
                    differences.Add($"{path}: {before} recorded, {now} here");
                }

                break;
        }
    }

    private void CompareField(string path, JsonObject one, JsonObject other, string name)
    {
        if (!other.ContainsKey(name))
        {
            differences.Add($"{path}: only recorded");
        }
        else if (!one.ContainsKey(name))
        {
            differences.Add($"{path}: only here");
        }
        else
        {
            CompareNode(path, one[name], other[name]);
        }
    }

    /// <summary>A value as it is compared; of arrays of unequal length only the length.</summary>
    private string Text(JsonNode? node) => node switch
    {
        null => "null",
        JsonArray items => $"{items.Count} items",
        JsonObject => "an object",
        _ when node.GetValueKind() is JsonValueKind.String => $"\"{VolatileText.Mask(names.Translate((string)node!))}\"",
        _ => node.ToJsonString(),
    };
}
