namespace RevisionTools.Sandbox;

/// <summary>What a long-running operation does to its app.</summary>
public enum OperationKind
{
    /// <summary>It makes or changes it.</summary>
    Write,

    /// <summary>It starts it.</summary>
    Start,

    /// <summary>It stops it.</summary>
    Stop,

    /// <summary>It deletes it.</summary>
    Delete,
}
