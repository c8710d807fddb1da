namespace RevisionTools.Sandbox;

/// <summary>A function of a function app's revision (ARM-FACTS 8).</summary>
/// <param name="Name">The function's name.</param>
/// <param name="TriggerType">As Azure words it: httpTrigger, timerTrigger, queueTrigger, serviceBusTrigger, eventHubTrigger.</param>
/// <param name="Language">As Azure words it, such as dotnet-isolated.</param>
/// <param name="IsDisabled">Whether its trigger is off.</param>
/// <param name="Source">What feeds it: the name of a queue or hub, or a schedule; null for none. ARM does not show it.</param>
internal sealed record SandboxFunction(
    string Name, string TriggerType, string Language = "dotnet-isolated", bool IsDisabled = false, string? Source = null);
