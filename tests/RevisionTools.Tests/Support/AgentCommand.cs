namespace RevisionTools.Tests.Support;

/// <summary>A command that the agent of Azure Pipelines has found in a log.</summary>
internal sealed record AgentCommand(string Area, string Action, IReadOnlyDictionary<string, string> Properties, string Data)
{
    public override string ToString() => $"{Area}.{Action} [{string.Join("; ", Properties.Select(pair => $"{pair.Key}={pair.Value}"))}] {Data}";
}
