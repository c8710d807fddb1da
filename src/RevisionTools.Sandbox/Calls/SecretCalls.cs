using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>The one call that tells the values of secrets; every other answer leaves them out.</summary>
internal static class SecretCalls
{
    private static readonly string[] s_fields = ["name", "value", "identity", "keyVaultUrl"];

    internal static ArmAnswer List(ArmCall call)
    {
        var app = call.App();
        return ArmPage.Whole((app.Configuration["secrets"] as JsonArray ?? []).OfType<JsonObject>(), (writer, secret) =>
        {
            writer.WriteStartObject();
            foreach (var field in s_fields.Where(field => secret[field] is not null))
            {
                JsonFields.WriteField(writer, field, secret[field]);
            }

            writer.WriteEndObject();
        });
    }
}
