using System.Globalization;
using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Replay;

/// <summary>Recorded requests that follow each other, and what has to be there before the first.</summary>
/// <param name="Name">What differences name it by.</param>
/// <param name="File">The recording.</param>
/// <param name="Interactions">Which of its interactions, by position.</param>
internal sealed record RecordedSequence(string Name, string File, Range Interactions)
{
    private const string RecordedSubscription = "00000000-0000-0000-0000-000000000000";

    /// <summary>What has happened before.</summary>
    internal IReadOnlyList<SetupCall> Before { get; init; } = [];

    /// <summary>A seed with which the sandbox takes the times that the service took.</summary>
    internal int Seed { get; init; } = 1;

    public override string ToString() => Name;

    internal IReadOnlyList<RecordedCall> Read(string subscriptionId)
    {
        var text = System.IO.File.ReadAllText(Path.Combine(RecordingTheoryAttribute.Folder!, File));
        var all = JsonNode.Parse(text.Replace(RecordedSubscription, subscriptionId, StringComparison.Ordinal))!["interactions"]!.AsArray();
        return [.. all.Select(Call).ToArray()[Interactions]];
    }

    private static RecordedCall Call(JsonNode? interaction)
    {
        var one = (JsonObject)interaction!;
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach ((var name, var value) in (JsonObject)one["headers"]!)
        {
            headers[name] = value!.ToString();
        }

        return new RecordedCall(
            one["index"]!.ToString(),
            (string)one["method"]!,
            (string)one["uri"]!,
            one["requestBody"],
            (int)one["status"]!,
            headers,
            one["responseBody"],
            (int?)one["repeatedTimes"] ?? 1,
            DateTimeOffset.Parse(headers["date"], CultureInfo.InvariantCulture));
    }
}
