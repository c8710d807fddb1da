namespace RevisionTools.Lifecycle;

/// <summary>The kinds of apps as people name them. ARM's <c>kind</c> is open, and says nothing of an ordinary app.</summary>
/// <remarks>ARM-FACTS section 8 and appendix A, ContainerApp (envelope).</remarks>
internal static class AppKinds
{
    public const string ContainerApp = "ContainerApp";

    public const string FunctionApp = "FunctionApp";

    public const string WorkflowApp = "WorkflowApp";

    /// <summary>The kind of an app in these words; one that is not among them as it came.</summary>
    public static string Of(ContainerApp app) => Known.FirstOrDefault(kind => Names.Same(kind, app.Kind)) ?? app.Kind ?? ContainerApp;

    public static bool IsOf(ContainerApp app, string kind) => Names.Same(kind, Of(app));

    public static IReadOnlyList<string> Known { get; } = [ContainerApp, FunctionApp, WorkflowApp];
}
