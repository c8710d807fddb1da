namespace RevisionTools;

/// <summary>A scale rule of a revision's template.</summary>
/// <param name="Name">The rule's name.</param>
/// <param name="Type">The KEDA scaler: <c>http</c>, <c>tcp</c>, <c>azure-queue</c>, or a custom rule's own type.</param>
/// <param name="Metadata">What the scaler looks at; keys compare without case. No secret is in it.</param>
/// <remarks>ARM-FACTS 5.1.</remarks>
internal sealed record ScaleRule(string Name, string Type, IReadOnlyDictionary<string, string> Metadata)
{
    private static readonly Dictionary<string, string> s_none = [];

    /// <summary>Names of the app's secrets that the scaler is given, by the parameter that each is for. A secret has one value for all revisions.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = s_none;

    /// <summary>What the environment variables hold that <see cref="Metadata"/> names, told without their values; those that could not be looked up are left out.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = s_none;
}
