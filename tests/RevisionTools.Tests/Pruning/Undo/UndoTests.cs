using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Journal;
using RevisionTools.Pruning.Undo;
using RevisionTools.Sandbox;
using RevisionTools.Sandbox.Server.Rehearse;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning.Undo;

/// <summary>Undoes prunes on the sample fleet.</summary>
public sealed class UndoTests : JournalTest
{
    [Fact]
    public async Task What_a_run_has_deactivated_is_active_again_the_last_first()
    {
        var before = await StandingAsync("web-shop");
        var pruned = (await PruneAsync("web-shop")).Results<PruneResult>().Select(result => result.Name).ToList();

        var output = await UndoAsync();

        Assert.Equal(before, await StandingAsync("web-shop"));
        Assert.All(Results(output), result => Assert.Equal(UndoOutcome.Activated, result.Outcome));
        Assert.Equal(Enumerable.Reverse(pruned), Results(output).Select(result => result.Name));
        Assert.Empty(output.Failures);
        var undo = PruneJournal.Read(File, Cloud).LastRun!;
        Assert.Equal((JournalWork.Undo, true), (undo.Work, undo.IsComplete));
        Assert.Equal(pruned.Count, undo.Writes.Count(write => write.Outcome == PruneWriteOutcome.Done));
    }

