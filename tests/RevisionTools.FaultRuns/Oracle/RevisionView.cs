using System.Runtime.CompilerServices;
using System.Text.Json;
using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns.Oracle;

/// <summary>A revision as the service has it at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Condition">How it is.</param>
/// <param name="Sources">What its scale rules and functions take work from.</param>
internal sealed record RevisionView(string Name, DateTimeOffset Created, Condition Condition, IReadOnlyList<string> Sources)
{
    private static readonly ConditionalWeakTable<RevisionTemplate, IReadOnlyList<string>> s_sources = [];

    public bool IsStanding => Condition is not (Condition.Down or Condition.GoingDown);

    public static RevisionView Of(SandboxRevision revision) =>
        new(revision.Name, revision.CreatedTime, ConditionOf(revision), [.. s_sources.GetValue(revision.Template, SourcesOf), .. revision.Functions.Where(Works).Select(Source)]);

    // Functions off or called by requests alone take nothing on their own account (ARM-FACTS 8).
    private static bool Works(SandboxFunction function) => function is { IsDisabled: false, TriggerType: not "httpTrigger" };

    private static string Source(SandboxFunction function) => $"{function.TriggerType}/{function.Name}";

    private static Condition ConditionOf(SandboxRevision revision) => revision.Phase switch
    {
        RevisionPhase.Provisioning or RevisionPhase.Activating => Condition.Starting,
        RevisionPhase.Deprovisioning => Condition.GoingDown,
        RevisionPhase.Inactive => Condition.Down,
        RevisionPhase.Failed => Condition.Failed,
        _ => revision.ReportedRunningState switch
        {
            null or "Running" or "RunningAtMaxScale" or "ScaledToZero" => Condition.Up,
            "Activating" or "Processing" => Condition.Starting,
            "Degraded" => revision.Replicas > 0 ? Condition.Impaired : Condition.Failed,
            _ => Condition.Unheard,
        },
    };

    private static IReadOnlyList<string> SourcesOf(RevisionTemplate template)
    {
        using var json = JsonDocument.Parse(template.Json);
        List<string> sources = [];
        if (json.RootElement.TryGetProperty("scale", out var scale) && scale.ValueKind == JsonValueKind.Object
            && scale.TryGetProperty("rules", out var rules) && rules.ValueKind == JsonValueKind.Array)
        {
            foreach (var rule in rules.EnumerateArray())
            {
                if (rule.TryGetProperty("custom", out var custom) && custom.ValueKind == JsonValueKind.Object)
                {
                    var type = custom.GetProperty("type").GetString();
                    if (type is not ("http" or "tcp" or "cpu" or "memory"))
                    {
                        sources.Add($"{type}/{custom.GetProperty("metadata").GetProperty("queueName").GetString()}");
                    }
                }
            }
        }

        return sources;
    }
}
