namespace RevisionTools;

/// <summary>
/// Metadata of scale rules without secrets. They belong into the rule's <c>auth</c>, which is not read, but scalers accept
/// connection strings and passwords in the metadata as well.
/// </summary>
internal static class ScaleMetadata
{
    private static readonly string[] s_secretNames =
        ["password", "secret", "token", "connection", "connectionString", "credential", "credentials", "key", "sas"];

    private static readonly string[] s_secretValues = ["AccountKey=", "SharedAccessKey=", "SharedAccessSignature=", "Password=", "Pwd=", "sig="];

    public static IReadOnlyDictionary<string, string> WithoutSecrets(Dictionary<string, string?>? metadata)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in metadata ?? [])
        {
            if (value is not null && !IsSecret(name, value))
            {
                kept[name] = value;
            }
        }

        return kept;
    }

    /// <summary>Which secret of the app each parameter of a scaler is given; names alone.</summary>
    public static IReadOnlyDictionary<string, string> SecretNames(IEnumerable<(string? Parameter, string? Secret)> secrets)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (parameter, secret) in secrets)
        {
            if (parameter is not null && secret is not null)
            {
                names[parameter] = secret;
            }
        }

        return names;
    }

    /// <summary>Whether the entry may hold a secret.</summary>
    // Names tell by their ends: connectionFromEnv holds the name of a variable, concurrentConnections a number.
    public static bool IsSecret(string name, string value) =>
        s_secretNames.Any(word => name.EndsWith(word, StringComparison.OrdinalIgnoreCase))
        || s_secretValues.Any(word => value.Contains(word, StringComparison.OrdinalIgnoreCase))
        || HasUserInfo(value);

    private static bool HasUserInfo(string value) =>
        value.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme && value.IndexOf('@', scheme) > scheme;
}
