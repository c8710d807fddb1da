using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Journal;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;
using RevisionTools.Work;

namespace RevisionTools.Tests.Pruning;

/// <summary>What ends a run before all of it is done, and the order in which it goes.</summary>
public sealed class RunStopTests : JournalTest
{
    [Fact]
    public async Task After_so_many_failures_nothing_new_is_begun()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 400, Method = "POST", Skip = 3, Times = int.MaxValue });

        var output = await PruneAsync("web-shop", options: new PruneRunOptions { ThrottleLimit = 1, MaxFailure = 2 });

        var results = output.Results<PruneResult>();
        Assert.Equal(3, results.Count(result => result.Outcome == PruneOutcome.Deactivated));
        Assert.Equal(2, results.Count(result => result.Outcome == PruneOutcome.Failed));
        Assert.Equal(5, Sandbox.WriteCount);
        var left = results.Where(result => result.Outcome == PruneOutcome.NotAttempted).ToList();
        Assert.NotEmpty(left);
        Assert.All(left, result => Assert.Contains("2 had failed", result.Message, StringComparison.Ordinal));
        Assert.Contains($"{left.Count} revisions are left", Assert.Single(output.Warnings), StringComparison.Ordinal);
        var run = PruneJournal.Read(File, Cloud).LastRun!;
        Assert.True(run.HasEnded);
        Assert.False(run.IsComplete);
    }

    [Fact]
    public async Task At_the_deadline_nothing_new_is_begun_and_the_same_command_goes_on()
    {
        var calls = new CallsBetween(Azure, () =>
        {
            Sandbox.Clock.Advance(TimeSpan.FromHours(3));
            return Task.CompletedTask;
        });

        var deadline = new RunDeadline(Sandbox.Clock, TimeSpan.FromHours(2.75));
        var first = await PruneAsync("web-shop", options: new PruneRunOptions { ThrottleLimit = 1, Deadline = deadline }, azure: calls);

        Assert.Equal(1, Sandbox.WriteCount);
        Assert.Equal(PruneOutcome.Deactivated, first.Results<PruneResult>()[0].Outcome);
        Assert.All(first.Results<PruneResult>().Skip(1), result => Assert.Equal(PruneOutcome.NotAttempted, result.Outcome));
        Assert.Contains("deadline of 02:45:00", Assert.Single(first.Warnings), StringComparison.Ordinal);
        Assert.Empty(first.Failures);

        await PruneAsync("web-shop");

        var run = Assert.Single(PruneJournal.Read(File, Cloud).Runs);
        Assert.True(run.IsComplete);
        Assert.Equal(first.Results<PruneResult>().Count, run.Writes.Count);
    }

    [Fact]
    public async Task The_deadline_ends_a_wait_without_an_error()
    {
        var deadline = new RunDeadline(Sandbox.Clock, TimeSpan.FromSeconds(8));
        var calls = new CallsBetween(Azure, () => Task.CompletedTask) { DownAfter = 100 };

        var output = await PruneAsync("web-checkout", 1, new PruneRunOptions { WaitTimeout = TimeSpan.FromMinutes(5), Deadline = deadline }, calls);

        Assert.Empty(output.Failures);
        var down = output.Results<PruneResult>().Where(result => result.Outcome == PruneOutcome.Deactivated).ToList();
        Assert.NotEmpty(down);
        Assert.All(down, result => Assert.StartsWith("the deadline ended the wait", result.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_deadline_ends_the_look_for_what_was_sent()
    {
        var started = Sandbox.Clock.GetUtcNow();
        var deadline = new RunDeadline(Sandbox.Clock, TimeSpan.FromSeconds(8));
        var calls = new CallsBetween(Azure, () => Task.CompletedTask) { StandingLooks = 100 };

        var output = await PruneAsync("web-shop", options: new PruneRunOptions { ThrottleLimit = 1, Deadline = deadline }, azure: calls);

        var results = output.Results<PruneResult>();
        Assert.Equal(PruneOutcome.Unknown, results[0].Outcome);
        Assert.Contains("when the deadline came", results[0].Message, StringComparison.Ordinal);
        Assert.All(results.Skip(1), result => Assert.Equal(PruneOutcome.NotAttempted, result.Outcome));
        Assert.True(Sandbox.Clock.GetUtcNow() - started < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task One_by_one_each_is_told_before_the_next_is_sent()
    {
        var plan = PrunePlanner.Plan(
            new PruneWorld(await ReadAsync(Shop("web-shop"))), new PruneRequest(new RetentionPolicy { KeepLast = 25 }, InterlockLifts.None), Sandbox.Clock.GetUtcNow());

        var slow = new SlowReader(async () =>
        {
            var sent = Sandbox.WriteCount;
            // Long enough for the next call, if it were to come.
            await Task.Delay(TimeSpan.FromMinutes(5), Sandbox.Clock);
            Assert.Equal(sent, Sandbox.WriteCount);
        });
        await new PruneRunner(Azure, new PruneRunOptions { ThrottleLimit = 1 }, slow).RunAsync([ApprovedPrune.Whole(plan)], CancellationToken.None);

        Assert.Equal(plan.Entries.Count(entry => entry.Decision == PruneDecision.Deactivate), slow.Count);
    }

    [Fact]
    public async Task The_oldest_goes_first()
    {
        var created = (await ReadAsync(Shop("web-shop"))).Revisions.ToDictionary(revision => revision.Name, revision => revision.CreatedTime);

        var order = (await PruneAsync("web-shop")).Results<PruneResult>().Select(result => created[result.Name]).ToList();

        Assert.Equal(order.Order(), order);
    }

    [Fact]
    public async Task Event_consumers_go_last_and_each_waits_for_the_one_before()
    {
        var snapshot = await ReadAsync(Shop("web-shop"));
        var consumers = snapshot.Revisions.Where(revision => revision.IsStanding && !revision.IsLatest && revision.EffectiveWeight == 0).Take(2).Select(revision => revision.Name).ToHashSet();
        var world = new PruneWorld(snapshot);
        var plan = PrunePlanner.Plan(
            world, new PruneRequest(new RetentionPolicy { KeepLast = 3 }, new InterlockLifts(EventConsumer: true)), Sandbox.Clock.GetUtcNow());
        var entries = ApprovedPrune.Whole(plan).Entries
            .Select(entry => consumers.Contains(entry.Name) ? entry with { Interlocks = [Interlock.ConsumesEvents] } : entry).ToList();
        Assert.Equal(consumers, entries.Take(2).Select(entry => entry.Name).ToHashSet());

        await new PruneRunner(Azure, new PruneRunOptions { ThrottleLimit = 4 }, Output).RunAsync([new ApprovedPrune(plan, entries)], CancellationToken.None);

        Assert.Equal(entries.Take(2).Select(entry => entry.Name), Output.Results<PruneResult>().TakeLast(2).Select(result => result.Name));
    }

    /// <summary>Takes its time with each result.</summary>
    private sealed class SlowReader(Func<Task> read) : IWorkOutput
    {
        public int Count { get; private set; }

        public async ValueTask EmitAsync(object result)
        {
            await read();
            Count++;
        }

        public ValueTask WarnAsync(string message) => ValueTask.CompletedTask;

        public ValueTask VerboseAsync(string message) => ValueTask.CompletedTask;

        public ValueTask DebugAsync(string message) => ValueTask.CompletedTask;

        public ValueTask FailAsync(RevisionToolsException failure, object? target) => ValueTask.CompletedTask;

        public ValueTask ProgressAsync(WorkProgress progress) => ValueTask.CompletedTask;
    }
}
