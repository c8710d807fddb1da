namespace RevisionTools;

/// <summary>One thing that was looked at to say whether a revision could start again, and what came of it.</summary>
public sealed record ReadinessFinding
{
    /// <summary>What kind of thing it is.</summary>
    public required ReadinessCheck Check { get; init; }

    /// <summary>Whether it would let the revision start.</summary>
    public required ReadinessResult Result { get; init; }

    /// <summary>Which one: the name of the secret, the registry, the image.</summary>
    public required string Subject { get; init; }

    /// <summary>What was found, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Check, subject and result.</summary>
    public override string ToString() => $"{Check} {Subject}: {Result}";

    /// <summary>A finding whose texts, which anybody who may write the app can choose, are made harmless.</summary>
    internal static ReadinessFinding Of(ReadinessCheck check, ReadinessResult result, string subject, string message) => new()
    {
        Check = check,
        Result = result,
        Subject = SafeText.Clean(subject),
        Message = SafeText.Clean(message),
    };
}
