using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Journal;
using RevisionTools.Pruning.Undo;
using RevisionTools.Sandbox.Server.Rehearse;

namespace RevisionTools.Tests.Support;

/// <summary>A test of prunes with a journal, on the sample fleet and in a folder of its own.</summary>
public abstract class JournalTest : SandboxTest
{
    protected const string Cloud = "Sandbox";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("journal");

    /// <param name="group">The resource group of the shop's apps.</param>
    private protected JournalTest(string group = "rg-shop")
        : base(group) => File = Path.Combine(_folder.FullName, "prune.jsonl");

    /// <summary>The journal.</summary>
    protected string File { get; }

    private protected PruneJournal Open(bool create = true) => PruneJournal.Open(File, Cloud, Sandbox.Clock, create);

    /// <summary>Prunes an app as the command does.</summary>
    private protected async Task<CollectingOutput> PruneAsync(
        string app, int keepLast = 3, PruneRunOptions? options = null, IContainerApps? azure = null, CancellationToken cancellationToken = default)
    {
        var output = new CollectingOutput();
        using var journal = Open();
        await PruneAsync(journal, app, keepLast, options, azure ?? Azure, output, cancellationToken);
        return output;
    }

    private protected async Task PruneAsync(
        PruneJournal journal, string app, int keepLast, PruneRunOptions? options, IContainerApps azure, CollectingOutput output, CancellationToken cancellationToken = default)
    {
        var request = new PruneRequest(new RetentionPolicy { KeepLast = keepLast }, InterlockLifts.None);
        var run = await JournaledRun.BeginAsync(azure, journal, [request], output, cancellationToken);
        var world = new PruneWorld(await new SnapshotReader(azure).ReadAsync(Shop(app), cancellationToken));
        var plan = PrunePlanner.Plan(world, request, Sandbox.Clock.GetUtcNow());
        var runner = new PruneRunner(azure, (options ?? new PruneRunOptions { ThrottleLimit = 1 }) with { Journal = journal }, output);
        await run.EndAsync(await runner.RunAsync([ApprovedPrune.Whole(plan)], cancellationToken), cancellationToken);
    }

    /// <summary>Undoes as the command does, all of it agreed to.</summary>
    private protected async Task<CollectingOutput> UndoAsync(bool all = false, IContainerApps? azure = null, UndoOptions? options = null)
    {
        var output = new CollectingOutput();
        using var journal = Open(create: false);
        var request = UndoRequest.Of(journal.History, all, File);
        options ??= new UndoOptions { ThrottleLimit = 1 };
        var plans = await new UndoReader(azure ?? Azure, output) { Deadline = options.Deadline }.ReadAsync(request, journal.History.UnfinishedUndo, 4, CancellationToken.None);
        await journal.BeginUndoAsync(request.Runs, output);
        var end = await new UndoRunner(azure ?? Azure, journal, options, output).RunAsync(plans, CancellationToken.None);
        journal.End(end.IsComplete, end.Counts);
        return output;
    }

    private protected async Task<HashSet<string>> StandingAsync(string app) =>
        [.. (await ReadAsync(Shop(app))).Revisions.Where(revision => revision.IsStanding).Select(revision => revision.Name)];

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _folder.Delete(recursive: true);
        base.Dispose(disposing);
    }
}
