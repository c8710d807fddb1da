namespace RevisionTools.Tests.Sandbox.Replay;

/// <summary>An app that is there before a recorded sequence begins.</summary>
/// <param name="Group">The group.</param>
/// <param name="Name">The name.</param>
/// <param name="Body">The body of the PUT that makes it.</param>
internal sealed record SequenceApp(string Group, string Name, string Body);
