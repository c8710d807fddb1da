namespace RevisionTools.Arm;

/// <summary>The code and the words of an error answer; empty where the answer had none.</summary>
internal readonly record struct ServiceError(string? Code, string? Message)
{
    /// <summary>Status, code and words, for a message.</summary>
    public string Describe(int status) => (Code, Message) switch
    {
        (null, null) => $"({status})",
        (null, _) => $"({status}): {Message}",
        (_, null) => $"({status} {Code})",
        _ => $"({status} {Code}): {Message}",
    };

    public bool Is(string code) => string.Equals(Code, code, StringComparison.OrdinalIgnoreCase);
}
