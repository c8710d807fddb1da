namespace RevisionTools.Sandbox;

/// <summary>
/// The template of a revision, kept as the JSON text that is sent: it never changes, and a large fleet holds many.
/// </summary>
internal sealed class RevisionTemplate
{
    internal required byte[] Json { get; init; }

    /// <summary>Whether it has scale.allowScalingRuleOverride, which older api-versions do not show.</summary>
    internal bool SetsScalingOverride { get; init; }

    internal required IReadOnlyList<string> Images { get; init; }

    internal required IReadOnlyList<string> Containers { get; init; }

    internal required IReadOnlyList<string> InitContainers { get; init; }

    internal required int MinReplicas { get; init; }

    internal required int MaxReplicas { get; init; }

    internal ScaleSettings Scale { get; init; } = ScaleSettings.Default;

    internal string FirstContainer => Containers.Count == 0 ? "" : Containers[0];
}
