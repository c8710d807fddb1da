using System.Globalization;
using RevisionTools.Arm.Wire;

namespace RevisionTools.Arm;

/// <summary>From what Azure sends to the records of Resources: revisions and their scale rules.</summary>
internal static class RevisionMapper
{
    /// <summary>Whether a scale rule names an environment variable.</summary>
    public static bool NamesVariables(RevisionBody body) => (body.Properties?.Template?.Scale?.Rules ?? []).OfType<TemplateScaleRule>()
        .Any(rule => ScaleVariables.AreNamedIn(ToScaleRule(rule).Metadata));

    public static RevisionResource ToRevision(RevisionBody body)
    {
        var name = ResourceMapper.Text(body.Name) ?? RevisionId.TryParse(body.Id)?.Name
            ?? throw ResourceMapper.Invalid("a revision has neither a name nor an id.");
        var properties = body.Properties ?? throw ResourceMapper.Invalid($"the revision '{name}' has no properties.");
        return new RevisionResource
        {
            Name = name,
            ResourceId = ResourceMapper.Text(body.Id),
            Active = properties.Active,
            TrafficWeight = properties.TrafficWeight,
            CreatedTime = properties.CreatedTime,
            LastActiveTime = properties.LastActiveTime,
            Replicas = properties.Replicas,
            MinReplicas = properties.Template?.Scale?.MinReplicas,
            MaxReplicas = properties.Template?.Scale?.MaxReplicas,
            ProvisioningState = ResourceMapper.Text(properties.ProvisioningState),
            RunningState = ResourceMapper.Text(properties.RunningState),
            RunningStateDetails = ResourceMapper.Text(properties.RunningStateDetails),
            HealthState = ResourceMapper.Text(properties.HealthState),
            ProvisioningError = ResourceMapper.Text(properties.ProvisioningError),
            Fqdn = ResourceMapper.Text(properties.Fqdn),
            Containers = [.. (properties.Template?.Containers ?? []).Where(container => ResourceMapper.Text(container?.Image) is not null).Select(ToContainer!)],
            InitImages = [.. (properties.Template?.InitContainers ?? []).Select(container => ResourceMapper.Text(container?.Image)).OfType<string>()],
            ScaleRules = [.. (properties.Template?.Scale?.Rules ?? []).OfType<TemplateScaleRule>().Select(rule => ToScaleRule(rule, properties.Template!.Containers))],
        };
    }

    private static RevisionContainer ToContainer(TemplateContainer container) => new()
    {
        Name = container.Name ?? "",
        Image = container.Image!,
        Cpu = double.TryParse(container.Resources?.Cpu, NumberStyles.Float, CultureInfo.InvariantCulture, out var cores) ? cores : null,
        Memory = ResourceMapper.Text(container.Resources?.Memory),
    };

    private static ScaleRule ToScaleRule(TemplateScaleRule rule, List<TemplateContainer?>? containers)
    {
        var read = ToScaleRule(rule);
        return read with { Variables = ScaleVariables.Of(read.Metadata, containers) };
    }

    private static ScaleRule ToScaleRule(TemplateScaleRule rule) => rule switch
    {
        { Custom: { } custom } => Create(rule, ResourceMapper.Text(custom.Type) ?? "custom", custom.Metadata, custom.Auth),
        { AzureQueue: { } queue } => Create(rule, "azure-queue", ToMetadata(queue), queue.Auth),
        { Http: { } http } => Create(rule, "http", http.Metadata),
        { Tcp: { } tcp } => Create(rule, "tcp", tcp.Metadata),
        _ => Create(rule, "unknown", null),
    };

    private static ScaleRule Create(
        TemplateScaleRule rule, string type, Dictionary<string, string?>? metadata, List<ScaleRuleAuth?>? auth = null) =>
        new(rule.Name ?? "", type, ScaleMetadata.WithoutSecrets(metadata))
        {
            Secrets = ScaleMetadata.SecretNames((auth ?? []).Select(secret => (secret?.TriggerParameter, secret?.SecretRef))),
        };

    private static Dictionary<string, string?> ToMetadata(QueueRule queue) => new()
    {
        ["queueName"] = queue.QueueName,
        ["queueLength"] = queue.QueueLength,
        ["accountName"] = queue.AccountName,
    };
}
