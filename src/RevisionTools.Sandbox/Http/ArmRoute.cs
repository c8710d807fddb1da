namespace RevisionTools.Sandbox;

/// <summary>One kind of call: method and path template, the permission it needs, and what answers it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path; <c>{name}</c> stands for one segment. Literals compare without case.</param>
/// <param name="Permission">The Azure action that a caller must be allowed.</param>
/// <param name="Answer">What answers it.</param>
internal sealed record ArmRoute(string Method, string Template, string Permission, Func<ArmCall, ArmAnswer> Answer)
{
    private readonly string[] _segments = Template.Split('/');

    /// <summary>Answered by ARM's own provider Microsoft.Resources, with api-versions of its own.</summary>
    internal bool IsOfResources => Permission.StartsWith("Microsoft.Resources/", StringComparison.Ordinal);

    /// <summary>The api-versions at which this call exists.</summary>
    internal ApiVersions Versions { get; init; } =
        Permission.StartsWith("Microsoft.Resources/", StringComparison.Ordinal) ? ApiVersions.Resources : ApiVersions.App;

    /// <summary>The provider and type that the path is of, as in <c>Microsoft.App/containerApps/revisions</c>; empty for none.</summary>
    internal string ResourceType { get; } = ResourceTypes.Of(
        Permission.EndsWith("/action", StringComparison.Ordinal) ? Template[..Template.LastIndexOf('/')] : Template);

    /// <summary>The values of the template's names, or null when the path is not of this kind.</summary>
    internal Dictionary<string, string>? Match(string[] segments)
    {
        if (segments.Length != _segments.Length)
        {
            return null;
        }

        Dictionary<string, string> values = [];
        for (var index = 0; index < segments.Length; index++)
        {
            var expected = _segments[index];
            if (expected.StartsWith('{'))
            {
                values.Add(expected[1..^1], segments[index]);
            }
            else if (!expected.Equals(segments[index], StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return values;
    }
}
