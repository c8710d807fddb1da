using System.Text.Json.Serialization;

namespace RevisionTools.Pruning.Saved;

/// <summary>How plans are saved: readable, without what says nothing; and read: strictly, so that nothing that counts is passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    WriteIndented = true,
    Converters = [typeof(CleanTextConverter)])]
[JsonSerializable(typeof(SavedPlans))]
[JsonSerializable(typeof(SavedPlan))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
