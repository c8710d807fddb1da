namespace RevisionTools.Pruning.Undo;

/// <summary>What an undo does with one app.</summary>
/// <param name="App">The app.</param>
/// <param name="Limits">What becomes of its limit of inactive revisions, in order; before the revisions, which it protects.</param>
/// <param name="Items">What becomes of its revisions, the last that was deactivated first.</param>
internal sealed record UndoPlan(ContainerAppId App, IReadOnlyList<UndoLimit> Limits, IReadOnlyList<UndoItem> Items);
