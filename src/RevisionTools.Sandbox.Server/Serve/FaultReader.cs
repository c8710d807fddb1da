namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>Reads faults in the JSON form of scenarios: one, or an array.</summary>
internal static class FaultReader
{
    /// <exception cref="ScenarioException">Something is wrong; the message has the JSON path and the reason.</exception>
    internal static IReadOnlyList<SandboxFault> Read(string json)
    {
        if (!json.AsSpan().TrimStart().StartsWith('['))
        {
            var fault = ScenarioJson.Read<SandboxFault>(json);
            FaultChecks.Check(fault, "$");
            return [fault];
        }

        var faults = ScenarioJson.Read<IReadOnlyList<SandboxFault>>(json);
        for (var index = 0; index < faults.Count; index++)
        {
            FaultChecks.Check(faults[index], $"$[{index}]");
        }

        return faults;
    }
}
