namespace RevisionTools.Changes;

/// <summary>The end of a change of an app.</summary>
/// <param name="Before">The app right before the write, or as it was found where nothing was left to do.</param>
/// <param name="After">The app as it was read back.</param>
/// <param name="HasWritten">Whether the change was sent; false when the app was as wanted already.</param>
/// <param name="SideEffects">What differs beyond what was asked for, one sentence each; a change of another operator's shows here.</param>
internal sealed record AppUpdate(AppState Before, AppState After, bool HasWritten, IReadOnlyList<string> SideEffects);
