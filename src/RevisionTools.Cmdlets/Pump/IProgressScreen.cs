using RevisionTools.Work;

namespace RevisionTools.Cmdlets.Pump;

/// <summary>Where a progress bar is shown. Called on the pipeline thread only.</summary>
internal interface IProgressScreen
{
    /// <summary>Whether anybody would see it.</summary>
    bool IsThere { get; }

    /// <summary>Shows how far the work is, or takes the bar away when it is done.</summary>
    /// <returns>Whether the host takes progress at all.</returns>
    bool TryShow(WorkProgress progress, bool isDone);
}
