using System.Collections.Concurrent;
using System.Diagnostics;
using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Journal;
using RevisionTools.Pruning.Undo;
using RevisionTools.Sandbox.Server.Rehearse;
using RevisionTools.Tests.PowerShell;
using RevisionTools.Tests.Server;

namespace RevisionTools.Tests.Pruning.Journal;

/// <summary>Ends PowerShell in the middle of a prune, as <c>kill -9</c> does, and goes on from the journal.</summary>
public sealed class KillTests : IDisposable
{
    private const int Seed = 20260115;
    private const int Kills = 50;
    private const int AtOnce = 3;

    private static readonly string[] s_apps = ["web-shop", "web-checkout"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kill");

    [PowerShellFact]
    public async Task Killed_at_any_moment_a_run_goes_on_and_can_be_undone()
    {
        var (standing, requests) = await MeasureAsync("whole");
        var random = new Random(Seed);
        var moments = Enumerable.Range(0, Kills)
            .Select(index => (Name: $"kill-{index:00}", Requests: (int)(requests * ((index + random.NextDouble()) / Kills)), Pause: TimeSpan.FromMilliseconds(4 * random.NextDouble())))
            .ToList();
        var sent = new ConcurrentBag<int>();

        await Parallel.ForEachAsync(
            moments, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (moment, _) => sent.Add(await KillAsync(moment.Name, moment.Requests, moment.Pause, standing)));

        // Moments before the first write and after the last show little: most have to fall between.
        var most = sent.Max();
        Assert.True(sent.Count(count => count > 0 && count < most) >= Kills / 2, $"Sent when killed: {string.Join(" ", sent.Order())}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<(IReadOnlyDictionary<string, HashSet<string>> Standing, int Requests)> MeasureAsync(string name)
    {
        await using var served = await ServedSandbox.StartAsync();
        using var process = await StartAsync(served, JournalOf(name));
        var before = served.Sandbox.Requests.Count;
        Assert.Equal("done", await process.StandardOutput.ReadLineAsync());
        var requests = served.Sandbox.Requests.Count - before;
        await process.WaitForExitAsync();
        Assert.True(PruneJournal.Read(JournalOf(name), "Sandbox").LastRun!.IsComplete);
        return (await StandingAsync(Client(served), served), requests);
    }

    /// <param name="name">Whose journal it is.</param>
    /// <param name="requests">So many requests the server has got when the process is killed, so that a slow machine moves no moment.</param>
    /// <param name="pause">And so long after.</param>
    /// <param name="wholeRun">What stands after a run that nobody disturbs.</param>
    /// <returns>How many deactivations had been sent when the process was killed.</returns>
    private async Task<int> KillAsync(string name, int requests, TimeSpan pause, IReadOnlyDictionary<string, HashSet<string>> wholeRun)
    {
        await using var served = await ServedSandbox.StartAsync();
        var azure = Client(served);
        var before = await StandingAsync(azure, served);
        var path = JournalOf(name);
        using (var process = await StartAsync(served, path))
        {
            var seen = served.Sandbox.Requests.Count;
            while (served.Sandbox.Requests.Count - seen < requests && !process.HasExited)
            {
                await Task.Delay(1);
            }

            await Task.Delay(pause);

            // As a tool of .NET, pwsh only starts the process that counts; the pipe ends when both are gone.
            process.Kill(entireProcessTree: true);
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
        }

        var sent = SentTo(served);
        RequireTold(sent, path, name);
        RequireStanding(await StandingAsync(azure, served), name);

        await ResumeAsync(served, azure, path);

        var after = await StandingAsync(azure, served);
        Assert.All(s_apps, app => Assert.True(after[app].SetEquals(wholeRun[app]), $"{name}: {app} has {string.Join(" ", after[app])} and not {string.Join(" ", wholeRun[app])}."));
        RequireTold(SentTo(served), path, name);
        var runs = PruneJournal.Read(path, "Sandbox").Runs;
        var told = runs.SelectMany(run => run.Writes).Where(write => write.Outcome == PruneWriteOutcome.Done).Select(NameOf).ToHashSet();
        Assert.Equal(s_apps.SelectMany(app => before[app].Except(after[app])).Order(), told.Order());
        Assert.True(runs[^1].IsComplete, $"{name}: the run that went on is not complete.");

        served.Sandbox.Clock.Advance(TimeSpan.FromMinutes(5));
        await UndoAsync(azure, path);

        var undone = await StandingAsync(azure, served);
        Assert.All(s_apps, app => Assert.Equal(before[app].Order(), undone[app].Order()));
        return sent.Count;
    }

    private string JournalOf(string name) => Path.Combine(_folder.FullName, $"{name}.jsonl");

    private static ContainerAppsClient Client(ServedSandbox served) =>
        new(ConnectionSettings.ForEndpoint(served.Endpoint, null, served.Sandbox.SubscriptionId, ServedSandbox.Token).Arm);

    /// <summary>PowerShell, ready to prune: connected, and about to run the command.</summary>
    private static async Task<Process> StartAsync(ServedSandbox served, string journal)
    {
        var manifest = Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "output", "RevisionTools"), "RevisionTools.psd1", SearchOption.AllDirectories)
            .OrderByDescending(File.GetLastWriteTimeUtc).First();
        var process = PowerShellProcess.Start("-Command", $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module -Name '{{manifest}}'
            $token = ConvertTo-SecureString -String '{{ServedSandbox.Token}}' -AsPlainText -Force
            $null = Connect-AcaAccount -Endpoint '{{served.Endpoint}}' -SubscriptionId '{{served.Sandbox.SubscriptionId}}' -AccessToken $token
            [Console]::Out.WriteLine('go')
            $null = Invoke-AcaRevisionPrune {{string.Join(", ", s_apps)}} -KeepLast 3 -JournalPath '{{journal}}' -ThrottleLimit 3 -Confirm:$false
            [Console]::Out.WriteLine('done')
            """);
        process.StandardInput.Close();
        var line = await process.StandardOutput.ReadLineAsync();
        Assert.True(line == "go", $"PowerShell said '{line}' {(line == "go" ? "" : await process.StandardError.ReadToEndAsync())}");
        return process;
    }

    private static async Task ResumeAsync(ServedSandbox served, ContainerAppsClient azure, string path)
    {
        var output = new CollectingOutput();
        var request = new PruneRequest(new RetentionPolicy { KeepLast = 3 }, InterlockLifts.None);
        using var journal = PruneJournal.Open(path, "Sandbox", azure.Time);
        var run = await JournaledRun.BeginAsync(azure, journal, [request], output, CancellationToken.None);
        var scopes = s_apps.Select(app => new AppScope(served.Sandbox.SubscriptionId, "rg-shop", app));
        var plans = await new PlanReader(azure, output).ReadAsync(scopes, request, 3, CancellationToken.None);
        var runner = new PruneRunner(azure, new PruneRunOptions { Journal = journal }, output);
        await run.EndAsync(await runner.RunAsync([.. plans.Select(ApprovedPrune.Whole)], CancellationToken.None), CancellationToken.None);
        Assert.Empty(output.Failures);
    }

    private static async Task UndoAsync(ContainerAppsClient azure, string path)
    {
        var output = new CollectingOutput();
        using var journal = PruneJournal.Open(path, "Sandbox", azure.Time, create: false);
        var request = UndoRequest.Of(journal.History, all: true, path);
        var plans = await new UndoReader(azure, output).ReadAsync(request, null, 4, CancellationToken.None);
        await journal.BeginUndoAsync(request.Runs, output);
        var end = await new UndoRunner(azure, journal, new UndoOptions(), output).RunAsync(plans, CancellationToken.None);
        Assert.True(end.IsComplete, string.Join("; ", output.Failures.Select(failure => failure.Message)));
    }

    private static List<string> SentTo(ServedSandbox served) =>
        [.. served.Sandbox.Requests.Select(request => request.PathAndQuery.Split('?')[0]).Where(path => path.EndsWith("/deactivate", StringComparison.Ordinal))
            .Select(path => RevisionId.TryParse(path)!.Value.Name)];

    /// <summary>Each deactivation that the server has seen stands in the journal at least as often.</summary>
    private static void RequireTold(IEnumerable<string> sent, string path, string name)
    {
        var lines = File.Exists(path) ? File.ReadAllText(path).Split('\n').SkipLast(1).Where(line => line.Contains("\"line\":\"Before\"", StringComparison.Ordinal)).ToList() : [];
        foreach (var revision in sent.GroupBy(sent => sent))
        {
            var told = lines.Count(line => line.Contains($"/revisions/{revision.Key}\"", StringComparison.Ordinal));
            Assert.True(told >= revision.Count(), $"{name}: {revision.Key} was sent {revision.Count()} times and announced {told} times.");
        }
    }

    private static void RequireStanding(IReadOnlyDictionary<string, HashSet<string>> standing, string name) =>
        Assert.All(s_apps, app => Assert.True(standing[app].Count > 0, $"{name}: {app} is down."));

    private static string NameOf(JournalWrite write) => RevisionId.TryParse(write.Write.ResourceId)!.Value.Name;

    private static async Task<IReadOnlyDictionary<string, HashSet<string>>> StandingAsync(ContainerAppsClient azure, ServedSandbox served)
    {
        Dictionary<string, HashSet<string>> standing = [];
        foreach (var app in s_apps)
        {
            var snapshot = await new SnapshotReader(azure).ReadAsync(new ContainerAppId(served.Sandbox.SubscriptionId, "rg-shop", app), CancellationToken.None);
            standing[app] = [.. snapshot.Revisions.Where(revision => revision.IsStanding).Select(revision => revision.Name)];
        }

        return standing;
    }
}
