using System.Net;

namespace RevisionTools.Sandbox;

/// <summary>Deleting, stopping and starting apps: 202 with Location only (ARM-FACTS 2, 3.2).</summary>
internal static class AppActions
{
    /// <summary>Behind Location 204 comes in the end; an absent app gets it at once, from ARM itself (recording 16).</summary>
    internal static ArmAnswer Delete(ArmCall call)
    {
        var app = call.FindApp();
        if (app is null)
        {
            var absent = ArmAnswer.Empty(HttpStatusCode.NoContent);
            absent.IsOfGateway = true;
            return absent;
        }

        var answer = Begin(call, app, OperationKind.Delete);
        call.Tenant.RemoveWhenDone(app);
        return answer;
    }

    internal static ArmAnswer Stop(ArmCall call)
    {
        var app = call.App();
        var answer = Begin(call, app, OperationKind.Stop);
        AppStop.Stop(call.Lifecycle, app, call.Now);
        return answer;
    }

    internal static ArmAnswer Start(ArmCall call)
    {
        var app = call.App();
        var answer = Begin(call, app, OperationKind.Start);
        AppStop.Start(call.Lifecycle, app, call.Now);
        return answer;
    }

    private static ArmAnswer Begin(ArmCall call, SandboxApp app, OperationKind kind)
    {
        call.RequireIdle(app);
        var operation = call.Tenant.StartOperation(app, call.Now);
        operation.Kind = kind;
        return OperationCalls.Accepted(call, operation);
    }
}
