namespace RevisionTools.Tests.Sandbox.Replay;

/// <summary>Sends recorded requests to a sandbox, at the recorded times of the virtual clock, and compares the answers.</summary>
internal static class SequencePlayer
{
    private const string Version = "2025-07-01";

    /// <returns>What differs, as <c>METHOD kind where: recorded, here</c>, each difference once.</returns>
    internal static async Task<IReadOnlyCollection<string>> PlayAsync(RecordedSequence sequence, int seed)
    {
        using SandboxDriver driver = new(seed, fleet: false);
        var calls = sequence.Read(driver.Sandbox.SubscriptionId);
        await PrepareAsync(driver, sequence, calls);
        SortedSet<string> differences = new(StringComparer.Ordinal);
        RecordedNames names = new();
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

    private static async Task PrepareAsync(SandboxDriver driver, RecordedSequence sequence, IReadOnlyList<RecordedCall> calls)
    {
        var groups = calls.Select(call => GroupOf(call.Uri)).OfType<string>().Where(group => !group.StartsWith("nonexistent", StringComparison.Ordinal));
        foreach (var group in groups.Distinct())
        {
            using var made = await driver.SendAsync(HttpMethod.Put, driver.Group(group), "{}", "2021-04-01");
        }

        foreach (var app in sequence.Apps)
        {
            using var made = await driver.SendAsync(HttpMethod.Put, driver.App(app.Group, app.Name), app.Body, Version);
            Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        }

        driver.Clock.Advance(TimeSpan.FromHours(1));
    }

    private static void MoveTo(SandboxDriver driver, DateTimeOffset moment)
    {
        var ahead = moment - driver.Clock.GetUtcNow();
        if (ahead > TimeSpan.Zero)
        {
            driver.Clock.Advance(ahead);
        }
    }

    private static string? GroupOf(string uri)
    {
        var segments = new Uri(uri).AbsolutePath.Split('/');
        var at = Array.FindIndex(segments, segment => segment.Equals("resourceGroups", StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : segments[at + 1];
    }
}
