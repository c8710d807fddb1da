using System.Text.Json.Serialization;

namespace RevisionTools.Pruning.Reports;

/// <summary>How reports are written for programs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(PruneReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
