using System.Net;
using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>Resource groups: enough to make one in an empty sandbox, and to list them.</summary>
internal static class GroupCalls
{
    /// <summary>Where every group is.</summary>
    internal const string Location = "northeurope";

    internal static ArmAnswer List(ArmCall call) =>
        ArmPage.Of(call, [.. call.Tenant.Groups], (writer, group) => Write(writer, call, group));

    internal static ArmAnswer Put(ArmCall call)
    {
        var isNew = !call.Tenant.HasGroup(call["group"]);
        call.Tenant.AddGroup(call["group"]);
        return new ArmAnswer(
            isNew ? HttpStatusCode.Created : HttpStatusCode.OK,
            JsonBytes.Of(writer => Write(writer, call, call["group"])));
    }

    private static void Write(Utf8JsonWriter writer, ArmCall call, string group)
    {
        writer.WriteStartObject();
        writer.WriteString("id", $"/subscriptions/{call.Tenant.SubscriptionId}/resourceGroups/{group}");
        writer.WriteString("name", group);
        writer.WriteString("type", "Microsoft.Resources/resourceGroups");
        writer.WriteString("location", Location);
        writer.WriteStartObject("properties");
        writer.WriteString("provisioningState", "Succeeded");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
