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

    /// <summary>Another operation on the app is going on; the same write may succeed once that has ended (ARM-FACTS 6).</summary>
    public bool IsOfABusyApp => Is("ContainerAppOperationInProgress") || Is("ContainerAppLockConflict");

    public bool Is(string code) => string.Equals(Code, code, StringComparison.OrdinalIgnoreCase);
}