    [Fact]
    public async Task A_second_undo_is_refused()
    {
        await PruneAsync("web-checkout", 1);
        await UndoAsync();
        var text = await System.IO.File.ReadAllTextAsync(File);

        Assert.Equal(FailureKind.JournalAlreadyUndone, (await Assert.ThrowsAsync<RevisionToolsException>(() => UndoAsync())).Kind);
        Assert.Equal(text, await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task Without_All_the_last_run_is_undone_and_then_the_one_before()
    {
        var shop = await StandingAsync("web-shop");
        var checkout = await StandingAsync("web-checkout");
        await PruneAsync("web-shop");
        await PruneAsync("web-checkout", 1);
        await PruneAsync("web-checkout", 1);

        await UndoAsync();
        Assert.Equal(checkout, await StandingAsync("web-checkout"));
        Assert.Equal(3, (await StandingAsync("web-shop")).Count);
        await UndoAsync();
        Assert.Equal(shop, await StandingAsync("web-shop"));
    }

    [Fact]
    public async Task All_means_every_run_that_was_not_undone()
    {
        var shop = await StandingAsync("web-shop");
        var checkout = await StandingAsync("web-checkout");
        await PruneAsync("web-shop", 10);
        await PruneAsync("web-shop", 3);
        await PruneAsync("web-checkout", 1);

        await UndoAsync(all: true);

        Assert.Equal(shop, await StandingAsync("web-shop"));
        Assert.Equal(checkout, await StandingAsync("web-checkout"));
        Assert.Equal(FailureKind.JournalAlreadyUndone, (await Assert.ThrowsAsync<RevisionToolsException>(() => UndoAsync(all: true))).Kind);
    }

    [Fact]
    public async Task A_run_that_was_cut_off_can_be_undone_with_what_it_had_sent_unanswered()
    {
        var before = await StandingAsync("web-shop");
        using var stop = new CancellationTokenSource();
        var calls = new CallsBetween(Azure, () => stop.CancelAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PruneAsync("web-shop", azure: calls, cancellationToken: stop.Token));
        Assert.Equal(before.Count - 1, (await StandingAsync("web-shop")).Count);

        var output = await UndoAsync();

        Assert.Equal(before, await StandingAsync("web-shop"));
        Assert.Equal(UndoOutcome.Activated, Assert.Single(Results(output)).Outcome);
        await PruneAsync("web-shop", 100);
        Assert.Equal([JournalWork.Prune, JournalWork.Undo, JournalWork.Prune], PruneJournal.Read(File, Cloud).Runs.Select(run => run.Work));
    }

    [Fact]
    public async Task What_is_gone_replaced_or_active_again_is_said_and_the_others_come_back()
    {
        var names = (await PruneAsync("web-shop")).Results<PruneResult>().Select(result => result.Name).ToList();
        await Azure.ActivateRevisionAsync(new RevisionId(Shop("web-shop"), names[0]), CancellationToken.None);
        var text = await System.IO.File.ReadAllTextAsync(File);
        text = text.Replace($"/{names[1]}\"", "/web-shop--purged\"", StringComparison.Ordinal);
        var created = (await ReadAsync(Shop("web-shop"))).Find(names[2])!.CreatedTime!.Value;
        var line = text.Split('\n').First(line => line.Contains($"/{names[2]}\"", StringComparison.Ordinal));
        var stamp = line[(line.IndexOf("createdTime\":\"", StringComparison.Ordinal) + 14)..].Split('"')[0];
        text = string.Join('\n', text.Split('\n').Select(other => other.Contains($"/{names[2]}\"", StringComparison.Ordinal)
            ? other.Replace(stamp, created.AddDays(-1).ToString("O"), StringComparison.Ordinal) : other));
        await System.IO.File.WriteAllTextAsync(File, text);

        var outcomes = Results(await UndoAsync()).ToDictionary(result => result.Name!, result => result.Outcome);

        Assert.Equal(UndoOutcome.AlreadyActive, outcomes[names[0]]);
        Assert.Equal(UndoOutcome.Purged, outcomes["web-shop--purged"]);
        Assert.Equal(UndoOutcome.Replaced, outcomes[names[2]]);
        Assert.All(names.Skip(3), name => Assert.Equal(UndoOutcome.Activated, outcomes[name]));
        Assert.True(PruneJournal.Read(File, Cloud).LastRun!.IsComplete);
    }

    [Fact]
    public async Task In_single_mode_nothing_is_activated_and_the_undo_can_be_done_later()
    {
        await PruneAsync("web-checkout", 1);
        await SetModeAsync("Single");
        Sandbox.ClearRequests();

        Assert.All(Results(await UndoAsync()), result => Assert.Equal(UndoOutcome.Blocked, result.Outcome));
        Assert.Equal(0, Sandbox.WriteCount);

        await SetModeAsync("Multiple");
        Assert.All(Results(await UndoAsync()), result => Assert.Equal(UndoOutcome.Activated, result.Outcome));
        Assert.Equal(2, PruneJournal.Read(File, Cloud).Runs.Count);
    }

    [Fact]
    public async Task A_limit_that_is_still_what_the_prune_set_is_raised_first()
    {
        await PruneWithLimitAsync(40);
        Sandbox.ClearRequests();

        var output = await UndoAsync();

        Assert.Equal(UndoOutcome.LimitRaised, Results(output)[0].Outcome);
        Assert.Equal(100, PurgeForecast.LimitOf((await ReadAsync(Shop("web-checkout"))).App));
        Assert.Equal("PATCH", Sandbox.Requests.First(request => request.IsWrite).Method);
        Assert.True(PruneJournal.Read(File, Cloud).LastRun!.IsComplete);
    }

    [Fact]
    public async Task A_limit_that_somebody_has_changed_since_is_left()
    {
        await PruneWithLimitAsync(40);
        await SetLimitAsync(60, null);

        var limit = Results(await UndoAsync())[0];

        Assert.Equal(UndoOutcome.LimitLeft, limit.Outcome);
        Assert.Contains("60", limit.Message, StringComparison.Ordinal);
        Assert.Equal(60, PurgeForecast.LimitOf((await ReadAsync(Shop("web-checkout"))).App));
    }

    [Fact]
    public async Task An_undo_that_failed_halfway_goes_on_with_what_is_left()
    {
        var before = await StandingAsync("web-shop");
        var pruned = (await PruneAsync("web-shop")).Results<PruneResult>().Count;
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Method = "POST", Skip = 5, Times = int.MaxValue });
        var first = await UndoAsync();
        Assert.Equal(5, Results(first).Count(result => result.Outcome == UndoOutcome.Activated));
        Sandbox.ClearFaults();

        var second = await UndoAsync();

        Assert.Equal(before, await StandingAsync("web-shop"));
        Assert.Equal(pruned - 5, Results(second).Count);
        Assert.All(Results(second), result => Assert.Equal(UndoOutcome.Activated, result.Outcome));
        Assert.Equal(2, PruneJournal.Read(File, Cloud).Runs.Count);
    }

