using System.Text;
using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Journal;
using RevisionTools.Sandbox;
using RevisionTools.Sandbox.Server.Rehearse;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning.Journal;

/// <summary>What stands in the file, and which files are refused.</summary>
public sealed class PruneJournalTests : JournalTest
{
    [Fact]
    public async Task Every_write_stands_in_the_file_before_it_is_sent_and_after_it_has_ended()
    {
        var before = await StandingAsync("web-shop");
        var watch = new JournalWatch(Sandbox, File);
        var azure = new ContainerAppsClient(ConnectionSettings.ForSandbox(watch, Sandbox.Clock, Sandbox.SubscriptionId).Arm);

        var output = await PruneAsync("web-shop", options: new PruneRunOptions { ThrottleLimit = 4 }, azure: azure);

        var down = before.Except(await StandingAsync("web-shop")).Order().ToList();
        Assert.NotEmpty(down);
        Assert.Equal(down, watch.Told.Order());
        var run = Assert.Single(PruneJournal.Read(File, Cloud).Runs);
        Assert.True(run.IsComplete);
        Assert.Equal(down, run.Writes.Select(write => RevisionId.TryParse(write.Write.ResourceId)!.Value.Name).Order());
        Assert.All(run.Writes, write => Assert.Equal(PruneWriteOutcome.Done, write.Outcome));
        Assert.All(run.Writes, write => Assert.NotNull(write.Write.CreatedTime));
        Assert.Empty(output.Warnings);
        Assert.StartsWith("""{"seq":1,"line":"Run","journal":"RevisionTools","version":1,"run":""", await System.IO.File.ReadAllTextAsync(File), StringComparison.Ordinal);
        Assert.Contains($$"""
            "complete":true,"counts":{"Deactivated":{{down.Count}}}
            """, (await System.IO.File.ReadAllLinesAsync(File))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_in_a_file_does_no_harm_in_a_log()
    {
        using (var journal = Open())
        {
            await journal.BeginPruneAsync("KeepLast 1", [], new CollectingOutput());
        }

        var text = await System.IO.File.ReadAllTextAsync(File);
        await System.IO.File.WriteAllTextAsync(File, text.Replace("KeepLast 1", "a\\u001b[31m\\n##vso[task.complete]", StringComparison.Ordinal));

        Assert.Equal("a[31m ## vso[task.complete]", PruneJournal.Read(File, Cloud).LastRun!.Policy);
    }

    [Fact]
    public async Task A_try_after_a_lost_answer_is_told_of_as_well()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionReset, Method = "POST", Times = 2 });

        await PruneAsync("web-checkout", 1);

