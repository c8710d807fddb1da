namespace RevisionTools;

/// <summary>What Azure takes where a template does not say how to scale.</summary>
/// <remarks>ARM-FACTS 5.1.</remarks>
internal static class ScaleDefaults
{
    public const int MinReplicas = 0;

    public const int MaxReplicas = 10;
}
