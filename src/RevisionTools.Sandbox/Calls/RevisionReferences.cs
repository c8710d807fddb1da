using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>
/// The registries and secrets that a revision cannot start without. The service lets them be removed while revisions
/// refer to them, and refuses the activation (ARM-FACTS 6).
/// </summary>
internal static class RevisionReferences
{
    private const string SecretRef = "secretRef";

    /// <summary>The configured registries that images of the template come from.</summary>
    internal static IReadOnlyList<string> Registries(JsonObject configuration, RevisionTemplate template) =>
    [
        .. Names(configuration, "registries", "server").Where(server =>
            template.Images.Any(image => image.StartsWith(server + "/", StringComparison.OrdinalIgnoreCase))),
    ];

    /// <summary>Refuses to start a revision that refers to what is no longer configured.</summary>
    internal static void RequireAll(SandboxApp app, SandboxRevision revision)
    {
        if (revision.IsUp)
        {
            return;
        }

        Require(revision, "registry", revision.Registries, Names(app.Configuration, "registries", "server"));

        // unconfirmed: that a missing secret hinders it is reported, its text is not; here it is that of a registry.
        var secrets = SecretRefs(JsonNode.Parse(revision.Template.Json));
        Require(revision, "secret", secrets, Names(app.Configuration, "secrets", "name"));
    }

    private static void Require(SandboxRevision revision, string kind, IEnumerable<string> needed, IEnumerable<string> configured)
    {
        if (needed.Except(configured, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } missing)
        {
            throw ArmErrors.ReferenceGone(revision.Name, kind, missing);
        }
    }

    private static IEnumerable<string> Names(JsonObject configuration, string list, string field) =>
        (configuration[list] as JsonArray ?? []).OfType<JsonObject>()
            .Select(item => JsonFields.Text(item[field])).OfType<string>().Where(name => name.Length > 0);

    /// <summary>Every secretRef at any depth: of environment variables, scale rules and volumes.</summary>
    private static IEnumerable<string> SecretRefs(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field.Key == SecretRef && JsonFields.Text(field.Value) is { Length: > 0 } name
            ? [name]
            : SecretRefs(field.Value)),
        JsonArray items => items.SelectMany(SecretRefs),
        _ => [],
    };
}
