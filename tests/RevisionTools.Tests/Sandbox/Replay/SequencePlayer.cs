using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Replay;

/// <summary>Sends recorded requests to a sandbox, at the recorded times of the virtual clock, and compares the answers.</summary>
internal static class SequencePlayer
{
    private const string Version = "2025-07-01";
    private const string Latest = "{latest}";

    /// <returns>What differs, as <c>METHOD kind where: recorded, here</c>, each difference once.</returns>
    internal static async Task<IReadOnlyCollection<string>> PlayAsync(RecordedSequence sequence, int seed)
    {
        using SandboxDriver driver = new(seed, fleet: false);
        var calls = sequence.Read(driver.Sandbox.SubscriptionId);
        RecordedNames names = new();
        await PrepareAsync(driver, sequence, calls, names);
        SortedSet<string> differences = new(StringComparer.Ordinal);
        AnswerComparer comparer = new(names, differences);
        var shift = driver.Clock.GetUtcNow() - calls[0].Date;

        for (var index = 0; index < calls.Count; index++)
        {
            var call = calls[index];
            var next = index + 1 < calls.Count ? calls[index + 1].Date : call.Date;
            for (var time = 0; time < call.Times; time++)
            {
                // Only the first of equal polls kept its date; the others lie between it and the next request.
                MoveTo(driver, call.Date + shift + ((next - call.Date) * time / call.Times));
                using var answer = await driver.SendAsync(
                    new HttpMethod(call.Method), names.Address(call.Uri), call.Request is null ? null : names.Translate(call.Request.ToJsonString()));
                comparer.Compare(call, answer, await answer.Content.ReadAsStringAsync());
            }
        }

        return differences;
    }

    private static async Task PrepareAsync(SandboxDriver driver, RecordedSequence sequence, IReadOnlyList<RecordedCall> calls, RecordedNames names)
    {
        foreach (var group in calls.Select(call => After(call.Uri, "resourceGroups")).OfType<string>().Where(IsThere).Distinct())
        {
            using var made = await driver.SendAsync(HttpMethod.Put, driver.Group(group), "{}", "2021-04-01");
        }

        foreach (var environment in calls.Select(EnvironmentId).OfType<string>().Distinct())
        {
            await driver.MakeEnvironmentAsync(environment);
        }

        foreach (var call in sequence.Before)
        {
            var path = driver.Group("") + call.Path;
            if (path.Contains(Latest, StringComparison.Ordinal))
            {
                var app = await driver.GetAsync(path[..path.IndexOf("/revisions/", StringComparison.Ordinal)]);
                path = path.Replace(Latest, (string?)app["properties"]!["latestRevisionName"], StringComparison.Ordinal);
            }

            using var answer = await driver.SendAsync(new HttpMethod(call.Method), path, call.Body, Version);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            driver.Clock.Advance(call.Wait);
        }

        foreach (var app in sequence.Before.Where(call => call.Method == "PUT").Select(call => driver.Group("") + call.Path))
        {
            var revisions = await driver.ListAsync(app + "/revisions");
            names.LearnInOrder(Named("revisions"), revisions.Select(revision => (string)revision["name"]!));
            var replicas = await driver.ListAsync((string)revisions[^1]["id"]! + "/replicas");
            names.LearnInOrder(Named("replicas"), replicas.Select(replica => (string)replica["name"]!));

            IEnumerable<string> Named(string parent) =>
                calls.Where(call => call.Uri.Contains(app, StringComparison.OrdinalIgnoreCase)).Select(call => After(call.Uri, parent)).OfType<string>();
        }
    }

    private static string? EnvironmentId(RecordedCall call) => (call.Request as JsonObject)?["properties"] is JsonObject properties
        ? (string?)(properties["environmentId"] ?? properties["managedEnvironmentId"])
        : null;

    /// <summary>What a recording asks for in vain has a name that says so.</summary>
    private static bool IsThere(string name) =>
        !name.StartsWith("nonexistent", StringComparison.Ordinal) && !name.StartsWith("bad-", StringComparison.Ordinal);

    private static void MoveTo(SandboxDriver driver, DateTimeOffset moment)
    {
        var ahead = moment - driver.Clock.GetUtcNow();
        if (ahead > TimeSpan.Zero)
        {
            driver.Clock.Advance(ahead);
        }
    }

    /// <summary>The segment of an address that follows another.</summary>
    private static string? After(string uri, string segment)
    {
        var segments = new Uri(uri).AbsolutePath.Split('/');
        var at = Array.FindIndex(segments, one => one.Equals(segment, StringComparison.OrdinalIgnoreCase));
        return at < 0 || at + 1 == segments.Length ? null : segments[at + 1];
    }
}
