using System.Text.Json.Nodes;
using RevisionTools.Templates;

namespace RevisionTools.Preflight;

/// <summary>What an app has that its revisions refer to: secrets, registries and identities, as they are now.</summary>
/// <remarks>ARM-FACTS appendix A: Configuration, Secret, RegistryCredentials.</remarks>
internal sealed class AppParts
{
    private const string System = "system";
    private const string SystemOfEnvironment = "system-environment";

    private readonly List<JsonObject> _secrets;
    private readonly List<JsonObject> _registries;
    private readonly HashSet<string> _userIdentities;
    private readonly bool _hasSystemIdentity;

    private AppParts(JsonObject app)
    {
        var configuration = app["properties"]?["configuration"] as JsonObject;
        _secrets = [.. TemplateJson.Objects(configuration?["secrets"])];
        _registries = [.. TemplateJson.Objects(configuration?["registries"])];
        var identity = app["identity"] as JsonObject;
        _hasSystemIdentity = TemplateJson.Text(identity?["type"])?.Contains("SystemAssigned", StringComparison.OrdinalIgnoreCase) == true;
        _userIdentities = new(((identity?["userAssignedIdentities"] as JsonObject) ?? []).Select(field => Path(field.Key)), StringComparer.OrdinalIgnoreCase);
    }

    public static AppParts Of(AppDocument app) => new(app.Json);

    public bool HasSecret(string name) => _secrets.Exists(secret => Names.Same(TemplateJson.Text(secret["name"]), name));

    /// <summary>The identity that a secret is read from a key vault with; null for one that has its value in the app.</summary>
    public string? KeyVaultIdentityOf(string secretName) =>
        _secrets.Find(secret => Names.Same(TemplateJson.Text(secret["name"]), secretName)) is { } found && Text(found, "keyVaultUrl") is not null
            ? Text(found, "identity") ?? System
            : null;

    /// <summary>Whether the app has a login for any registry.</summary>
    public bool HasLogins => _registries.Count > 0;

    /// <summary>The app's login for a registry; null where it has none.</summary>
    public (string? PasswordSecret, string? Identity)? LoginAt(string host) =>
        _registries.Find(registry => Names.Same(HostOf(Text(registry, "server")), host)) is { } found
            ? (Text(found, "passwordSecretRef"), Text(found, "identity"))
            : null;

    /// <summary>Whether the app has an identity; null where that cannot be told by the app.</summary>
    public bool? HasIdentity(string identity) => identity switch
    {
        _ when Names.Same(identity, System) => _hasSystemIdentity,
        _ when Names.Same(identity, SystemOfEnvironment) => null,
        _ when identity.StartsWith('/') => _userIdentities.Contains(Path(identity)),
        _ => null,
    };

    /// <summary>The service takes a server with a scheme and a path too, as Docker Hub's is often written.</summary>
    private static string? HostOf(string? server) =>
        server is null ? null : ImageReference.Parse($"{(Uri.TryCreate(server, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.Authority : server.Split('/')[0])}/x").Registry;

    private static string Path(string id) => id.Trim().Trim('/');

    private static string? Text(JsonObject owner, string field) => TemplateJson.Text(owner[field]) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
