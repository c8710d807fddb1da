namespace RevisionTools.Sandbox;

/// <summary>
/// Revisions: the list is oldest first with inactive ones in it (ARM-FACTS 3.4); actions answer 200 with a JSON string at once
/// and take effect later (3.3).
/// </summary>
internal static class RevisionCalls
{
    internal const string Type = "containerApps/revisions";

    internal static ArmAnswer List(ArmCall call)
    {
        var app = call.ParentApp(Type);
        return ArmPage.Of(call, app.Revisions, (writer, revision) => RevisionWriter.Write(writer, app, revision, call.Version));
    }

    internal static ArmAnswer Get(ArmCall call)
    {
        (var app, var revision) = Find(call);
        return ArmAnswer.Ok(writer => RevisionWriter.Write(writer, app, revision, call.Version));
    }

    // unconfirmed: activating what is active, and deactivating what is inactive, was seen of revisions in transition only (ARM-FACTS 10.5).
    internal static ArmAnswer Activate(ArmCall call)
    {
        (var app, var revision) = FindForWrite(call);
        RevisionReferences.RequireAll(app, revision);
        call.Lifecycle.Activate(app, revision, call.Now);
        return ArmAnswer.Ok("Activate succeeded");
    }

    internal static ArmAnswer Deactivate(ArmCall call)
    {
        (var app, var revision) = FindForWrite(call);
        call.Lifecycle.Deactivate(app, revision, call.Now);
        return ArmAnswer.Ok("Deactivate succeeded");
    }

    internal static ArmAnswer Restart(ArmCall call)
    {
        (_, var revision) = FindForWrite(call);
        if (!revision.IsActive)
        {
            throw ArmErrors.RestartOfInactive(revision.Name);
        }

        AppLifecycle.Restart(revision, call.Now);
        return ArmAnswer.Ok("Restart succeeded");
    }

    internal static (SandboxApp App, SandboxRevision Revision) Find(ArmCall call)
    {
        var app = call.ParentApp(Type);
        return (app, app.FindRevision(call["revision"]) ?? throw ArmErrors.RevisionNotFound(app.Name, call["revision"]));
    }

    private static (SandboxApp App, SandboxRevision Revision) FindForWrite(ArmCall call)
    {
        (var app, var revision) = Find(call);
        call.RequireIdle(app);
        return (app, revision);
    }
}
