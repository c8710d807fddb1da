using System.Globalization;
using System.Text.Json.Nodes;
using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns.Fleet;

/// <summary>Draws one app of any sort that the sandbox can make, also sorts that are seldom.</summary>
internal sealed class RandomApp(Random random, string name)
{
    private static readonly string[] s_labels = ["blue", "green", "rescue"];
    private static readonly string[] s_unheard = ["Rebalancing", "Degraded", "Stopped"];

    private readonly int _count = random.Next(3, 10);
    private readonly bool _isTidy = random.In100(15);
    private readonly bool _hasDeadNewest = random.In100(34);
    private readonly bool _isHeadless = random.In100(12);
    private readonly bool _consumes = random.In100(30);
    private readonly bool _isFunctionApp = random.In100(8);
    private string[] _names = [];

    public ScenarioApp Draw()
    {
        var mode = random.Of("Single", "Labels", "Multiple", "Multiple", "Multiple", "Multiple", "Multiple", "Multiple");
        var hasIngress = random.In100(85);
        var age = random.Span(TimeSpan.FromMinutes(1), TimeSpan.FromDays(3));
        var suffixes = random.In100(50) ? "v" : "000000";
        _names = [.. Enumerable.Range(0, _count).Select(index => string.Create(CultureInfo.InvariantCulture, $"{name}--{suffixes}{index}"))];
        var ages = new TimeSpan[_count];
        for (var index = _count - 1; index >= 0; index--)
        {
            ages[index] = age;
            age += random.Span(TimeSpan.FromMinutes(2), TimeSpan.FromHours(30));
        }

        ScenarioRevision[] revisions = [.. Enumerable.Range(0, _count).Select(index => Revision(index, ages[index]))];
        var couldBeReady = Enumerable.Range(0, _count).Where(index => revisions[index].Outcome == StartOutcome.Ready).ToList();
        var configuration = ArmParts.Configuration(
            mode, hasIngress ? ArmParts.Ingress(80, Traffic(mode)) : null, random.In100(5) ? $$"""{"enabled":true,"appId":"{{name}}"}""" : null);
        if (random.In100(40))
        {
            configuration["maxInactiveRevisions"] = random.Of(1, 2, 3, 100);
        }

        return new ScenarioApp
        {
            // Paths escape the one and not the other.
            ResourceGroup = name == "app1" ? "rg(größe)" : "rg-runs",
            Name = name,
            Kind = _isFunctionApp ? "functionapp" : null,
            Configuration = configuration,
            Template = ArmParts.Template(name, $"contoso.azurecr.io/{name}:1"),
            LatestReadyRevisionName = random.In100(25) && couldBeReady.Count > 0 ? _names[random.Of(couldBeReady)] : null,
            Revisions = revisions,
            State = random.In100(20)
                ? new ScenarioAppState { RevisionsMade = _count, Writes = 0, PurgeDue = Ahead(TimeSpan.FromMinutes(10)) }
                : null,
        };
    }

    private ScenarioRevision Revision(int index, TimeSpan age)
    {
        var isNewest = index == _count - 1;
        var isUp = _isHeadless && isNewest ? false : _isTidy ? index >= _count - 2 : random.In100(isNewest ? 88 : 82);
        var revision = new ScenarioRevision
        {
            Name = _names[index],
            Image = string.Create(CultureInfo.InvariantCulture, $"contoso.azurecr.io/{random.Of("one", "two")}:{index}"),
            CreatedTime = ScenarioTime.Ago(age),
            Active = isUp,
            LastActiveTime = isUp ? null : ScenarioTime.Ago(age / 2),
            Template = _consumes && random.In100(85) ? Rules() : null,
            Functions = _isFunctionApp ? Functions() : null,
        };
        if (!isUp)
        {
            return revision with { Outcome = !_isHeadless && random.In100(10) ? StartOutcome.ContainerCrashes : StartOutcome.Ready };
        }

        if (isNewest && _hasDeadNewest)
        {
            return revision with { Outcome = random.Of(StartOutcome.ContainerCrashes, StartOutcome.ImagePullFails, StartOutcome.Degrades, StartOutcome.NeverReady) };
        }

        return random.Next(100) switch
        {
            < 76 => revision with { Replicas = random.Next(3) },
            < 84 => revision with { RunningState = random.Of(s_unheard), Replicas = random.Next(2) },
            < 91 => revision with { Outcome = random.Of(StartOutcome.ContainerCrashes, StartOutcome.ImagePullFails, StartOutcome.Degrades) },
            < 93 => revision with { Outcome = StartOutcome.NeverReady },
            < 97 => revision with { State = Passing(RevisionPhase.Activating) },
            _ => revision with { State = Passing(RevisionPhase.Deprovisioning) },
        };
    }

    private ScenarioFunction[] Functions() =>
    [
        .. random.Of<string[]>([], ["Accept"], ["Accept", "Process"], ["Process"], ["Process", "CleanUp"]).Select(function => new ScenarioFunction
        {
            Name = function,
            TriggerType = function switch
            {
                "Accept" => "httpTrigger",
                "Process" => "serviceBusTrigger",
                _ => "timerTrigger",
            },
            IsDisabled = random.In100(10),
        }),
    ];

    private JsonObject Rules()
    {
        var queues = random.Of<string[]>(["q1"], ["q1"], ["q1", "q2"], ["q2"]);
        return new JsonObject
        {
            ["scale"] = new JsonObject
            {
                ["rules"] = new JsonArray([.. queues.Select(queue => JsonNode.Parse(
                    $$$"""{"name":"{{{queue}}}","custom":{"type":"azure-servicebus","metadata":{"queueName":"{{{queue}}}","namespace":"contoso","messageCount":"5"} } }"""))]),
            },
        };
    }

    private JsonObject[]? Traffic(string mode)
    {
        if (mode == "Single" || random.In100(_isHeadless ? 60 : 15))
        {
            return null;
        }

        List<JsonObject> entries = random.Next(_hasDeadNewest && random.In100(40) ? 3 : 6) switch
        {
            0 or 1 => [ArmParts.ToLatest(100)],
            2 => [ArmParts.ToLatest(50), ArmParts.To(_names[random.Next(_count)], 50)],
            3 => [ArmParts.To(_names[random.Next(_count)], 90), ArmParts.To(_names[random.Next(_count)], 10)],
            _ => [ArmParts.To(_names[random.Next(_count)], 100)],
        };
        for (var label = 0; label < s_labels.Length; label++)
        {
            if (random.In100(mode == "Labels" ? 60 : 18))
            {
                entries.Add(ArmParts.To(_names[random.Next(_count)], 0, s_labels[label]));
            }
        }

        return [.. entries];
    }

    private ScenarioRevisionState Passing(RevisionPhase phase) => new()
    {
        Phase = phase,
        Since = ScenarioTime.Ago(TimeSpan.FromSeconds(10)),
        Until = Ahead(TimeSpan.FromSeconds(60)),
        ReadyTime = Ahead(TimeSpan.FromSeconds(60)),
        WasReady = true,
    };

    private ScenarioTime Ahead(TimeSpan most) => ScenarioTime.Ago(-random.Span(TimeSpan.FromSeconds(1), most));
}
