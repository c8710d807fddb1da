using System.Net;

namespace RevisionTools.Sandbox;

/// <summary>Managed environments: enough to read one, and to make one for apps of an empty sandbox.</summary>
internal static class EnvironmentCalls
{
    internal static ArmAnswer Get(ArmCall call)
    {
        var environment = Require(call);
        return ArmAnswer.Ok(writer => EnvironmentWriter.Write(writer, environment, call.Tenant));
    }

    /// <summary>The environment that the call names.</summary>
    internal static ManagedEnvironment Require(ArmCall call)
    {
        if (call.Tenant.FindEnvironment(Id(call)) is { } environment)
        {
            return environment;
        }

        call.RequireGroup();
        throw ArmErrors.ResourceNotFound(call["group"], $"managedEnvironments/{call["environment"]}");
    }

    /// <summary>Makes an environment, or leaves the one that is there as it is.</summary>
    // unconfirmed: the service takes minutes and tells so; here it is there at once, for only what is on it matters.
    internal static ArmAnswer Put(ArmCall call)
    {
        call.RequireGroup();
        var location = JsonFields.Text(call.Body()["location"]) ?? throw ArmErrors.LocationRequired();
        var isNew = call.Tenant.AddEnvironment(new ManagedEnvironment(Id(call), location));
        var environment = call.Tenant.FindEnvironment(Id(call))!;
        return new ArmAnswer(
            isNew ? HttpStatusCode.Created : HttpStatusCode.OK,
            JsonBytes.Of(writer => EnvironmentWriter.Write(writer, environment, call.Tenant)));
    }

    private static string Id(ArmCall call) =>
        $"/subscriptions/{call.Tenant.SubscriptionId}/resourceGroups/{call["group"]}" +
        $"/providers/Microsoft.App/managedEnvironments/{call["environment"]}";
}
