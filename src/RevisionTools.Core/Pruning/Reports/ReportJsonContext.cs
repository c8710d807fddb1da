using System.Text.Json.Serialization;
using RevisionTools.Pruning.Saved;

namespace RevisionTools.Pruning.Reports;

/// <summary>How reports are written for programs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true,
    Converters = [typeof(CleanTextConverter)])]
[JsonSerializable(typeof(PruneReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