    [Fact]
    public async Task At_the_deadline_nothing_new_is_begun_and_the_next_undo_goes_on()
    {
        var before = await StandingAsync("web-shop");
        var pruned = (await PruneAsync("web-shop")).Results<PruneResult>().Count;
        Sandbox.Inject(Late(method: "POST", path: "*/activate", skip: 4));

        var first = await UndoAsync(options: In(TimeSpan.FromHours(2.75)));

        Assert.Equal(5, Results(first).Count(result => result.Outcome == UndoOutcome.Activated));
        var left = Results(first).Where(result => result.Outcome == UndoOutcome.NotAttempted).ToList();
        Assert.Equal(pruned - 5, left.Count);
        Assert.All(left, result => Assert.Equal("not attempted: the deadline of 02:45:00 had come", result.Message));
        Assert.Contains($"{left.Count} changes are left", Assert.Single(first.Warnings), StringComparison.Ordinal);
        Assert.Empty(first.Failures);
        var undo = PruneJournal.Read(File, Cloud).LastRun!;
        Assert.Equal((5, true, false), (undo.Writes.Count, undo.HasEnded, undo.IsComplete));

        var second = await UndoAsync();

        Assert.Equal(before, await StandingAsync("web-shop"));
        Assert.Equal(left.Select(result => result.Name), Results(second).Select(result => result.Name));
        Assert.Equal(2, PruneJournal.Read(File, Cloud).Runs.Count);
        Assert.True(PruneJournal.Read(File, Cloud).LastRun!.IsComplete);
    }

    [Fact]
    public async Task What_the_deadline_kept_from_being_read_has_no_turn()
    {
        var pruned = (await PruneAsync("web-shop")).Results<PruneResult>().Count;
        Sandbox.Inject(Late(method: "GET", path: "*/web-shop"));
        Sandbox.ClearRequests();

        var output = await UndoAsync(options: In(TimeSpan.FromMinutes(90)));

        Assert.Equal(0, Sandbox.WriteCount);
        Assert.Equal(pruned, Results(output).Count);
        Assert.All(Results(output), result => Assert.Equal(
            (UndoOutcome.NotAttempted, "not attempted: the deadline of 01:30:00 came before the app was read"), (result.Outcome, result.Message)));
        Assert.Empty(output.Failures);
        Assert.All(Results(await UndoAsync()), result => Assert.Equal(UndoOutcome.Activated, result.Outcome));
    }

    [Theory]
    [InlineData("GET", UndoOutcome.NotAttempted, 0)]
    [InlineData("PATCH", UndoOutcome.Unknown, 1)]
    public async Task A_limit_that_the_deadline_cuts_off_is_told_by_whether_it_was_sent(string method, UndoOutcome outcome, int failures)
    {
        await PruneWithLimitAsync(40);
        // The app is read for the plan first, and once more before the write.
        Sandbox.Inject(Late(method, "*/web-checkout", skip: method == "GET" ? 1 : 0));

        var output = await UndoAsync(options: In(TimeSpan.FromHours(1)));

        var limit = Results(output).Single(result => result.Name is null);
        Assert.Equal(outcome, limit.Outcome);
        Assert.Equal(failures, output.Failures.Count);
        Assert.All(Results(output).Where(result => result.Name is not null), result => Assert.Equal(UndoOutcome.NotAttempted, result.Outcome));
        Assert.Equal(failures, PruneJournal.Read(File, Cloud).LastRun!.Writes.Count(write => write.Outcome == PruneWriteOutcome.Unknown));

        var again = Results(await UndoAsync());

        Assert.Equal(failures == 0 ? UndoOutcome.LimitRaised : UndoOutcome.LimitLeft, again[0].Outcome);
        Assert.Equal(100, PurgeForecast.LimitOf((await ReadAsync(Shop("web-checkout"))).App));
        Assert.All(again.Skip(1), result => Assert.Equal(UndoOutcome.Activated, result.Outcome));
    }