        var posts = Sandbox.Requests.Count(request => request.IsWrite);
        var lines = await System.IO.File.ReadAllLinesAsync(File);
        Assert.True(lines.Count(line => line.Contains("\"Before\"", StringComparison.Ordinal)) >= posts);
        Assert.Equal(lines.Count(line => line.Contains("\"After\"", StringComparison.Ordinal)) + 2, lines.Count(line => line.Contains("\"Before\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nightly_runs_stand_one_after_another()
    {
        await PruneAsync("web-shop");
        await PruneAsync("web-checkout", 1);

        var runs = PruneJournal.Read(File, Cloud).Runs;
        Assert.Equal(2, runs.Count);
        Assert.NotEqual(runs[0].Id, runs[1].Id);
        Assert.All(runs, run => Assert.True(run.IsComplete));
    }

    [Fact]
    public async Task No_other_run_can_write_the_file_meanwhile()
    {
        using var journal = Open();
        await journal.BeginPruneAsync("KeepLast 1", [], new CollectingOutput());

        Assert.Equal(FailureKind.InvalidJournal, Assert.Throws<RevisionToolsException>(() => Open()).Kind);
        Assert.Equal(FailureKind.InvalidJournal, Assert.Throws<RevisionToolsException>(() => PruneJournal.Read(File, Cloud)).Kind);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said_before_anything_is_sent()
    {
        var missing = Path.Combine(Path.GetDirectoryName(File)!, "absent", "prune.jsonl");

        var failure = Assert.Throws<RevisionToolsException>(() => PruneJournal.Open(missing, Cloud, Sandbox.Clock));

        Assert.Equal(FailureKind.FileNotWritten, failure.Kind);
        Assert.Equal(FailureKind.InvalidJournal, Assert.Throws<RevisionToolsException>(() => PruneJournal.Open(missing, Cloud, Sandbox.Clock, create: false)).Kind);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_any_more_ends_the_run_and_nothing_more_is_sent()
    {
        var output = new CollectingOutput();
        using var journal = Open();
        var calls = new CallsBetween(Azure, () =>
        {
            journal.Dispose();
            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => PruneAsync(journal, "web-shop", 3, null, calls, output));

        Assert.Equal(FailureKind.FileNotWritten, failure.Kind);
        Assert.Equal(1, Sandbox.WriteCount);
        Assert.Equal(PruneOutcome.Deactivated, output.Results<PruneResult>()[0].Outcome);
        Assert.All(output.Results<PruneResult>().Skip(1), result => Assert.Equal(PruneOutcome.NotAttempted, result.Outcome));
    }

    [Theory]
    [InlineData("garbage", 1)]
    [InlineData("{\"apps\":[]}", 1)]
    [InlineData("garbage\n", 1)]
    [InlineData("\n", 1)]
    [InlineData("{\"seq\":1,\"line\":\"Run\",\"journal\":\"Other\",\"version\":1}\n", 1)]
    public async Task What_is_no_journal_is_refused_and_left_as_it_is(string text, int line)
    {
        await System.IO.File.WriteAllTextAsync(File, text);

        var failure = Assert.Throws<RevisionToolsException>(() => Open());

        Assert.Equal(FailureKind.InvalidJournal, failure.Kind);
        Assert.Contains(File, failure.Message, StringComparison.Ordinal);
        Assert.Contains($"line {line}:", failure.Message, StringComparison.Ordinal);
        Assert.Equal(text, await System.IO.File.ReadAllTextAsync(File));
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", 1, "version 2")]
    [InlineData("\"line\":\"Before\"", "\"line\":\"Sideways\"", 2, "altered")]
    [InlineData("\"seq\":3", "\"seq\":4", 3, "lines are missing")]
    [InlineData("\"kind\":\"Deactivate\"", "\"kind\":\"Activate\"", 2, "nothing that such a run does")]
    [InlineData("/revisions/", "/revisionz/", 2, "not the id")]
    [InlineData("\"outcome\":\"Done\",", "", 3, "'outcome' is missing")]
    [InlineData("\"kind\"", "\"kindred\"", 2, "altered")]
    public async Task What_was_altered_is_refused_with_its_line(string old, string altered, int line, string why)
    {
        await PruneAsync("web-checkout", 1);
        var text = await System.IO.File.ReadAllTextAsync(File);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        await System.IO.File.WriteAllTextAsync(File, string.Concat(text.AsSpan(0, at), altered, text.AsSpan(at + old.Length)));

        var failure = Assert.Throws<RevisionToolsException>(() => Open());

        Assert.Equal(FailureKind.InvalidJournal, failure.Kind);
        Assert.Contains($"line {line}:", failure.Message, StringComparison.Ordinal);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_was_taken_out_is_noticed()
    {
        await PruneAsync("web-checkout", 1);
        var lines = await System.IO.File.ReadAllLinesAsync(File);
        await System.IO.File.WriteAllLinesAsync(File, lines.Where((_, index) => index != 1));

        Assert.Contains("line 2: it says that it is line 3", Assert.Throws<RevisionToolsException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_of_another_cloud_is_refused()
    {
        await PruneAsync("web-checkout", 1);

        var failure = Assert.Throws<RevisionToolsException>(() => PruneJournal.Open(File, "AzureCloud", Sandbox.Clock));

        Assert.Equal(FailureKind.InvalidJournal, failure.Kind);
        Assert.Contains("'Sandbox'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'AzureCloud'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cut_at_any_byte_it_is_read_as_far_as_its_lines_are_whole()
    {
        await PruneAsync("web-checkout", 1);
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        for (var length = 0; length <= bytes.Length; length++)
        {
            await System.IO.File.WriteAllBytesAsync(File, bytes[..length]);
            var output = new CollectingOutput();
            var whole = bytes.AsSpan(0, length).Count((byte)'\n');
            var isComplete = length == bytes.Length;
            var intents = Encoding.UTF8.GetString(bytes, 0, length).Split('\n').SkipLast(1).Count(line => line.Contains("\"Before\"", StringComparison.Ordinal));
            using (var journal = Open())
            {
                Assert.Equal(whole, journal.History.Count);
                Assert.Equal(whole > 0 && !isComplete, journal.Unfinished is not null);
                Assert.Equal(intents, journal.OwnDeactivations.Count + (isComplete ? intents : 0));
                await journal.BeginPruneAsync("KeepLast 1", [], output);
            }

            var isCut = length > 0 && bytes[length - 1] != '\n';
            Assert.Equal(isCut ? 1 : 0, output.Warnings.Count);
            Assert.Equal(whole + 1, PruneJournal.Read(File, Cloud).Count);
        }
    }

    [Fact]
    public async Task Zeros_that_a_lost_power_left_are_a_cut_line()
    {
        await PruneAsync("web-checkout", 1);
        await System.IO.File.AppendAllTextAsync(File, "{\"seq\":\0\0\0\0");

        Assert.True(PruneJournal.Read(File, Cloud).LastRun!.IsComplete);
    }
}
