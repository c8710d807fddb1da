namespace RevisionTools.Tests.Support;

/// <summary>A clock that jumps to the end of each wait as soon as somebody waits.</summary>
internal sealed class AutoClock : ManualClock
{
    protected override void OnScheduled(TimeSpan wait) => Advance(wait);
}
