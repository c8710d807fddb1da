using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>
/// Who may set scale rules: the platform makes those of a function app, unless the app says that its own count
/// (ARM-FACTS 6 and 8).
/// </summary>
internal static class ScaleChecks
{
    private const string Override = "allowScalingRuleOverride";

    internal static void Check(JsonObject template, string? kind)
    {
        var scale = template["scale"] as JsonObject;
        var overrides = JsonFields.Flag(scale?[Override]);
        if (overrides == true && kind != "functionapp")
        {
            throw ArmErrors.BadRequest(
                "AllowScalingRuleOverrideNotApplicable",
                "The 'AllowScalingRuleOverride' property is only applicable for Function Apps (kind = 'functionapp'). " +
                "It can't be set for other container app kinds.");
        }

        if (overrides != true && kind == "functionapp" && scale?["rules"] is JsonArray { Count: > 0 })
        {
            throw ArmErrors.BadRequest(
                "FunctionAppCannotSetScaleRules",
                "Scale rules cannot be manually configured on the Function App. " +
                "Scaling is auto-configured on the revision based on function triggers.");
        }
    }

    /// <summary>What a request says of the override counts only at an api-version that has it.</summary>
    internal static void DropUnknown(JsonObject template, ApiVersion version)
    {
        if (!version.HasScalingOverride)
        {
            (template["scale"] as JsonObject)?.Remove(Override);
        }
    }
}
