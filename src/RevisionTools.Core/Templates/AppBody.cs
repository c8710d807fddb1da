using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>Bodies of apps as people write them.</summary>
internal static class AppBody
{
    /// <summary>The body with what belongs below <c>properties</c> there: that name may be left out.</summary>
    public static JsonObject Complete(JsonObject body)
    {
        JsonObject complete = [];
        var given = body.FirstOrDefault(field => string.Equals(field.Key, "properties", StringComparison.OrdinalIgnoreCase)).Value as JsonObject;
        var properties = (JsonObject?)given?.DeepClone() ?? [];
        foreach (var (name, value) in body.Where(field => field.Value is null || field.Value != given))
        {
            var isLoose = !AppFields.Has(AppFields.App, name) && AppFields.Has(AppFields.Properties, name);
            (isLoose ? properties : complete)[name] = value?.DeepClone();
        }

        if (properties.Count > 0)
        {
            complete["properties"] = properties;
        }

        return complete;
    }
}
