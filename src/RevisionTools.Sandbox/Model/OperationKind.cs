namespace RevisionTools.Sandbox;

/// <summary>What a long-running operation does to its app.</summary>
internal enum OperationKind
{
    Write,
    Start,
    Stop,
    Delete,
}
