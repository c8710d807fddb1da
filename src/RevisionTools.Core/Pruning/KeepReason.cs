namespace RevisionTools.Pruning;

/// <summary>A rule that keeps a revision.</summary>
/// <param name="Ground">What it goes by.</param>
/// <param name="Text">The rule and what it saw, in words.</param>
internal readonly record struct KeepReason(KeepGround Ground, string Text);
