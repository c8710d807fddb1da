using System.Text.Json.Serialization;

namespace RevisionTools.Arm.Wire;

/// <summary>One page of what Azure Resource Graph found.</summary>
internal sealed record GraphPage
{
    public List<ContainerAppBody?>? Data { get; init; }

    /// <summary>Whether the rest was cut off; with a token it is not, but on the next page.</summary>
    public bool? ResultTruncated { get; init; }

    [JsonPropertyName("$skipToken")]
    public string? SkipToken { get; init; }
}
