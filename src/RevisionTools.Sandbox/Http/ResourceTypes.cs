namespace RevisionTools.Sandbox;

/// <summary>Reads provider and type out of a path: <c>/providers/{namespace}/{type}/{name}/{type}/{name}</c>.</summary>
internal static class ResourceTypes
{
    private const string Providers = "/providers/";

    /// <summary>The last provider and its types, as in <c>Microsoft.App/containerApps/revisions</c>; empty for a path without.</summary>
    internal static string Of(string path)
    {
        var start = path.LastIndexOf(Providers, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return "";
        }

        var segments = path[(start + Providers.Length)..].Split('/');
        return string.Join('/', segments.Where((_, index) => index == 0 || index % 2 == 1));
    }
}
