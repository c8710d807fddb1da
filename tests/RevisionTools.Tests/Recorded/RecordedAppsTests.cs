using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Sandbox.Server.Rehearse;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Recorded;

/// <summary>
/// Real apps at real moments, listed and planned with KeepLast 1. The expected tables were read by eye against the recordings:
/// name | stage: reason | configured/effective weight | decision: reasons. Ages count from the newest date in the answers.
/// </summary>
public sealed class RecordedAppsTests
{
    // 01: a new revision of a multiple-mode app is being made; the table already gives it 100 %, the old one still serves.
    [RecordingsFact]
    public Task While_a_new_revision_is_made_the_old_one_serves() => ShowsAsync("01", 23, 24, """
        --ph8phiq | Active: gets 100 % of the traffic | 0/100 | Blocked: CarriesTraffic, LastActive, LatestReady
        --t27zkv0 | Provisioning: not ready yet (Processing) | 100/0 | Keep: no. 1 of the newest active (KeepLast 1)
        """);

    // 01, later: 50 by the latest entry, 50 by name.
    [RecordingsFact]
    public Task Both_halves_of_a_split_serve() => ShowsAsync("01", 32, 33, """
        --ph8phiq | Active: gets 50 % of the traffic | 50/50 | Blocked: CarriesTraffic
        --t27zkv0 | Active: gets 50 % of the traffic | 50/50 | Keep: no. 1 of the newest active (KeepLast 1)
        """);

    // 03: single mode after a cut-over; the old one is going down and Azure still says active.
    [RecordingsFact]
    public Task After_a_cut_over_the_old_one_goes_down() => ShowsAsync("03", 19, 20, """
        --sigu3jd | Deactivating: going down; Azure still says active | 0/0 | Inactive: going down; Azure still says active
        --4afz6nu | Active: gets 100 % of the traffic | 100/100 | Keep: no. 1 of the newest active (KeepLast 1)
        """);

    // 03, after the old one was activated by hand: the live revision goes down with all the traffic on it.
    [RecordingsFact]
    public Task The_live_revision_goes_down_after_an_activation_in_single_mode() => ShowsAsync("03", 28, 29, """
        --4afz6nu | Deactivating: going down; Azure still says active | 100/100 | Inactive: going down; Azure still says active
        """);

    // 03, after a third revision took over.
    [RecordingsFact]
    public Task The_reactivated_one_goes_down_in_the_end() => ShowsAsync("03", 37, 38, """
        --sigu3jd | Deactivating: going down; Azure still says active | 0/0 | Inactive: going down; Azure still says active
        """);

    // 08: the same as 01 a year later, with the word Activating.
    [RecordingsFact]
    public Task While_a_new_revision_starts_the_old_one_serves() => ShowsAsync("08", 32, 33, """
        --9xkmgi5 | Active: gets 100 % of the traffic | 0/100 | Blocked: CarriesTraffic, LastActive, LatestReady
        --0000001 | Provisioning: not ready yet (Activating) | 100/0 | Keep: no. 1 of the newest active (KeepLast 1)
        """);

    // 08: the new one is ready; this recording kept the answer for the old one only.
    [RecordingsFact]
    public Task The_replaced_one_is_idle_and_alone_in_what_was_read() => ShowsAsync("08", 35, 36, """
        --9xkmgi5 | Ready: idle: no traffic, no event work | 0/0 | Keep: no. 1 of the newest active (KeepLast 1)
        """);

    [RecordingsFact]
    public Task Both_halves_of_the_later_split_serve() => ShowsAsync("08", 43, 46, """
        --9xkmgi5 | Active: gets 50 % of the traffic | 50/50 | Blocked: CarriesTraffic
        --0000001 | Active: gets 50 % of the traffic | 50/50 | Keep: no. 1 of the newest active (KeepLast 1)
        """);

    // 09 and 10 hold no answer about revisions: the app alone is checked.
    [RecordingsFact]
    public async Task The_limit_of_inactive_revisions_is_read_as_it_was_changed()
    {
        Assert.Equal(100, (await AppAsync("09", 10)).MaxInactiveRevisions);
        Assert.Equal(99, (await AppAsync("09", 22)).MaxInactiveRevisions);
        var last = await AppAsync("09", 45);
        Assert.Equal((50, "aca000002--0000001", "aca000002--hrsvq5d"), (last.MaxInactiveRevisions, last.LatestRevisionName, last.LatestReadyRevisionName));
        await ShowsAsync("09", 45, null, "");
    }

    [RecordingsFact]
    public async Task A_functions_app_is_known_as_one()
    {
        Assert.False((await AppAsync("10", 10)).IsFunctionApp);
        var app = await AppAsync("10", 29);
        Assert.Equal((true, "Single", null), (app.IsFunctionApp, app.RevisionMode, app.MaxInactiveRevisions));
        Assert.Equal([new TrafficEntry { LatestRevision = true, Weight = 100 }], app.Traffic);
        await ShowsAsync("10", 29, null, "");
    }

    private static async Task<ContainerApp> AppAsync(string recording, int appIndex)
    {
        using var moment = new RecordedMoment(recording, appIndex, null);
        var app = new ContainerAppId(ArmTestClient.SubscriptionId, "clitest.rg000001", moment.AppName);
        return await ArmTestClient.Create(moment).GetAppAsync(app, CancellationToken.None);
    }

    private static async Task ShowsAsync(string recording, int appIndex, int? revisionsIndex, string expected)
    {
        using var moment = new RecordedMoment(recording, appIndex, revisionsIndex);
        var azure = ArmTestClient.Create(moment);
        var output = new CollectingOutput();
        AppScope[] scopes = [new(ArmTestClient.SubscriptionId, null, "*")];
        List<Revision> listed = [];
        await new ScopeReader(azure, output).ForEachRevisionAsync(
            scopes,
            (revision, _) =>
            {
                listed.Add(revision);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        var plans = await new PlanReader(azure, output).ReadAsync(scopes, new PruneRequest(new RetentionPolicy { KeepLast = 1 }, InterlockLifts.None), 4, CancellationToken.None);
        var lines = Assert.Single(plans).Entries.Select(entry => Line(listed.Single(revision => revision.Name == entry.Name), entry));

        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join("\n", lines));
        Assert.Empty(output.Failures);
        Assert.Equal(0, moment.Writes);
    }

    private static string Line(Revision revision, PrunePlanEntry entry)
    {
        var why = entry.Decision == PruneDecision.Blocked ? string.Join(", ", entry.Interlocks) : string.Join("; ", entry.Reasons);
        return $"{revision.Name[revision.Name.IndexOf("--", StringComparison.Ordinal)..]} | {revision.Stage}: {revision.StageReason} | "
            + $"{revision.ConfiguredWeight}/{revision.EffectiveWeight} | {entry.Decision}: {why}";
    }
}
