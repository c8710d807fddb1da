using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RevisionTools.Tests.Sandbox.Replay;

/// <summary>What the service called a thing, and what the sandbox calls it: names have random parts, operations have ids.</summary>
internal sealed partial class RecordedNames
{
    private static readonly string[] s_fields = ["name", "latestRevisionName"];

    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, string> _operations = [];

    /// <summary>Notes the names in two answers to one request.</summary>
    /// <returns>The names that differ not only in their random parts.</returns>
    internal IReadOnlyList<string> Learn(JsonNode? recorded, JsonNode? here)
    {
        List<string> odd = [];
        Learn(recorded, here, odd);
        return odd;
    }

    /// <summary>Notes revisions or replicas that are there before the first request.</summary>
    internal void LearnInOrder(IEnumerable<string> recorded, IEnumerable<string> here)
    {
        foreach ((var one, var other) in recorded.Distinct().Where(name => RandomName().IsMatch(name)).Zip(here))
        {
            _names[one] = other;
        }
    }

    /// <summary>Notes the address of an operation: requests to the recorded one go to the sandbox's.</summary>
    internal void LearnOperation(string recorded, string here) => _operations[OperationKey(recorded)] = here;

    internal string Translate(string text)
    {
        foreach ((var recorded, var here) in _names.OrderByDescending(name => name.Key.Length))
        {
            text = text.Replace(recorded, here, StringComparison.Ordinal);
        }

        return text;
    }

    internal string Address(string recorded) =>
        _operations.TryGetValue(OperationKey(recorded), out var operation) ? operation : Translate(recorded);

    private void Learn(JsonNode? recorded, JsonNode? here, List<string> odd)
    {
        switch (recorded, here)
        {
            case (JsonObject one, JsonObject other):
                foreach ((var name, var value) in one)
                {
                    Note(name, value, other[name], odd);
                    Learn(value, other[name], odd);
                }

                break;
            case (JsonArray one, JsonArray other):
                foreach ((var item, var itemHere) in one.Zip(other))
                {
                    Learn(item, itemHere, odd);
                }

                break;
        }
    }

    private void Note(string field, JsonNode? recorded, JsonNode? here, List<string> odd)
    {
        if (!s_fields.Contains(field) || recorded is not JsonValue || here is not JsonValue || _names.ContainsKey((string)recorded!))
        {
            return;
        }

        var name = Translate((string)recorded!);
        var other = (string)here!;
        if (name == other || !RandomName().IsMatch(name) || !(RandomName().IsMatch(other) || other.EndsWith("--0000001", StringComparison.Ordinal)))
        {
            return;
        }

        _names[(string)recorded!] = other;
        if (Form(name) != Form(other))
        {
            odd.Add($"name: {Form(name)} recorded, {Form(other)} here");
        }
    }

    /// <summary>The name of a random revision or replica with its random parts taken out.</summary>
    private static string Form(string name) => ReplicaName().IsMatch(name)
        ? ReplicaName().Replace(name, "-<hash>-<five>")
        : NumberedName().IsMatch(name) ? "numbered" : RevisionName().IsMatch(name) ? "random" : name;

    private static string OperationKey(string address) => OperationPath().Match(address).Value;

    [GeneratedRegex("--[a-z0-9]{7}(-[a-z0-9]{9,10}-[a-z0-9]{5})?$")]
    private static partial Regex RandomName();

    [GeneratedRegex("--[a-z0-9]{7}$")]
    private static partial Regex RevisionName();

    [GeneratedRegex("--[0-9]{7}$")]
    private static partial Regex NumberedName();

    [GeneratedRegex("-[a-z0-9]{9,10}-[a-z0-9]{5}$")]
    private static partial Regex ReplicaName();

    [GeneratedRegex("containerappOperation(Statuses|Results)/[-0-9a-f]{36}")]
    private static partial Regex OperationPath();
}
