using System.Text.Json.Nodes;
using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Templates;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Templates;

/// <summary>New revisions from the draft to the end, on the sandbox.</summary>
public sealed class RevisionMakerTests : SandboxTest
{
    private static readonly RevisionRequest s_image = new() { Change = new TemplateChange { Images = new Dictionary<string, string> { [""] = "contososhop.azurecr.io/x:9" } } };

    private static readonly RevisionRequest s_named = s_image with { Suffix = "nine" };
    private static readonly RevisionRequest s_sized = new() { Suffix = "nine", Change = new TemplateChange { MaxReplicas = 4 } };

    [Fact]
    public async Task A_revision_is_made_of_a_named_one_and_not_of_what_the_app_has_now()
    {
        // What the app has now, the named one has not; and the other way round.
        await Azure.UpdateAppAsync(Shop("web-checkout"), Json("""
            { "properties": { "template": { "revisionSuffix": "v2-16", "terminationGracePeriodSeconds": 90, "volumes": [{ "name": "v", "storageType": "EmptyDir" }],
              "scale": { "minReplicas": 3, "cooldownPeriod": 30, "rules": [{ "name": "h", "tcp": { "metadata": { "concurrentConnections": "5" } } }] },
              "containers": [{ "name": "web-checkout", "image": "contososhop.azurecr.io/checkout:2.16.0", "env": [{ "name": "NEW", "value": "1" }] }, { "name": "side", "image": "x/side:1" }] } } }
            """), TimeSpan.MaxValue, default);
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));

        var made = await MakeAsync(Shop("web-checkout"), new RevisionRequest { From = "v2-12", Change = new TemplateChange { MaxReplicas = 4 } });

        var (source, copy) = (await TemplateAsync(made.Id.App, "web-checkout--v2-12"), await TemplateAsync(made.Id.App, made.Name));
        Assert.Equal("scale.maxReplicas: 10 -> 4", Assert.Single(TemplateComparer.Compare(source, copy)).Message);
        Assert.Matches("^web-checkout--[0-9]{7}$", made.Name);
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task The_newest_that_is_ready_is_the_default_and_not_a_newer_one_that_has_failed()
    {
        var draft = await DraftAsync(Shop("web-search"), s_named);

        Assert.Equal("web-search--0000003", draft.Source);
        Assert.True(draft.MovesTraffic);
    }

    [Fact]
    public async Task Only_the_template_is_sent_and_with_a_pin_the_traffic()
    {
        var plain = await DraftAsync(Data("orders-worker"), s_sized);
        var pinned = await DraftAsync(Shop("web-search"), s_named with { PinTraffic = true });

        Assert.Equal(["template"], Properties(plain.PatchOf(plain.State)));
        Assert.Equal(["template", "configuration"], Properties(pinned.PatchOf(pinned.State)));
        Assert.Equal(
            """{"ingress":{"traffic":[{"revisionName":"web-search--0000003","weight":100}]}}""",
            pinned.PatchOf(pinned.State)["properties"]!["configuration"]!.ToJsonString());

        static IEnumerable<string> Properties(JsonObject patch) => ((JsonObject)Assert.Single(patch).Value!).Select(field => field.Key);
    }

    [Theory]
    [InlineData(SandboxFaultKind.ConnectionResetAfterWrite, true)]
    [InlineData(SandboxFaultKind.ConnectionResetAfterWrite, false)]
    [InlineData(SandboxFaultKind.TimeoutAfterWrite, true)]
    [InlineData(SandboxFaultKind.TimeoutAfterWrite, false)]
    public async Task A_revision_whose_answer_was_lost_is_found_and_not_made_again(SandboxFaultKind kind, bool isNamed)
    {
        var before = (await ReadAsync(Shop("web-shop"))).Revisions.Count;
        Sandbox.Inject(new SandboxFault { Kind = kind, Method = "PATCH" });

        var made = await MakeAsync(Shop("web-shop"), isNamed ? s_named : s_image);

        Assert.Equal(isNamed ? "web-shop--nine" : "web-shop--0000031", made.Name);
        Assert.Equal(before + 1, (await ReadAsync(Shop("web-shop"))).Revisions.Count);
        Assert.Equal(1, Sandbox.WriteCount);
        Assert.Empty(Output.Warnings);
    }

    [Theory]
    [InlineData(SandboxFaultKind.ConnectionReset)]
    [InlineData(SandboxFaultKind.Timeout)]
    public async Task A_request_that_never_arrived_is_sent_again(SandboxFaultKind kind)
    {
        Sandbox.Inject(new SandboxFault { Kind = kind, Method = "PATCH", Times = 2 });

        Assert.Equal("web-shop--0000031", (await MakeAsync(Shop("web-shop"), s_image)).Name);
        Assert.Equal(32, (await ReadAsync(Shop("web-shop"))).Revisions.Count);
    }

    [Fact]
    public async Task What_is_unknown_is_said_to_be_unknown()
    {
        var dark = new SandboxFault { Kind = SandboxFaultKind.ConnectionReset, Times = int.MaxValue };
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionResetAfterWrite, Method = "PATCH", After = sandbox => sandbox.Inject(dark) });

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => MakeAsync(Shop("web-shop"), s_named));

        Assert.True(failure.OutcomeUnknown);
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Theory]
    [InlineData(300, null)]
    [InlineData(20, FailureKind.RevisionConflict)]
    public async Task A_busy_app_is_waited_for_as_long_as_was_allowed(int seconds, FailureKind? expected)
    {
        var draft = await DraftAsync(Shop("web-shop"), s_named);
        var end = Sandbox.Clock.GetUtcNow() + TimeSpan.FromMinutes(1);
        Busy(end);

        var failure = await Record.ExceptionAsync(() => Maker(TimeSpan.FromSeconds(seconds)).MakeAsync(draft, default));

        Assert.Equal(expected, (failure as ServiceRequestException)?.Kind);
        Assert.Equal(expected is null, (await ReadAsync(Shop("web-shop"))).Find("web-shop--nine") is not null);
        Assert.Equal(expected is null ? null : "op-1", (failure as ServiceRequestException)?.OperationId);

        void Busy(DateTimeOffset until) => Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.Status,
            Status = 409,
            Method = "PATCH",
            ErrorCode = "ContainerAppOperationInProgress",
            ErrorMessage = "Cannot modify a container app 'web-shop' because there is an active provisioning operation in progress. OperationId: 'op-1'",
            After = sandbox =>
            {
                if (sandbox.Clock.GetUtcNow() < until)
                {
                    Busy(until);
                }
            },
        });
    }

    [Theory]
    [InlineData("nine", "web-shop--nine")]
    [InlineData(null, "web-shop--0000031")]
    public async Task A_revision_that_Azure_writes_in_words_of_its_own_is_ours_once_it_was_accepted(string? suffix, string name)
    {
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.Status,
            Status = 200,
            Method = "GET",
            Path = $"{Shop("web-shop").Path}/revisions/{name}",
            Times = int.MaxValue,
            Body = $$$"""{ "name": "{{{name}}}", "properties": { "template": { "containers": [{ "name": "web-shop", "image": "docker.io/x:9" }] } } }""",
        });

        Assert.Equal(name, (await MakeAsync(Shop("web-shop"), s_image with { Suffix = suffix })).Name);
        Assert.Contains("containers[web-shop].image: contososhop.azurecr.io/x:9 -> docker.io/x:9", Assert.Single(Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task Reads_that_lag_behind_make_no_second_revision()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.StaleReads, Method = "PATCH", Duration = TimeSpan.FromSeconds(40) });

        Assert.Equal("web-shop--0000031", (await MakeAsync(Shop("web-shop"), s_image)).Name);
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task Another_revision_of_a_second_operator_is_told_and_kept_apart()
    {
        Interfere("web-shop", """{ "template": { "scale": { "maxReplicas": 3 } } }""");

        var made = await MakeAsync(Shop("web-shop"), s_image);

        Assert.Equal("web-shop--0000032", made.Name);
        Assert.Empty(TemplateComparer.Compare(await TemplateAsync(made.Id.App, made.Name), (await DraftAsync(Shop("web-shop"), s_named)).Template));
        Assert.Equal(["While revision 'web-shop--0000032' was made: revision 'web-shop--0000031' is new."], Output.Warnings);
    }

    [Fact]
    public async Task The_same_revision_of_a_second_operator_is_taken_and_told()
    {
        Interfere("web-shop", """{ "template": { "containers": [{ "name": "web-shop", "image": "contososhop.azurecr.io/x:9" }] } }""");

        Assert.Equal("web-shop--0000031", (await MakeAsync(Shop("web-shop"), s_image)).Name);
        Assert.Contains("was made by somebody else meanwhile", Assert.Single(Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(32, (await ReadAsync(Shop("web-shop"))).Revisions.Count);
    }

    [Fact]
    public async Task A_suffix_that_a_second_operator_takes_is_refused()
    {
        Interfere("web-shop", """{ "template": { "revisionSuffix": "nine", "scale": { "maxReplicas": 3 } } }""");

        await RefusesAsync(Shop("web-shop"), s_named, FailureKind.RevisionSuffixInUse, "maxReplicas");
    }

    [Theory]
    [InlineData("""{ "configuration": { "ingress": { "traffic": [{ "latestRevision": true, "weight": 100 }] } } }""", FailureKind.TrafficChanged)]
    [InlineData("""{ "configuration": { "activeRevisionsMode": "Single" } }""", FailureKind.RevisionChanged)]
    public async Task A_second_operator_who_would_let_the_new_revision_take_the_traffic_stops_it(string change, FailureKind kind)
    {
        Interfere("web-shop", change);

        await RefusesAsync(Shop("web-shop"), s_image, kind, "now");
        Assert.Null((await ReadAsync(Shop("web-shop"))).Find("web-shop--0000031"));
    }

    [Fact]
    public async Task Traffic_that_a_second_operator_moves_stays_moved_and_is_told()
    {
        Interfere("web-shop", """{ "configuration": { "ingress": { "traffic": [{ "revisionName": "web-shop--0000029", "weight": 100, "label": "old" }] } } }""");

        await MakeAsync(Shop("web-shop"), s_image);

        Assert.Equal("web-shop--0000029=100 (old)", Assert.Single((await ReadAsync(Shop("web-shop"))).App.Traffic).ToString());
        Assert.Contains("the traffic was [web-shop--0000030=100]", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pin_keeps_the_traffic_where_it_is_also_after_the_new_one_is_ready()
    {
        var made = await MakeAsync(Shop("api-catalog"), s_image with { PinTraffic = true }, wait: true);

        Assert.Equal((RevisionStage.Ready, 0), (made.Stage, made.EffectiveWeight));
        Assert.Equal("api-catalog--0000106=100", Assert.Single((await ReadAsync(Shop("api-catalog"))).App.Traffic).ToString());
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task In_single_mode_that_the_old_one_goes_down_is_meant()
    {
        var made = await MakeAsync(Shop("web-landing"), s_image, wait: true);

        Assert.Equal((RevisionStage.Active, 100), (made.Stage, made.EffectiveWeight));
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task A_label_is_put_on_by_a_second_patch_and_every_other_entry_stays()
    {
        var before = (await ReadAsync(Shop("web-checkout"))).App.Traffic;

        var made = await MakeAsync(Shop("web-checkout"), s_named with { Label = "test" });

        Assert.Equal(["test"], made.Labels);
        Assert.Equal([.. before, new TrafficEntry { RevisionName = "web-checkout--nine", Label = "test" }], (await ReadAsync(Shop("web-checkout"))).App.Traffic);
        Assert.Equal(2, Sandbox.WriteCount);
    }

    [Theory]
    [InlineData(SandboxFaultKind.ConnectionResetAfterWrite)]
    [InlineData(SandboxFaultKind.TimeoutAfterWrite)]
    public async Task A_label_whose_answer_was_lost_is_there_once(SandboxFaultKind kind)
    {
        Sandbox.Inject(new SandboxFault { Kind = kind, Method = "PATCH", Skip = 1 });

        var made = await MakeAsync(Shop("web-checkout"), s_named with { Label = "test" });

        Assert.Equal(["test"], made.Labels);
        Assert.Equal(2, Sandbox.WriteCount);
    }

    [Fact]
    public async Task A_label_that_somebody_takes_meanwhile_is_left_there_and_the_revision_is_given_out_with_an_error()
    {
        Sandbox.Inject(new SandboxFault
        {
            Method = "PATCH",
            Skip = 1,
            Before = _ => StartTraffic(Shop("web-checkout"), ("web-checkout--v2-14", 100, "stable"), ("web-checkout--v2-13", 0, "test")),
        });

        var made = await MakeAsync(Shop("web-checkout"), s_named with { Label = "test" });

        Assert.Equal("web-checkout--nine", made.Name);
        var failure = Assert.Single(Output.Failures);
        Assert.Equal(FailureKind.DuplicateLabel, failure.Kind);
        Assert.Contains("'web-checkout--nine' is there", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_force_a_label_moves_and_no_weight_does()
    {
        var made = await MakeAsync(Shop("web-checkout"), s_named with { Label = "canary", Force = true });

        Assert.Equal(["canary"], made.Labels);
        Assert.Equal([90, 10, 0, 0], (await ReadAsync(Shop("web-checkout"))).App.Traffic.Select(entry => entry.Weight));
    }

    [Fact]
    public async Task Run_again_the_same_revision_is_given_out_and_nothing_is_sent()
    {
        var request = s_named with { ReuseIfSame = true, Label = "test" };
        await MakeAsync(Shop("web-shop"), request, wait: true);
        var writes = Sandbox.WriteCount;

        var draft = await DraftAsync(Shop("web-shop"), request);
        var again = await MakeAsync(Shop("web-shop"), request);

        Assert.True(draft.IsDone);
        Assert.Equal("web-shop--nine", again.Name);
        Assert.Equal(writes, Sandbox.WriteCount);
    }

    [Fact]
    public async Task Run_again_after_the_label_was_lost_the_label_is_put_on()
    {
        await MakeAsync(Shop("web-shop"), s_named, wait: true);

        var again = await MakeAsync(Shop("web-shop"), s_named with { ReuseIfSame = true, Label = "test" });

        Assert.Equal(["test"], again.Labels);
    }

    [Fact]
    public async Task An_inactive_revision_that_is_the_same_is_taken_as_it_is_and_told()
    {
        await MakeAsync(Shop("web-shop"), s_named, wait: true);
        await Azure.DeactivateRevisionAsync(new RevisionId(Shop("web-shop"), "web-shop--nine"), default);
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));
        var request = s_named with { ReuseIfSame = true };

        var again = await MakeAsync(Shop("web-shop"), request, wait: true);

        Assert.Equal(RevisionStage.Inactive, again.Stage);
        Assert.Contains("Set-AcaRevisionState Active", Assert.Single(DraftText.Warnings(await DraftAsync(Shop("web-shop"), request), waits: true)), StringComparison.Ordinal);
        Assert.Equal(2, Sandbox.WriteCount);
    }

    [Fact]
    public async Task A_revision_that_fails_is_an_error_and_given_out()
    {
        var missing = new TemplateChange { Images = new Dictionary<string, string> { [""] = "contososhop.azurecr.io/x:9-missing" } };

        var made = await MakeAsync(Shop("web-shop"), new RevisionRequest { Suffix = "bad", Change = missing }, wait: true);

        Assert.Equal(("web-shop--bad", RevisionStage.Failed), (made.Name, made.Stage));
        Assert.Contains("web-shop--bad", Assert.Single(Output.Failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_that_is_given_up_gives_out_what_was_seen_last()
    {
        var stuck = new TemplateChange { Images = new Dictionary<string, string> { [""] = "contososhop.azurecr.io/x:9-stuck" } };
        var draft = await DraftAsync(Shop("web-shop"), new RevisionRequest { Suffix = "stuck", Change = stuck });
        var path = new RevisionId(Shop("web-shop"), "web-shop--stuck").Path;
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.SecondOperator,
            Method = "GET",
            Path = path,
            Skip = 3,
            Intervention = new SandboxIntervention { Method = "POST", Path = path + "/deactivate" },
        });

        await Maker(TimeSpan.FromMinutes(2), wait: true).MakeAsync(draft, default);

        Assert.Equal(FailureKind.RevisionWaitTimeout, Assert.Single(Output.Failures).Kind);
        var made = Assert.Single(Output.Results<Revision>());
        Assert.Equal(("web-shop--stuck", false, RevisionStage.Inactive), (made.Name, made.Active, made.Stage));
    }

    [Fact]
    public async Task With_a_wait_the_label_comes_after_it()
    {
        var writesBeforeReady = -1;
        var draft = await DraftAsync(Shop("web-checkout"), s_named with { Label = "canary", Force = true });
        Sandbox.Inject(new SandboxFault
        {
            Method = "PATCH",
            Skip = 1,
            Before = sandbox => writesBeforeReady = ReadAsync(Shop("web-checkout")).Result.Find("web-checkout--nine")!.Stage == RevisionStage.Ready ? 1 : 0,
        });

        await Maker(TimeSpan.FromMinutes(10), wait: true).MakeAsync(draft, default);

        Assert.Equal(1, writesBeforeReady);
        Assert.Equal(["canary"], Output.Results<Revision>()[^1].Labels);
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task A_label_in_use_stays_where_it_is_when_the_new_revision_fails()
    {
        var missing = new TemplateChange { Images = new Dictionary<string, string> { [""] = "contososhop.azurecr.io/x:9-missing" } };
        var before = (await ReadAsync(Shop("web-checkout"))).App.Traffic;

        var made = await MakeAsync(Shop("web-checkout"), new RevisionRequest { Suffix = "bad", Change = missing, Label = "stable", Force = true }, wait: true);

        Assert.Equal((RevisionStage.Failed, 0), (made.Stage, made.Labels.Count));
        Assert.Equal(before, (await ReadAsync(Shop("web-checkout"))).App.Traffic);
        Assert.Contains("'stable' stays on 'web-checkout--v2-14'", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stable", false, true)]
    [InlineData("stable", true, false)]
    [InlineData("test", false, false)]
    public async Task That_a_host_in_use_moves_to_what_is_not_ready_is_said(string label, bool waits, bool isSaid)
    {
        var warnings = DraftText.Warnings(await DraftAsync(Shop("web-checkout"), s_named with { Label = label, Force = true }), waits);

        Assert.Equal(isSaid, warnings.Any(warning => warning.Contains("moves from 'web-checkout--v2-14' to a revision that is not ready yet", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_live_label_does_not_go_to_a_revision_that_is_there_and_down()
    {
        await MakeAsync(Shop("web-checkout"), s_named, wait: true);
        await Azure.DeactivateRevisionAsync(new RevisionId(Shop("web-checkout"), "web-checkout--nine"), default);
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));
        var writes = Sandbox.WriteCount;

        await RefusesAsync(Shop("web-checkout"), s_named with { ReuseIfSame = true, Label = "stable", Force = true }, FailureKind.TrafficTargetInactive, "would be dead");

        Assert.Equal(writes, Sandbox.WriteCount);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task With_force_a_label_is_taken_from_the_holder_that_was_named_and_from_no_other(int skip, int made)
    {
        Sandbox.Inject(new SandboxFault { Method = "PATCH", Skip = skip, Before = _ => StartTraffic(Shop("web-checkout"), ("web-checkout--v2-14", 100, "stable"), ("web-checkout--v2-13", 0, "canary")) });

        var failure = await Record.ExceptionAsync(() => MakeAsync(Shop("web-checkout"), s_named with { Label = "canary", Force = true })) as RevisionToolsException
            ?? Assert.Single(Output.Failures);

        Assert.Equal(FailureKind.TrafficChanged, failure.Kind);
        Assert.Contains("was on 'web-checkout--v2-15' and is on 'web-checkout--v2-13' now", failure.Message, StringComparison.Ordinal);
        Assert.Equal(made, Output.Results<Revision>().Count);
    }

    [Fact]
    public async Task A_pin_is_sent_for_a_revision_that_is_there_already()
    {
        var request = s_named with { ReuseIfSame = true, PinTraffic = true };
        await MakeAsync(Shop("api-catalog"), s_named);
        var draft = await DraftAsync(Shop("api-catalog"), request);

        Assert.False(draft.IsDone);
        Assert.Contains("\"Pin traffic\"", DraftText.Operation(draft), StringComparison.Ordinal);
        Assert.Contains("[latest=100] -> [api-catalog--0000106=100]", DraftText.Operation(draft), StringComparison.Ordinal);

        var made = await MakeAsync(Shop("api-catalog"), request, wait: true);

        Assert.Equal(("api-catalog--nine", 0), (made.Name, made.EffectiveWeight));
        Assert.Equal("api-catalog--0000106=100", Assert.Single((await ReadAsync(Shop("api-catalog"))).App.Traffic).ToString());
        Assert.True((await DraftAsync(Shop("api-catalog"), request)).IsDone);
    }

    [Fact]
    public async Task A_pin_is_not_put_on_another_revision_than_was_agreed_to()
    {
        await MakeAsync(Shop("api-catalog"), s_named);
        var draft = await DraftAsync(Shop("api-catalog"), s_named with { ReuseIfSame = true, PinTraffic = true });
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(5));

        await Maker(TimeSpan.FromMinutes(10)).MakeAsync(draft, default);

        Assert.Equal(FailureKind.TrafficChanged, Assert.Single(Output.Failures).Kind);
    }

    [Fact]
    public async Task That_a_revision_that_is_there_will_take_the_traffic_over_is_said_until_it_has()
    {
        var request = s_named with { ReuseIfSame = true };
        await MakeAsync(Shop("api-catalog"), s_named);

        Assert.Contains("takes over 100 %", Assert.Single(DraftText.Warnings(await DraftAsync(Shop("api-catalog"), request), waits: true)), StringComparison.Ordinal);

        Sandbox.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(DraftText.Warnings(await DraftAsync(Shop("api-catalog"), request), waits: true));
    }

    public static TheoryData<string, string, FailureKind, string> Refusals => new()
    {
        { "web-shop", "bad suffix", FailureKind.InvalidRevisionSuffix, "'bad-suffix' would do" },
        { "web-shop", "in use", FailureKind.RevisionSuffixInUse, "There is a revision 'web-shop--p7c3m1q' already" },
        { "api-catalog", "inactive in use", FailureKind.RevisionSuffixInUse, "There is a revision 'api-catalog--h1n6s8c' already" },
        { "web-shop", "reuse another", FailureKind.RevisionSuffixInUse, "and is another: containers[web-shop].image" },
        { "web-shop", "reuse what", FailureKind.InvalidRevisionSuffix, "give -Suffix or -SuffixFrom" },
        { "web-shop", "two suffixes", FailureKind.InvalidRevisionSuffix, "give one of them" },
        { "web-shop", "nothing", FailureKind.InvalidTemplateChange, "Nothing would differ" },
        { "web-shop", "secret", FailureKind.InvalidTemplateChange, "secret 'gone'" },
        { "web-shop", "no such source", FailureKind.RevisionNotFound, "web-shop--nobody" },
        { "web-checkout", "taken label", FailureKind.DuplicateLabel, "'web-checkout--v2-14'" },
        { "web-checkout", "bad label", FailureKind.InvalidLabel, "Bad Label" },
        { "web-landing", "taken label", FailureKind.MultipleModeRequired, "single-revision mode" },
        { "web-landing", "pin", FailureKind.MultipleModeRequired, "cannot be pinned" },
        { "orders-worker", "taken label", FailureKind.IngressRequired, "no ingress" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_cannot_be_is_refused_before_any_write(string app, string which, FailureKind kind, string message)
    {
        Dictionary<string, RevisionRequest> requests = new()
        {
            ["bad suffix"] = s_image with { Suffix = "Bad_Suffix" },
            ["in use"] = s_image with { Suffix = "p7c3m1q" },
            ["inactive in use"] = s_image with { Suffix = "h1n6s8c" },
            ["reuse another"] = s_image with { Suffix = "p7c3m1q", ReuseIfSame = true },
            ["reuse what"] = s_image with { ReuseIfSame = true },
            ["two suffixes"] = s_named with { SuffixFrom = "x" },
            ["nothing"] = new(),
            ["secret"] = new() { Change = new TemplateChange { EnvironmentVariables = new Dictionary<string, string> { ["A"] = "secretref:gone" } } },
            ["no such source"] = s_image with { From = "nobody" },
            ["taken label"] = s_named with { Label = "stable" },
            ["bad label"] = s_named with { Label = "Bad Label" },
            ["pin"] = s_named with { PinTraffic = true },
        };

        await RefusesAsync(app == "orders-worker" ? Data(app) : Shop(app), requests[which], kind, message);
        Assert.Equal(0, Sandbox.WriteCount);
    }

    [Fact]
    public async Task A_registry_that_the_app_no_longer_has_is_named_unless_forced()
    {
        await Azure.UpdateAppAsync(Shop("web-shop"), Json("""{ "properties": { "configuration": { "registries": [{ "server": "other.azurecr.io", "identity": "system" }] } } }"""), TimeSpan.MaxValue, default);

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => DraftAsync(Shop("web-shop"), s_named));

        Assert.Equal(FailureKind.InvalidTemplateChange, failure.Kind);
        Assert.Contains("registry 'contososhop.azurecr.io'", failure.Message, StringComparison.Ordinal);
        Assert.Equal("web-shop--nine", (await DraftAsync(Shop("web-shop"), s_named with { Force = true })).FullName);
    }

    [Fact]
    public async Task A_function_app_keeps_its_rules_to_the_platform()
    {
        Assert.Equal("func-invoices--nine", (await MakeAsync(Data("func-invoices"), s_sized)).Name);
    }

    private async Task<RevisionDraft> DraftAsync(ContainerAppId app, RevisionRequest request) =>
        await new RevisionDrafter(Azure).DraftAsync(new AppScope(app.SubscriptionId, app.ResourceGroupName, app.Name), request, default);

    private async Task<Revision> MakeAsync(ContainerAppId app, RevisionRequest request, bool wait = false)
    {
        var draft = await DraftAsync(app, request);
        await Maker(TimeSpan.FromMinutes(10), wait).MakeAsync(draft, default);
        return Output.Results<Revision>()[^1];
    }

    private RevisionMaker Maker(TimeSpan timeout, bool wait = false) =>
        new(Azure, new RevisionMakerOptions { Wait = wait, Timeout = timeout, Random = new Random(1) }, Output);

    private async Task RefusesAsync(ContainerAppId app, RevisionRequest request, FailureKind kind, string message)
    {
        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => MakeAsync(app, request));

        Assert.Equal(kind, failure.Kind);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    private void Interfere(string app, string properties) => Sandbox.Inject(new SandboxFault
    {
        Kind = SandboxFaultKind.SecondOperator,
        Method = "PATCH",
        Intervention = new SandboxIntervention { Method = "PATCH", Path = Shop(app).Path, Body = $$"""{ "properties": {{properties}} }""" },
    });

    private async Task<JsonObject> TemplateAsync(ContainerAppId app, string name) =>
        (await Azure.GetRevisionDocumentAsync(new RevisionId(app, name), default)).Template;

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;
}
