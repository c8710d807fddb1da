namespace RevisionTools.Lifecycle;

/// <summary>The caution interlocks that the caller has lifted for a bulk change.</summary>
/// <param name="Labelled">Revisions with a label may go too.</param>
/// <param name="EventConsumer">Revisions that consume events may go too.</param>
internal sealed record InterlockLifts(bool Labelled = false, bool EventConsumer = false)
{
    public static InterlockLifts None { get; } = new();
}
