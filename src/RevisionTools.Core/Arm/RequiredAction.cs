using System.Text.RegularExpressions;
using Azure.Core;

namespace RevisionTools.Arm;

/// <summary>The permission that a request needs, in the words of Azure's role definitions.</summary>
internal static partial class RequiredAction
{
    /// <summary>The action that the refusal names, or null.</summary>
    public static string? InMessage(string? message)
    {
        var missing = MissingAction().Match(message ?? "");
        var match = missing.Success ? missing : AnyAction().Match(message ?? "");
        return match.Success ? match.Groups["action"].Value : null;
    }

    /// <summary>The action that follows from method and path: <c>Microsoft.App/containerApps/revisions/deactivate/action</c>.</summary>
    public static string Derive(RequestMethod method, string path)
    {
        var provider = path.LastIndexOf("/providers/", StringComparison.OrdinalIgnoreCase);
        var segments = provider < 0
            ? ["Microsoft.Resources", .. Segments(path)]
            : Segments(path[(provider + "/providers/".Length)..]);

        // The namespace comes first, then type and name in turn; the types make the action.
        var types = segments.Where((_, index) => index == 0 || index % 2 == 1);
        return $"{string.Join('/', types)}/{Verb(method)}";
    }

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static string Verb(RequestMethod method) => method.Method switch
    {
        "GET" or "HEAD" => "read",
        "POST" => "action",
        "DELETE" => "delete",
        _ => "write",
    };

    [GeneratedRegex(@"not have (?:authorization|permission) to perform actions?(?:\(s\))? '(?<action>[^']+)'", RegexOptions.IgnoreCase)]
    private static partial Regex MissingAction();

    [GeneratedRegex(@"perform actions?(?:\(s\))? '(?<action>[^']+)'", RegexOptions.IgnoreCase)]
    private static partial Regex AnyAction();
}
