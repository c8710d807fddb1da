using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RevisionTools.Arm.Wire;

/// <summary>How the answers of Azure Resource Manager are read: unknown fields ignored, text cleaned, numbers and dates leniently.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(SafeTextConverter), typeof(LenientDateConverter), typeof(LenientInt32Converter), typeof(LenientBooleanConverter), typeof(RevisionConverter)])]
[JsonSerializable(typeof(ResourcePage<ContainerAppBody>))]
[JsonSerializable(typeof(ResourcePage<RevisionResource>))]
[JsonSerializable(typeof(ResourcePage<ReplicaBody>))]
[JsonSerializable(typeof(ResourcePage<SubscriptionBody>))]
[JsonSerializable(typeof(ResourcePage<FunctionBody>))]
[JsonSerializable(typeof(ResourcePage<LabelHistoryBody>))]
[JsonSerializable(typeof(ResourcePage<JsonObject>))]
[JsonSerializable(typeof(ResourcePage<StorageBody>))]
[JsonSerializable(typeof(EnvironmentBody))]
[JsonSerializable(typeof(GraphPage))]
[JsonSerializable(typeof(RevisionBody))]
[JsonSerializable(typeof(OperationBody))]
[JsonSerializable(typeof(ErrorEnvelope))]
[JsonSerializable(typeof(JsonDocument))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ArmJsonContext : JsonSerializerContext;
