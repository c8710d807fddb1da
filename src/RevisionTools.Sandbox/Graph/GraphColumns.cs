using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>The columns of the table Resources, as a container app fills them.</summary>
internal static class GraphColumns
{
    /// <summary>All, in the order in which a query without project has them.</summary>
    internal static IReadOnlyList<string> All { get; } =
    [
        "id", "name", "type", "tenantId", "kind", "location", "resourceGroup", "subscriptionId", "managedBy", "sku", "plan",
        "properties", "tags", "identity", "zones", "extendedLocation",
    ];

    /// <summary>The value of a column of text.</summary>
    // unconfirmed: that the type is stored in lower case is documented (ARM-FACTS 9); group and region are taken to be so too.
    internal static string Text(SandboxApp app, string tenantId, string column) => column.ToUpperInvariant() switch
    {
        "ID" => app.ResourceId,
        "NAME" => app.Name,
        "TYPE" => "microsoft.app/containerapps",
        "TENANTID" => tenantId,
        "KIND" => app.Kind ?? "",
        "LOCATION" => app.Region,
        "RESOURCEGROUP" => app.Group.ToLowerInvariant(),
        "SUBSCRIPTIONID" => app.SubscriptionId,
        _ => "",
    };

    /// <summary>Writes a column with its name as the table has it.</summary>
    internal static void Write(Utf8JsonWriter writer, ArmCall call, SandboxApp app, string column)
    {
        switch (column)
        {
            case "properties":
                AppWriter.WriteProperties(writer, app, call.Now, ApiVersion.Newest);
                break;
            case "tags":
                JsonFields.WriteField(writer, column, app.Tags);
                break;
            case "identity":
                JsonFields.WriteField(writer, column, app.Identity);
                break;
            case "sku" or "plan" or "zones" or "extendedLocation":
                writer.WriteNull(column);
                break;
            default:
                writer.WriteString(column, Text(app, call.Tenant.TenantId, column));
                break;
        }
    }
}
