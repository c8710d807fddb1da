namespace RevisionTools.Sandbox;

/// <summary>Functions of an app, which are those of its latest revision, and of a revision (ARM-FACTS 2, 8).</summary>
internal static class FunctionCalls
{
    // unconfirmed: an app that is no function app has none; what the service answers for it was not found.
    internal static ArmAnswer ListOfApp(ArmCall call)
    {
        (var app, var latest) = Latest(call);
        return List(call, app, null, latest?.Functions ?? []);
    }

    internal static ArmAnswer GetOfApp(ArmCall call)
    {
        (var app, var latest) = Latest(call);
        return Get(call, app, null, latest?.Name ?? "", latest?.Functions ?? []);
    }

    internal static ArmAnswer ListOfRevision(ArmCall call)
    {
        (var app, var revision) = Named(call);
        return List(call, app, revision, revision.Functions);
    }

    internal static ArmAnswer GetOfRevision(ArmCall call)
    {
        (var app, var revision) = Named(call);
        return Get(call, app, revision, revision.Name, revision.Functions);
    }

    private static (SandboxApp App, SandboxRevision? Revision) Latest(ArmCall call)
    {
        var app = call.ParentApp("containerApps/functions");
        return (app, app.LatestRevisionName is { } name ? app.FindRevision(name) : null);
    }

    private static (SandboxApp App, SandboxRevision Revision) Named(ArmCall call)
    {
        var app = call.ParentApp("containerApps/revisions/functions");
        return (app, app.FindRevision(call["revision"]) ?? throw ArmErrors.FunctionsNotRetrieved(call["revision"]));
    }

    private static ArmAnswer List(
        ArmCall call, SandboxApp app, SandboxRevision? revision, IReadOnlyList<SandboxFunction> functions) =>
        ArmPage.Of(call, functions, (writer, function) => FunctionWriter.Write(writer, app, revision, function, call.Version));

    private static ArmAnswer Get(
        ArmCall call, SandboxApp app, SandboxRevision? revision, string owner, IReadOnlyList<SandboxFunction> functions)
    {
        SandboxFunction function = functions
            .FirstOrDefault(function => function.Name.Equals(call["function"], StringComparison.OrdinalIgnoreCase))
            ?? throw ArmErrors.FunctionNotFound(owner, call["function"]);
        return ArmAnswer.Ok(writer => FunctionWriter.Write(writer, app, revision, function, call.Version));
    }
}
