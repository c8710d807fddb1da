using System.Text.Json.Nodes;
using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Traffic;

namespace RevisionTools.Templates;

/// <summary>A revision that is to be made, worked out on what was read: its template, its name, and what else will come of it.</summary>
internal sealed class RevisionDraft
{
    private readonly RevisionRequest _request;
    private readonly HashSet<string> _known;

    /// <exception cref="RevisionToolsException">What was asked for cannot be, or Azure would refuse it.</exception>
    public RevisionDraft(AppState state, RevisionDocument source, RevisionRequest request)
    {
        State = state;
        Source = source.Revision.Name;
        _request = request;
        _known = state.Snapshot.Revisions.Select(revision => revision.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Suffix = SuffixOf(state.App.Name, request);
        Template = WithEmptyValues(request.Change.ApplyTo(source.Template));

        // What the app's template says of the suffix is that of its newest revision: left alone, Azure would refuse it as taken.
        Template["revisionSuffix"] = Suffix;
        Existing = FullName is null ? null : state.Snapshot.Find(FullName);
        LabelHolder = request.Label is { } label ? PutLabelEdit.HolderOf(App, label, FullName) : null;
        Differences = TemplateComparer.Compare(state.Document.Template, Template);
        Unheeded = [.. request.Change.NotThere(source.Template)];
        Check();
    }

    public AppState State { get; }

    public ContainerApp App => State.App;

    /// <summary>The revision that it is made from.</summary>
    public string Source { get; }

    /// <summary>The revision that most requests go to, where nobody named one to start from and the newest that is ready gets none: it may have been given up.</summary>
    public Revision? ServingInstead => _request.From is not null || State.Snapshot.Find(Source) is not { EffectiveWeight: 0 }
        ? null
        : State.Snapshot.Serving;

    /// <summary>What feeds the revision that it is made from at any weight, and will feed it too.</summary>
    public IReadOnlyList<EventConsumer> Consumers => State.Snapshot.Find(Source)?.EventConsumers ?? [];

    public string? Suffix { get; }

    /// <summary>The name that it will have; null where Azure numbers it.</summary>
    public string? FullName => Suffix is null ? null : RevisionNames.Full(App.Name, Suffix);

    /// <summary>The whole template.</summary>
    public JsonObject Template { get; }

    /// <summary>A revision that has the name already, and is taken where it is the same.</summary>
    public Revision? Existing { get; }

    public string? Label => _request.Label;

    /// <summary>The target that the label is taken from; null where it is on none, or stands on the revision already.</summary>
    public string? LabelHolder { get; }

    public bool PutsLabel => Label is { } label && (Existing is null || !App.Traffic.Any(entry => entry.HasLabel(label) && entry.IsTo(Existing.Name)));

    /// <summary>How the template differs from the one that the app has now.</summary>
    public IReadOnlyList<RevisionDifference> Differences { get; }

    /// <summary>Environment variables that were to be removed and are not there.</summary>
    public IReadOnlyList<string> Unheeded { get; }

    /// <summary>Whether the revision is there with its label, and the traffic as it should be, so that nothing is to be sent.</summary>
    public bool IsDone => Existing is not null && !PutsLabel && !PinsTraffic;

    public bool PinsTraffic => _request.PinTraffic && TrafficPin.IsOpen(App.Traffic);

    /// <summary>Whether Azure will send the revision requests as soon as it is ready, though nobody has moved them.</summary>
    public bool MovesTraffic => !App.IsSingleMode && !_request.PinTraffic && TrafficPin.IsOpen(App.Traffic) && (Existing is null || IsNextInLine(Existing));

    /// <summary>Whether the revision was not there when this was worked out.</summary>
    public bool IsNew(string revisionName) => !_known.Contains(revisionName);

    /// <summary>The table with what gets the requests now named.</summary>
    public static IReadOnlyList<TrafficEntry> Pinned(ContainerApp app) => TrafficPin.To(app.Traffic, app.LatestReadyRevisionName
        ?? throw Refusal(app, FailureKind.TrafficTargetNotReady, $"The app '{app.Name}' has no revision that is ready, so there is none to pin the traffic to."));

    /// <summary>The one patch that makes the revision out of what the app is at that moment.</summary>
    /// <exception cref="RevisionToolsException">What was agreed to no longer fits.</exception>
    public JsonObject PatchOf(AppState state)
    {
        if (!string.Equals(state.App.RevisionMode, App.RevisionMode, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal(state.App, FailureKind.RevisionChanged, $"The app '{App.Name}' was in {App.RevisionMode} mode and is in {state.App.RevisionMode} mode now.");
        }

        if (!App.IsSingleMode && !_request.PinTraffic && TrafficPin.IsOpen(state.App.Traffic) && !TrafficPin.IsOpen(App.Traffic))
        {
            throw Refusal(
                state.App, FailureKind.TrafficChanged, $"The traffic of '{App.Name}' follows the newest revision now, and did not: a new one would take it over. -PinTraffic prevents that.");
        }

        CheckReferences(state.Document.Json);
        CheckLabel(state.Snapshot);
        JsonObject properties = new() { ["template"] = MergePatch.Whole(Template, state.Document.Template) };
        if (_request.PinTraffic && TrafficPin.IsOpen(state.App.Traffic))
        {
            properties["configuration"] = new JsonObject { ["ingress"] = new JsonObject { ["traffic"] = TrafficPatch.Array(PinnedAsAgreed(state)) } };
        }

        return new JsonObject { ["properties"] = properties };
    }

    /// <summary>The patch that names what gets the requests, for a revision that is there already; null when none is needed.</summary>
    /// <exception cref="RevisionToolsException">What was agreed to no longer fits.</exception>
    public JsonObject? PinOf(AppState state) =>
        PinsTraffic && TrafficPin.IsOpen(state.App.Traffic) ? TrafficPatch.Of(PinnedAsAgreed(state)) : null;

    /// <summary>The patch that puts the label on the revision; null when none is needed.</summary>
    /// <exception cref="RevisionToolsException">What was agreed to no longer fits, or the label's host would be dead.</exception>
    public JsonObject? LabelOf(AppState state, string revisionName)
    {
        if (Label is not { } label)
        {
            return null;
        }

        var table = new PutLabelEdit(label, revisionName, AllowedHolder).Apply(state.Snapshot);
        return TableDifferences.IsSame(state.App.Traffic, table) ? null : TrafficPatch.Of(table);
    }

    /// <summary>Whether a revision is the one that is wanted. Its name does not count.</summary>
    public bool IsMadeFrom(JsonObject template) => TemplateComparer.AreSame(Template, template);

    public RevisionToolsException SuffixInUse(string revisionName, JsonObject? template)
    {
        var why = template is null ? "" : $", and is another: {string.Join("; ", TemplateComparer.Compare(template, Template).Take(3).Select(difference => difference.Message))}";
        return Refusal(App, FailureKind.RevisionSuffixInUse, $"There is a revision '{revisionName}' already{why}. Azure takes a suffix once only.");
    }

    private void Check()
    {
        if (Existing is not null && !_request.ReuseIfSame)
        {
            throw SuffixInUse(Existing.Name, null);
        }

        CheckLabel(State.Snapshot);
        CheckScaleRules();
        CheckReferences(State.Document.Json);
        if (_request.PinTraffic)
        {
            CheckPin();
        }

        if (Suffix is null && Differences.Count == 0)
        {
            throw Refusal(
                App, FailureKind.InvalidTemplateChange,
                $"Nothing would differ from the template that '{App.Name}' has now, and of an unchanged template Azure makes no revision. A -Suffix of its own makes one all the same.");
        }
    }

    private string? AllowedHolder => _request.Force ? LabelHolder : null;

    /// <summary>Makes sure, before anything is written, that the label can be put on.</summary>
    private void CheckLabel(AppSnapshot snapshot)
    {
        if (Label is not { } label)
        {
            return;
        }

        LabelRules.RequireForm(label);
        TrafficEdit.RequireSplit(snapshot.App);
        if (!string.Equals(snapshot.App.RevisionMode, RevisionModes.Multiple, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal(
                snapshot.App,
                FailureKind.MultipleModeRequired,
                $"The app '{App.Name}' is in {snapshot.App.RevisionMode} mode, in which the service itself puts a label on what is new.");
        }

        if (Existing is { } existing)
        {
            new PutLabelEdit(label, existing.Name, AllowedHolder).Apply(snapshot);
        }
        else
        {
            PutLabelEdit.RequireFree(snapshot.App, label, FullName, AllowedHolder);
        }
    }

    /// <summary>The newest, which is coming up and is not what gets the requests yet.</summary>
    private bool IsNextInLine(Revision revision) =>
        revision.IsStanding && Names.Same(App.LatestRevisionName, revision.Name) && !Names.Same(App.LatestReadyRevisionName, revision.Name);

    private IReadOnlyList<TrafficEntry> PinnedAsAgreed(AppState state) => !PinsTraffic || Names.Same(state.App.LatestReadyRevisionName, App.LatestReadyRevisionName)
        ? TrafficEdit.ToSend(Pinned(state.App), state.Snapshot)
        : throw TrafficFailure.Changed(
            state.App, $"The traffic of '{App.Name}' went to '{App.LatestReadyRevisionName}' and goes to '{state.App.LatestReadyRevisionName}' now.");

    private void CheckPin()
    {
        if (!App.IngressEnabled)
        {
            throw Refusal(App, FailureKind.IngressRequired, $"The app '{App.Name}' has no ingress, so there is no traffic to pin; its new revision takes part in the work as soon as it is up.");
        }

        if (App.IsSingleMode)
        {
            throw Refusal(App, FailureKind.MultipleModeRequired, $"The app '{App.Name}' is in Single mode: the platform moves the traffic, and it cannot be pinned.");
        }

        if (TrafficPin.IsOpen(App.Traffic))
        {
            Pinned(App);
        }
    }

    /// <summary>Azure makes the rules of a function app itself (ARM-FACTS 6 and 8).</summary>
    private void CheckScaleRules()
    {
        var overrides = Template["scale"]?["allowScalingRuleOverride"] is JsonValue value && value.TryGetValue(out bool flag) && flag;
        if (App.IsFunctionApp && !overrides && TemplateJson.Objects(Template["scale"]?["rules"]).Any())
        {
            throw Refusal(
                App, FailureKind.InvalidTemplateChange, $"The template of '{Source}' has scale rules, and '{App.Name}' is a function app, whose rules Azure makes out of its triggers.");
        }
    }

    private void CheckReferences(JsonObject app)
    {
        var missing = TemplateReferences.MissingSecrets(Template, app).Select(name => $"secret '{name}'")
            .Concat(_request.Force ? [] : TemplateReferences.MissingRegistries(Template, app).Select(server => $"registry '{server}'")).ToList();
        if (missing.Count > 0)
        {
            throw Refusal(
                App, FailureKind.InvalidTemplateChange,
                $"The template refers to what '{App.Name}' does not have: {string.Join(", ", missing)}. Azure would refuse the revision, or could not start it.");
        }
    }

    private static string? SuffixOf(string appName, RevisionRequest request)
    {
        if (request.Suffix is not null && request.SuffixFrom is not null)
        {
            throw new RevisionToolsException(FailureKind.InvalidRevisionSuffix, "-Suffix says the suffix and -SuffixFrom what to make one of: give one of them.");
        }

        if (request.ReuseIfSame && request.Suffix is null && request.SuffixFrom is null)
        {
            throw new RevisionToolsException(FailureKind.InvalidRevisionSuffix, "-ReuseIfSame looks for a revision by its suffix: give -Suffix or -SuffixFrom.");
        }

        var suffix = request.SuffixFrom is { } text ? RevisionSuffix.Make(appName, text) : request.Suffix;
        if (suffix is not null)
        {
            RevisionSuffix.Check(appName, suffix);
        }

        return suffix;
    }

    /// <summary>Azure leaves an empty value out of what it answers, and takes a variable without a value for a mistake.</summary>
    private static JsonObject WithEmptyValues(JsonObject template)
    {
        var containers = TemplateJson.Objects(template["containers"]).Concat(TemplateJson.Objects(template["initContainers"]));
        foreach (var variable in containers.SelectMany(container => TemplateJson.Objects(container["env"])))
        {
            if (variable["secretRef"] is null)
            {
                variable["value"] ??= "";
            }
        }

        return template;
    }

    private static RevisionToolsException Refusal(ContainerApp app, FailureKind kind, string message) => new(kind, message) { ResourceId = app.ResourceId };
}
