using System.Collections;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>What the rest of the command line says about where to look for names.</summary>
internal sealed class CompletionScope(AcaContext context, IDictionary boundParameters)
{
    public string? SubscriptionId => Text("SubscriptionId") ?? context.SubscriptionId;

    public string? ResourceGroupName => Text("ResourceGroupName");

    public string? ContainerAppName => Text("ContainerAppName");

    public string? RevisionName => Text("RevisionName");

    // Of several names the first has to do.
    private string? Text(string parameter) => (boundParameters.Contains(parameter) ? boundParameters[parameter] : null) switch
    {
        IList { Count: > 0 } several => several[0]?.ToString(),
        var one => one?.ToString(),
    };
}
