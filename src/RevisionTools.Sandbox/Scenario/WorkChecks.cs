namespace RevisionTools.Sandbox;

/// <summary>What queues, functions and load of a scenario must keep to.</summary>
internal static class WorkChecks
{
    private static readonly string[] s_triggers = ["httpTrigger", "timerTrigger", "queueTrigger", "serviceBusTrigger", "eventHubTrigger"];

    internal static void Check(IReadOnlyList<ScenarioQueueLoad> queues)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < queues.Count; index++)
        {
            var path = $"$.queues[{index}]";
            var queue = queues[index];
            ScenarioChecks.Require(queue.Name.Length > 0 && names.Add(queue.Name), path + ".name", $"the name '{queue.Name}' is empty or stands twice");
            RequireRate(queue.ArrivalsPerMinute, path + ".arrivalsPerMinute");
            ScenarioChecks.Require(queue.Arriving is >= 0 and < 1, path + ".arriving", "a number from 0 to below 1 is expected");
            ScenarioChecks.Require(queue.Waiting >= 0, path + ".waiting", "0 or more is expected");
        }
    }

    internal static void Check(ScenarioApp app, string path)
    {
        RequireRate(app.RequestsPerSecond, path + ".requestsPerSecond");
        CheckFunctions(app.Functions, path);
        for (var index = 0; index < app.Revisions.Count; index++)
        {
            CheckFunctions(app.Revisions[index].Functions ?? [], $"{path}.revisions[{index}]");
        }
    }

    private static void CheckFunctions(IReadOnlyList<ScenarioFunction> functions, string path)
    {
        for (var index = 0; index < functions.Count; index++)
        {
            var where = $"{path}.functions[{index}]";
            var function = functions[index];
            ScenarioChecks.Require(function.Name.Length > 0, where + ".name", "the name is empty");
            ScenarioChecks.Require(
                s_triggers.Contains(function.TriggerType, StringComparer.Ordinal),
                where + ".triggerType",
                $"'{function.TriggerType}' is none of {string.Join(", ", s_triggers)}");
            ScenarioChecks.Require(
                function.TriggerType != "timerTrigger" || function.Source is null || WorkSchedule.Parse(function.Source, zone: null) is not null,
                where + ".source",
                $"'{function.Source}' is no schedule: six fields of NCRONTAB or a span of time are expected");
        }
    }

    private static void RequireRate(double rate, string path) =>
        ScenarioChecks.Require(rate is >= 0 and <= 1_000_000, path, "a number from 0 to 1,000,000 is expected");
}
