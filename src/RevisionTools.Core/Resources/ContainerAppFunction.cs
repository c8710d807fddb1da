namespace RevisionTools;

/// <summary>A function of a function app's revision.</summary>
/// <remarks>API resource <c>functions</c>; api-version 2026-07-01.</remarks>
public sealed record ContainerAppFunction
{
    /// <summary>The function's name.</summary>
    public required string Name { get; init; }

    /// <summary>What starts it, in Azure's words: <c>httpTrigger</c>, <c>timerTrigger</c>, <c>queueTrigger</c>; open.</summary>
    public string? TriggerType { get; init; }

    /// <summary>The language worker that runs it, for example <c>dotnet-isolated</c>; open.</summary>
    public string? Language { get; init; }

    /// <summary><c>Enabled</c> or <c>Disabled</c>; open. Null where Azure did not say.</summary>
    public string? State { get; init; }

    /// <summary>The address that calls it, where it can be called.</summary>
    public string? InvokeUrlTemplate { get; init; }

    /// <summary>
    /// What the platform scales the revision on for this function, which follows from the trigger: <c>requests</c>, <c>schedule</c>,
    /// <c>storage queue</c>, <c>service bus queue or topic</c> and so on; <c>unknown</c> for a trigger that nobody has heard of.
    /// Azure shows the rules themselves nowhere.
    /// </summary>
    public string ScaleSource { get; init; } = "";

    /// <summary>
    /// Whether it takes work that no traffic weight holds back: true for every trigger but HTTP, unknown ones too. It does so in every
    /// active revision.
    /// </summary>
    public bool ConsumesEvents { get; init; }

    /// <summary>The revision whose function it is. Functions of an app are those of its latest revision. Null while the app has none.</summary>
    public string? RevisionName { get; init; }

    /// <summary>The app of the revision.</summary>
    public required string ContainerAppName { get; init; }

    /// <summary>The resource group of the app.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The subscription of the app, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The function's Azure resource id; compare it without case.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
