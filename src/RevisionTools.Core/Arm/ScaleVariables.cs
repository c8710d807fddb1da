using System.Security.Cryptography;
using System.Text;
using RevisionTools.Arm.Wire;
using RevisionTools.Lifecycle;

namespace RevisionTools.Arm;

/// <summary>Tells what environment variables hold that scale rules name, such as by <c>connectionFromEnv</c>, and never their values.</summary>
internal static class ScaleVariables
{
    private const int DigestLength = 16;

    private static readonly Dictionary<string, string> s_none = [];

    /// <summary>Whether any is named.</summary>
    public static bool AreNamedIn(IReadOnlyDictionary<string, string> metadata) => metadata.Keys.Any(EventSourceRules.IsPlaceFromVariable);

    /// <summary>By the variable's name the secret that it is, or a digest of its value. One that no container has, or that two have unlike each other, is left out.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> metadata, IEnumerable<TemplateContainer?>? containers)
    {
        var named = metadata.Where(entry => EventSourceRules.IsPlaceFromVariable(entry.Key)).Select(entry => entry.Value).Distinct(StringComparer.Ordinal).ToList();
        if (named.Count == 0)
        {
            return s_none;
        }

        var variables = (containers ?? []).SelectMany(container => container?.Env ?? []).OfType<TemplateVariable>().ToLookup(variable => variable.Name, StringComparer.Ordinal);
        return named.Select(name => (Name: name, Held: variables[name].Select(Describe).Distinct(StringComparer.Ordinal).ToList()))
            .Where(variable => variable.Held is [not null])
            .ToDictionary(variable => variable.Name, variable => variable.Held[0]!, StringComparer.Ordinal);
    }

    private static string? Describe(TemplateVariable variable) => variable switch
    {
        { SecretRef.Length: > 0 } => $"secret {variable.SecretRef.ToLowerInvariant()}",
        { Value.Length: > 0 } => $"value #{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(variable.Value)))[..DigestLength].ToLowerInvariant()}",
        _ => null,
    };
}
