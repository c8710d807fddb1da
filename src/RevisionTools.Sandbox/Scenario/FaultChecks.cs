namespace RevisionTools.Sandbox;

/// <summary>What a fault that comes as data must keep to.</summary>
internal static class FaultChecks
{
    internal static void Check(SandboxFault fault, string path)
    {
        ScenarioChecks.Require(fault.Times > 0, path + ".times", "1 or more is expected");
        ScenarioChecks.Require(fault.Skip >= 0, path + ".skip", "0 or more is expected");
        ScenarioChecks.Require(fault.PageSize > 0, path + ".pageSize", "1 or more is expected");
        ScenarioChecks.Require(fault.Chance is >= 0 and <= 1, path + ".chance", "a number from 0 to 1 is expected");
        ScenarioChecks.Require(
            fault.Status is 0 or (>= 200 and <= 599), path + ".status", "an HTTP status from 200 to 599 is expected");
        ScenarioChecks.Require(
            fault.Kind is not SandboxFaultKind.Status || fault.Status is not 0 || fault.Before is not null || fault.After is not null,
            path,
            "required and missing: 'status', for the kind status");
        ScenarioChecks.Require(
            fault.Kind is not (SandboxFaultKind.StaleReads or SandboxFaultKind.ClockSkew) || fault.Duration is not null,
            path,
            "required and missing: 'duration', for the kinds staleReads and clockSkew");
        ScenarioChecks.Require(
            fault.RetryAfter is null || fault.RetryAfter >= TimeSpan.Zero, path + ".retryAfter", "it is negative");
        ScenarioChecks.Require(
            fault.Duration is null || fault.Duration.Value.Duration() <= ScenarioTime.Longest, path + ".duration", "it is longer than a hundred years");
        ScenarioChecks.Require(
            fault.Intervention is not null || fault.Kind is not SandboxFaultKind.SecondOperator,
            path,
            "required and missing: 'intervention', for the kind secondOperator");
        ScenarioChecks.Require(
            fault.Intervention is null || fault.Intervention.Path.StartsWith('/'),
            path + ".intervention.path",
            "a path from /subscriptions/ on is expected");
    }
}