    [Fact]
    public async Task The_deadline_ends_a_wait_without_an_error()
    {
        await PruneAsync("web-checkout", 1);

        var output = await UndoAsync(options: In(TimeSpan.FromSeconds(4)) with { WaitTimeout = TimeSpan.FromMinutes(5) });

        Assert.Empty(output.Failures);
        Assert.StartsWith("the deadline ended the wait", Results(output)[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_cannot_be_read_is_an_error_of_its_own()
    {
        await PruneAsync("web-shop");
        await PruneAsync("web-checkout", 1);
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Path = "*/web-shop*", Times = int.MaxValue });

        var output = await UndoAsync(all: true);

        Assert.Equal(FailureKind.AccessDenied, Assert.Single(output.Failures).Kind);
        Assert.All(Results(output), result => Assert.Equal(result.ContainerAppName == "web-shop" ? UndoOutcome.Failed : UndoOutcome.Activated, result.Outcome));
    }

    [Fact]
    public async Task What_was_pruned_of_an_app_that_is_gone_is_purged_and_the_undo_ends()
    {
        await PruneAsync("web-shop");
        await PruneAsync("web-checkout", 1);
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 404, ErrorCode = "ResourceNotFound", Path = "*/web-shop*", Times = int.MaxValue });
        Assert.All(Results(await UndoAsync()), result => Assert.Equal(UndoOutcome.Activated, result.Outcome));
        Assert.All(Results(await UndoAsync()), result => Assert.Equal(UndoOutcome.Failed, result.Outcome));
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 404, ErrorCode = "ResourceGroupNotFound", Path = "*/containerApps", Times = int.MaxValue });

        var output = await UndoAsync(all: true);

        Assert.Empty(output.Failures);
        Assert.All(Results(output), result => Assert.Equal(UndoOutcome.Purged, result.Outcome));
        Assert.Equal(FailureKind.JournalAlreadyUndone, (await Assert.ThrowsAsync<RevisionToolsException>(() => UndoAsync(all: true))).Kind);
    }

    [Fact]
    public async Task An_undo_that_was_cut_off_finds_what_it_had_sent()
    {
        var before = await StandingAsync("web-checkout");
        await PruneAsync("web-checkout", 1);
        RevisionId sent;
        using (var journal = Open())
        {
            var request = UndoRequest.Of(journal.History, all: false, File);
            await journal.BeginUndoAsync(request.Runs, Output);
            var write = request.Revisions[0].Write;
            sent = RevisionId.TryParse(write.ResourceId)!.Value;
            await journal.BeforeAsync(write with { Kind = PruneWriteKind.Activate }, CancellationToken.None);
        }

        await Azure.ActivateRevisionAsync(sent, CancellationToken.None);
        Sandbox.ClearRequests();

        var results = Results(await UndoAsync());

        Assert.Equal(before, await StandingAsync("web-checkout"));
        Assert.All(results, result => Assert.Equal(UndoOutcome.Activated, result.Outcome));
        Assert.StartsWith("found after the undo was cut off", results.Single(result => result.Name == sent.Name).Message, StringComparison.Ordinal);
        Assert.Equal(results.Count - 1, Sandbox.WriteCount);
        var undo = PruneJournal.Read(File, Cloud).LastRun!;
        Assert.True(undo.IsComplete);
        Assert.All(undo.Writes, write => Assert.Equal(PruneWriteOutcome.Done, write.Outcome));
    }

    [Fact]
    public async Task A_second_consumer_of_one_source_is_a_warning()
    {
        var app = Data("orders-worker");
        var snapshot = await ReadAsync(app);
        var worker = snapshot.Revisions.First(revision => revision.IsStanding && revision.EventConsumers.Count > 0 && !revision.IsLatest);
        using (var journal = Open())
        {
            await journal.BeginPruneAsync("KeepLast 1", [], new CollectingOutput());
            var write = new PruneWrite(PruneWriteKind.Deactivate, worker.Id.Path) { CreatedTime = worker.CreatedTime };
            await journal.BeforeAsync(write, CancellationToken.None);
            await Azure.DeactivateRevisionAsync(worker.Id, CancellationToken.None);
            await journal.AfterAsync(write, PruneWriteOutcome.Done, "");
            journal.End(complete: true, new Dictionary<string, int>());
        }

        var output = await UndoAsync();

        Assert.Contains($"revision '{worker.Name}' consumes", Assert.Single(output.Warnings), StringComparison.Ordinal);
        Assert.Equal(UndoOutcome.Activated, Assert.Single(Results(output)).Outcome);
    }

    [Fact]
    public async Task Months_later_it_still_works()
    {
        var before = await StandingAsync("web-checkout");
        await PruneAsync("web-checkout", 1);
        Sandbox.Clock.Advance(TimeSpan.FromDays(90));

        await UndoAsync();

        Assert.Equal(before, await StandingAsync("web-checkout"));
    }

    [Fact]
    public async Task From_a_journal_cut_at_any_byte_all_is_undone_that_it_tells_of()
    {
        await PruneAsync("web-checkout", 1);
        var down = (await ReadAsync(Shop("web-checkout"))).Revisions.Where(revision => !revision.IsStanding).Select(revision => revision.Name).ToHashSet();
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var text = System.Text.Encoding.UTF8.GetString(bytes, 0, length);
            await System.IO.File.WriteAllTextAsync(File, text);
            var told = text.Split('\n').SkipLast(1).Where(line => line.Contains("\"Before\"", StringComparison.Ordinal))
                .Select(line => down.Single(name => line.Contains($"/{name}\"", StringComparison.Ordinal))).ToList();
            if (!text.Contains('\n', StringComparison.Ordinal))
            {
                Assert.Equal(FailureKind.InvalidJournal, (await Assert.ThrowsAsync<RevisionToolsException>(() => UndoAsync())).Kind);
                continue;
            }

            using var journal = Open(create: false);
            var request = UndoRequest.Of(journal.History, all: false, File);
            Assert.Equal(Enumerable.Reverse(told), request.Revisions.Select(write => RevisionId.TryParse(write.Write.ResourceId)!.Value.Name));
        }
    }

    [Fact]
    public async Task A_file_that_tells_of_no_run_is_refused()
    {
        await System.IO.File.WriteAllTextAsync(File, "");

        Assert.Equal(FailureKind.InvalidJournal, (await Assert.ThrowsAsync<RevisionToolsException>(() => UndoAsync())).Kind);
    }

    private static IReadOnlyList<PruneUndoResult> Results(CollectingOutput output) => output.Results<PruneUndoResult>();

    /// <summary>Options of an undo that may take so long.</summary>
    private UndoOptions In(TimeSpan span) => new() { ThrottleLimit = 1, Deadline = new RunDeadline(Sandbox.Clock, span) };

    /// <summary>Three hours pass before a call is answered, which the service has carried out.</summary>
    private static SandboxFault Late(string method, string path, int skip = 0) => new()
    {
        Method = method,
        Path = path,
        Skip = skip,
        After = sandbox => sandbox.Clock.Advance(TimeSpan.FromHours(3)),
    };

    private async Task PruneWithLimitAsync(int limit)
    {
        var output = new CollectingOutput();
        using var journal = Open();
        await SetLimitAsync(limit, journal);
        var run = journal.Run;
        Assert.Equal(limit, journal.OwnLimits[Shop("web-checkout")]);
        Assert.Equal(PruneWriteOutcome.Done, Assert.Single(run.Writes).Outcome);
        await PruneAsync(journal, "web-checkout", 1, null, Azure, output);
    }

    private async Task SetLimitAsync(int limit, PruneJournal? journal)
    {
        if (journal is not null)
        {
            await journal.BeginPruneAsync("KeepLast 1", [], Output);
        }

        var forecast = RetentionForecast.Of(await ReadAsync(Shop("web-checkout")), limit);
        await new RetentionChanger(Azure, null, TimeSpan.FromMinutes(5), Output, journal).ChangeAsync(forecast, CancellationToken.None);
    }

    private async Task SetModeAsync(string mode)
    {
        await Azure.UpdateAppAsync(
            Shop("web-checkout"),
            new System.Text.Json.Nodes.JsonObject { ["properties"] = new System.Text.Json.Nodes.JsonObject { ["configuration"] = new System.Text.Json.Nodes.JsonObject { ["activeRevisionsMode"] = mode } } },
            TimeSpan.FromMinutes(5),
            CancellationToken.None);
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(3));
    }
}
