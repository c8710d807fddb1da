using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>The storages of a managed environment.</summary>
internal static class StorageCalls
{
    internal static ArmAnswer List(ArmCall call)
    {
        var id = EnvironmentCalls.Require(call).Id;
        return ArmAnswer.Ok(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value");
            foreach (var storage in call.Tenant.StoragesOf(id))
            {
                Write(writer, storage);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    internal static ArmAnswer Get(ArmCall call) => Answer(HttpStatusCode.OK, Find(call));

    /// <summary>Makes a storage or replaces it.</summary>
    internal static ArmAnswer Put(ArmCall call)
    {
        var id = EnvironmentCalls.Require(call).Id;
        var properties = (JsonObject)((call.Body()["properties"] as JsonObject)?.DeepClone() ?? new JsonObject());
        (properties["azureFile"] as JsonObject)?.Remove("accountKey");
        EnvironmentStorage storage = new(id, call["storage"], properties);
        call.Tenant.Set(storage);
        return Answer(HttpStatusCode.OK, storage);
    }

    internal static ArmAnswer Delete(ArmCall call)
    {
        call.Tenant.Remove(Find(call));
        return ArmAnswer.Empty(HttpStatusCode.OK);
    }

    // unconfirmed: the code is that of the other children of an environment, and was not found for storages.
    private static EnvironmentStorage Find(ArmCall call) =>
        call.Tenant.StoragesOf(EnvironmentCalls.Require(call).Id)
            .FirstOrDefault(storage => storage.Name.Equals(call["storage"], StringComparison.OrdinalIgnoreCase))
        ?? throw new ArmException(
            HttpStatusCode.NotFound, "ManagedEnvironmentStorageNotFound", $"Storage '{call["storage"]}' was not found under environment '{call["environment"]}'.");

    private static ArmAnswer Answer(HttpStatusCode status, EnvironmentStorage storage) => new(status, JsonBytes.Of(writer => Write(writer, storage)));

    private static void Write(Utf8JsonWriter writer, EnvironmentStorage storage)
    {
        writer.WriteStartObject();
        writer.WriteString("id", storage.Id);
        writer.WriteString("name", storage.Name);
        writer.WriteString("type", "Microsoft.App/managedEnvironments/storages");
        JsonFields.WriteField(writer, "properties", storage.Properties);
        writer.WriteEndObject();
    }
}
