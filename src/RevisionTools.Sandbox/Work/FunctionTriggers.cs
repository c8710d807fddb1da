namespace RevisionTools.Sandbox;

/// <summary>The event work of functions, which ARM does not show as scale rules (ARM-FACTS 8).</summary>
internal static class FunctionTriggers
{
    // unconfirmed: the facts do not say how many messages the platform counts for one replica; 16 is the usual batch.
    private const int MessagesPerReplica = 16;

    internal static IEnumerable<EventTrigger> Of(IReadOnlyList<SandboxFunction> functions) =>
        functions.Where(function => !function.IsDisabled).Select(Trigger).OfType<EventTrigger>();

    private static EventTrigger? Trigger(SandboxFunction function) => function.TriggerType switch
    {
        "timerTrigger" when WorkSchedule.Parse(function.Source, zone: null) is { } schedule =>
            EventTrigger.OfTimer(function.Name, schedule),
        "queueTrigger" or "serviceBusTrigger" or "eventHubTrigger" when function.Source is { Length: > 0 } source =>
            EventTrigger.OfQueue(function.Name, source, MessagesPerReplica),
        _ => null,
    };
}
