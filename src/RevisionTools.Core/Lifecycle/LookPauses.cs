namespace RevisionTools.Lifecycle;

/// <summary>Pauses between looks for the effect of what Azure has accepted, a minute together: reads may lag behind writes.</summary>
internal static class LookPauses
{
    private static readonly double[] s_seconds = [2.5, 2.5, 5, 5, 10, 15, 20];

    /// <summary>The pause after a look, counted from 0; null after the last.</summary>
    public static TimeSpan? After(int look) => look < s_seconds.Length ? TimeSpan.FromSeconds(s_seconds[look]) : null;
}
