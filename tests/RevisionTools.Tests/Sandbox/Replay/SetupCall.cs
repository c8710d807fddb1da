namespace RevisionTools.Tests.Sandbox.Replay;

/// <summary>A request that puts the sandbox in the state in which a recorded sequence begins.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path after <c>resourceGroups/</c>; <c>{latest}</c> stands for the latest revision of the app before it.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Wait">How long before the next request.</param>
internal sealed record SetupCall(string Method, string Path, string? Body, TimeSpan Wait)
{
    /// <summary>Makes an app of one container without ingress, in the way that the recorded ones were made.</summary>
    internal static SetupCall App(
        string group, string name, string location, TimeSpan wait, string image = "nginx", int replicas = 1, string initContainers = "null")
    {
        var template =
            $$"""{"containers":[{"name":"{{name}}","image":"{{image}}"}],"initContainers":{{initContainers}},"scale":{"minReplicas":{{replicas}} } }""";
        return new SetupCall("PUT", AppPath(group, name), $$"""{"location":"{{location}}","properties":{"template":{{template}} } }""", wait);
    }

    internal static SetupCall Restart(string group, string name, TimeSpan wait) =>
        new("POST", AppPath(group, name) + "/revisions/{latest}/restart", null, wait);

    private static string AppPath(string group, string name) => $"{group}/providers/Microsoft.App/containerApps/{name}";
}
