using System.CommandLine;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;

namespace RevisionTools.Sandbox.Server.Rehearse;

/// <summary><c>rehearse</c>: a prune of the sample fleet, or of a scenario, from beginning to end.</summary>
internal sealed class RehearseCommand : Command
{
    private readonly Option<int?> _keepLast = new("--keep-last") { Description = "Keep this many of the newest active revisions of each app." };
    private readonly Option<TimeSpan?> _keepSinceCreated = Span("--keep-since-created", "Keep revisions made within this time (7d, 48h, 48:00:00).");
    private readonly Option<TimeSpan?> _keepSinceActive = Span("--keep-since-active", "Keep revisions in use within this time (7d, 48h, 48:00:00).");
    private readonly Option<string[]> _keepName = new("--keep-name") { Description = "Keep revisions whose name matches (* and ?); may be repeated." };
    private readonly Option<string?> _policy = new("--policy") { Description = "A JSON file with the rules, in their place." };
    private readonly Option<bool> _includeLabelled = new("--include-labelled") { Description = "Let revisions with a label go too." };
    private readonly Option<bool> _includeEventConsumer = new("--include-event-consumer") { Description = "Let revisions that consume events go too." };
    private readonly Option<string> _app = new("--app") { Description = "Only this app (* and ? allowed).", DefaultValueFactory = _ => "*" };
    private readonly Option<string?> _scenario = new("--scenario") { Description = "The file with the scenario; the sample fleet when left out." };
    private readonly Option<bool> _planOnly = new("--plan-only") { Description = "Stop after the plan." };
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON document instead of text." };

    public RehearseCommand(TextWriter output)
        : base("rehearse", "Builds the sample fleet or a scenario, plans a prune, carries it out and reads it back.")
    {
        foreach (var option in new Option[]
        {
            _keepLast, _keepSinceCreated, _keepSinceActive, _keepName, _policy, _includeLabelled, _includeEventConsumer, _app, _scenario, _planOnly, _json,
        })
        {
            Options.Add(option);
        }

        SetAction((parsed, cancellationToken) => RunAsync(parsed, output, cancellationToken));
    }

    private async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        var lifts = new InterlockLifts(parsed.GetValue(_includeLabelled), parsed.GetValue(_includeEventConsumer));
        try
        {
            var policy = PolicyOf(parsed);
            var scenario = parsed.GetValue(_scenario) is { } file ? SandboxScenario.Load(file) : SandboxScenario.Sample();
            var rehearsal = new Rehearsal(scenario, new PruneRequest(policy, lifts), parsed.GetValue(_app)!);
            var report = await rehearsal.RunAsync(parsed.GetValue(_planOnly), cancellationToken).ConfigureAwait(false);
            await output.WriteAsync(parsed.GetValue(_json) ? JsonReport.Write(report) : TextReport.Write(report)).ConfigureAwait(false);
            return report.IsAsPlanned ? 0 : 1;
        }
        catch (RevisionToolsException failure) when (failure.Kind is FailureKind.InvalidRetentionRule or FailureKind.InvalidRetentionPolicyFile or FailureKind.ContainerAppNotFound)
        {
            throw new BadArgumentsException(failure.Message.Replace("-KeepLast", "--keep-last", StringComparison.Ordinal));
        }
    }

    private RetentionPolicy PolicyOf(ParseResult parsed)
    {
        if (parsed.GetValue(_policy) is { } file)
        {
            return new Option[] { _keepLast, _keepSinceCreated, _keepSinceActive, _keepName }.FirstOrDefault(rule => parsed.GetResult(rule) is not null) is { } other
                ? throw new BadArgumentsException($"{_policy.Name} and {other.Name} were both given; which of them is to hold?")
                : RetentionPolicyJson.ReadFile(file);
        }

        var policy = new RetentionPolicy
        {
            KeepLast = parsed.GetValue(_keepLast),
            KeepSinceCreated = parsed.GetValue(_keepSinceCreated),
            KeepSinceActive = parsed.GetValue(_keepSinceActive),
            KeepName = parsed.GetValue(_keepName) ?? [],
        };
        policy.Validate();
        return policy;
    }

    private static Option<TimeSpan?> Span(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (SpanText.TryParse(result.Tokens.Count == 1 ? result.Tokens[0].Value : "", out var span))
            {
                return span;
            }

            result.AddError($"not a span: {SpanText.Forms}");
            return null;
        },
    };
}
