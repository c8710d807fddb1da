namespace RevisionTools;

/// <summary>An interlock forbids what was asked of a revision. Nothing was changed.</summary>
public sealed class RevisionProtectedException : RevisionToolsException
{
    /// <summary>A refusal.</summary>
    /// <param name="message">Which interlocks hold, and what to do instead.</param>
    /// <param name="interlocks">The interlocks that hold.</param>
    internal RevisionProtectedException(string message, IReadOnlyList<Interlock> interlocks)
        : base(FailureKind.RevisionProtected, message) => Interlocks = IndexableList.Of(interlocks);

    /// <summary>The interlocks that hold.</summary>
    public IReadOnlyList<Interlock> Interlocks { get; }
}
