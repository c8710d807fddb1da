namespace RevisionTools.Sandbox;

/// <summary>Reading apps.</summary>
internal static class AppReads
{
    internal static ArmAnswer ListOfSubscription(ArmCall call) => List(call, [.. call.Apps]);

    internal static ArmAnswer ListOfGroup(ArmCall call)
    {
        call.RequireGroup();
        SandboxApp[] apps = [.. call.Apps.Where(app => app.Group.Equals(call["group"], StringComparison.OrdinalIgnoreCase))];
        var answer = List(call, apps);

        // ARM itself knows when there is none (recording 14, index 76, 202 and 411).
        answer.IsOfGateway = apps.Length == 0;
        return answer;
    }

    internal static ArmAnswer Get(ArmCall call) => Write(call, call.App());

    internal static ArmAnswer Write(ArmCall call, SandboxApp app) =>
        ArmAnswer.Ok(writer => AppWriter.Write(writer, app, call.Now, call.Version));

    private static ArmAnswer List(ArmCall call, IReadOnlyList<SandboxApp> apps) => ArmPage.Of(call, apps, (writer, app) =>
    {
        call.Lifecycle.Settle(app, call.Now);
        AppWriter.Write(writer, app, call.Now, call.Version);
    });
}
