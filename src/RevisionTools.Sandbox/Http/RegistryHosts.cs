using System.Net;

namespace RevisionTools.Sandbox;

/// <summary>
/// What answers under the host names of Azure Container Registries: the exchange of a token, and whether a manifest is there. It is there for
/// every image, save for tags that end in <c>-missing</c> and for images that revisions have failed to pull.
/// </summary>
internal static class RegistryHosts
{
    private const string Suffix = ".azurecr.io";
    private const string Repositories = "/v2/";
    private const string Manifests = "/manifests/";

    internal static bool IsFor(Uri uri) => uri.IdnHost.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The answer of a registry; null where the host is none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="required">The only token that is exchanged; null exchanges any.</param>
    internal static ArmAnswer? Answer(ArmRequest request, SandboxTenant tenant, string? required)
    {
        if (!IsFor(request.Uri))
        {
            return null;
        }

        var host = request.Uri.IdnHost.ToLowerInvariant();
        return (request.Method, request.Path) switch
        {
            ("POST", "/oauth2/exchange") => Exchange(request, host, required),
            ("POST", "/oauth2/token") => Token(request, host),
            ("HEAD" or "GET", var path) when path.StartsWith(Repositories, StringComparison.Ordinal) && path.Contains(Manifests, StringComparison.Ordinal) =>
                Manifest(request, host, path, tenant),
            _ => Error(HttpStatusCode.NotFound, "NOT_FOUND"),
        };
    }

    private static ArmAnswer Exchange(ArmRequest request, string host, string? required) =>
        request.Form("grant_type") == "access_token" && request.Form("service") == host
        && request.Form("access_token") is { Length: > 0 } token && (required is null || token == required)
            ? ArmAnswer.Raw(HttpStatusCode.OK, $"{{\"refresh_token\":\"refresh:{host}\"}}")
            : Error(HttpStatusCode.Unauthorized, "UNAUTHORIZED");

    private static ArmAnswer Token(ArmRequest request, string host) =>
        request.Form("grant_type") == "refresh_token" && request.Form("service") == host && request.Form("refresh_token") == $"refresh:{host}"
        && request.Form("scope") is { } scope && scope.StartsWith("repository:", StringComparison.Ordinal)
            ? ArmAnswer.Raw(HttpStatusCode.OK, $"{{\"access_token\":\"{scope}@{host}\"}}")
            : Error(HttpStatusCode.Unauthorized, "UNAUTHORIZED");

    private static ArmAnswer Manifest(ArmRequest request, string host, string path, SandboxTenant tenant)
    {
        var at = path.LastIndexOf(Manifests, StringComparison.Ordinal);
        var (repository, reference) = (path[Repositories.Length..at], path[(at + Manifests.Length)..]);
        if (request.Token != $"repository:{repository}:pull@{host}")
        {
            return Error(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        }

        var image = $"{host}/{repository}{(reference.Contains(':', StringComparison.Ordinal) ? '@' : ':')}{reference}";
        var isMissing = reference.EndsWith("-missing", StringComparison.Ordinal)
            || tenant.Apps.Any(app => app.Revisions.Exists(revision => revision.Outcome is StartOutcome.ImagePullFails && revision.Template.Images.Contains(image)));
        return isMissing ? Error(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN") : ArmAnswer.Empty(HttpStatusCode.OK);
    }

    private static ArmAnswer Error(HttpStatusCode status, string code) =>
        ArmAnswer.Raw(status, $"{{\"errors\":[{{\"code\":\"{code}\",\"message\":\"{code.ToLowerInvariant()}\"}}]}}");
}
