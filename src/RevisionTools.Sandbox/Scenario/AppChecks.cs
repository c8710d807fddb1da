namespace RevisionTools.Sandbox;

/// <summary>What an app of a scenario must keep to.</summary>
internal sealed class AppChecks(ScenarioApp app, string path, DateTimeOffset? time)
{
    // Where no time is given all times are relative, and only their order counts.
    private readonly DateTimeOffset _start = time ?? new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    internal void Check()
    {
        ScenarioChecks.Require(app.Location.Length > 0, path + ".location", "the region is empty");
        RequireTime(app.CreatedAt, path + ".createdAt");
        RequireTime(app.LastModifiedAt, path + ".lastModifiedAt");
        if (app.Template is { } template)
        {
            TemplateChecks.Check(template, path + ".template");
        }

        WorkChecks.Check(app, path);
        for (var index = 0; index < app.Revisions.Count; index++)
        {
            CheckRevision(index);
        }

        if (app.LatestReadyRevisionName is { } ready)
        {
            ScenarioChecks.Require(IsKnown(ready), path + ".latestReadyRevisionName", $"there is no revision '{ready}'");
        }

        if (app.Configuration is { } configuration)
        {
            new ConfigurationChecks(configuration, path + ".configuration", IsKnown).Check();
        }

        if (app.State is { } state)
        {
            CheckState(state);
        }
    }

    /// <summary>A name in the app's own fields may be that of a purged revision, where some were.</summary>
    private bool IsKnown(string name) =>
        _names.Contains(name) || (app.HasPurged && name.StartsWith(app.Name + "--", StringComparison.OrdinalIgnoreCase));

    private void CheckRevision(int index)
    {
        var revision = app.Revisions[index];
        var where = $"{path}.revisions[{index}]";
        ScenarioChecks.Require(revision.Name is null != revision.Suffix is null, where, "either name or suffix is expected");
        var name = revision.FullName(app.Name);
        var field = where + (revision.Name is null ? ".suffix" : ".name");
        var start = app.Name + "--";
        ScenarioChecks.Require(
            name.StartsWith(start, StringComparison.Ordinal) && name.Length > start.Length, field, $"'{name}' does not begin with '{start}'");
        ScenarioChecks.Require(_names.Add(name), field, $"the app has a revision '{name}' already");
        RequireTime(revision.CreatedTime, where + ".createdTime");
        RequireTime(revision.LastActiveTime, where + ".lastActiveTime");
        ScenarioChecks.Require(
            index == 0 || Moment(revision.CreatedTime) >= Moment(app.Revisions[index - 1].CreatedTime),
            where + ".createdTime",
            "it is older than the revision before; the oldest comes first");
        ScenarioChecks.Require(
            revision.LastActiveTime is not { } last || Moment(last) >= Moment(revision.CreatedTime),
            where + ".lastActiveTime",
            "it lies before createdTime");
        ScenarioChecks.Require(
            revision.Replicas is null or (>= 0 and <= TemplateChecks.MostReplicas),
            where + ".replicas",
            $"0 to {TemplateChecks.MostReplicas} is expected");
        ScenarioChecks.Require(
            revision.Active || revision.Replicas is null or 0, where + ".replicas", "an inactive revision has no replicas");
        ScenarioChecks.Require(
            revision.Active || revision.RunningState is null, where + ".runningState", "an inactive revision is Stopped");
        CheckTemplate(revision, where);
        if (revision.State is { } state)
        {
            CheckState(revision, state, where + ".state");
        }
    }

    private void CheckTemplate(ScenarioRevision revision, string where)
    {
        if (revision.Template is { } template)
        {
            TemplateChecks.Check(template, where + ".template");
        }

        ScenarioChecks.Require(
            revision.Image is null or { Length: > 0 }, where + ".image", "the image is empty");
        ScenarioChecks.Require(
            revision.Image is not null || (TemplateChecks.HasImage(revision.Template) ?? TemplateChecks.HasImage(app.Template)) == true,
            where,
            "it has no image: give one here, or containers in a template");
    }

    private void CheckState(ScenarioRevision revision, ScenarioRevisionState state, string where)
    {
        ScenarioChecks.Require(
            revision.Active == state.Phase is not RevisionPhase.Inactive, where + ".phase", "it contradicts the revision's 'active'");
        RequireTime(state.Since, where + ".since");
        RequireKind(state.Until, where + ".until");
        RequireKind(state.ReadyTime, where + ".readyTime");
        RequireKind(state.ReplicasStarted, where + ".replicasStarted");
        ScenarioChecks.Require(
            state.Until is not { } until || Moment(until) >= Moment(state.Since), where + ".until", "it lies before 'since'");
        ScenarioChecks.Require(
            state.Until is not null || state.Phase is not (RevisionPhase.Provisioning or RevisionPhase.Deprovisioning),
            where,
            "required and missing: 'until', since this phase passes");
        ScenarioChecks.Require(
            state.ReadyTime is not null || state.Phase is not RevisionPhase.Provisioning,
            where,
            "required and missing: 'readyTime', which ends the phase after this");
        ScenarioChecks.Require(state.ReplicaGeneration >= 0, where + ".replicaGeneration", "0 or more is expected");
        ScenarioChecks.Require(state.Commands >= 0, where + ".commands", "0 or more is expected");
    }

    private void CheckState(ScenarioAppState state)
    {
        ScenarioChecks.Require(
            state.RevisionsMade >= app.Revisions.Count, path + ".state.revisionsMade", $"there are {app.Revisions.Count} revisions");
        ScenarioChecks.Require(state.Writes >= 0, path + ".state.writes", "0 or more is expected");
        if (state.Operation is { } operation)
        {
            RequireTime(operation.StartTime, path + ".state.operation.startTime");
            RequireKind(operation.EndTime, path + ".state.operation.endTime");
        }
    }

    /// <summary>A moment that has passed.</summary>
    private void RequireTime(ScenarioTime? moment, string where)
    {
        RequireKind(moment, where);
        ScenarioChecks.Require(
            moment is not { } past || Moment(past) <= _start, where, "it lies after the scenario's time");
    }

    /// <summary>Without a time of the scenario nobody knows how long ago an absolute one is.</summary>
    private void RequireKind(ScenarioTime? moment, string where) => ScenarioChecks.Require(
        moment is not { IsRelative: false } || time is not null, where, "an absolute time needs the scenario's own: give $.time");

    private DateTimeOffset Moment(ScenarioTime moment) => moment.Resolve(_start);
}
