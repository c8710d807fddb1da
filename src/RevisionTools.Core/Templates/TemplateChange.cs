using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RevisionTools.Templates;

/// <summary>What a new revision is to have otherwise than the one that it is made from.</summary>
internal sealed partial record TemplateChange
{
    private const string SecretPrefix = "secretref:";
    private const int MostReplicas = 1000;

    /// <summary>Images by container; the empty name stands for the container that is meant.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>();

    /// <summary>The container that is meant; null where the template has one only.</summary>
    public string? ContainerName { get; init; }

    /// <summary>Values by name; <c>secretref:name</c> refers to a secret of the app.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> RemovedEnvironmentVariables { get; init; } = [];

    public double? Cpu { get; init; }

    public string? Memory { get; init; }

    public int? MinReplicas { get; init; }

    public int? MaxReplicas { get; init; }

    private bool ChangesContainer => EnvironmentVariables.Count > 0 || RemovedEnvironmentVariables.Count > 0 || Cpu is not null || Memory is not null;

    /// <summary>The template with the changes in it.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidTemplateChange"/></exception>
    public JsonObject ApplyTo(JsonObject template)
    {
        var changed = (JsonObject)template.DeepClone();
        foreach (var (name, image) in Images)
        {
            if (string.IsNullOrWhiteSpace(image) || image.Any(char.IsWhiteSpace))
            {
                throw Refusal($"'{image}' is no image");
            }

            if (image.Contains("://", StringComparison.Ordinal))
            {
                throw Refusal($"'{image}' is an address and no image, which begins with the registry");
            }

            Container(changed, name.Length > 0 ? name : ContainerName)["image"] = image;
        }

        if (ChangesContainer)
        {
            var container = Container(changed, ContainerName);
            SetVariables(container);
            SetResources(container);
        }

        SetScale(changed);
        return changed;
    }

    /// <summary>Names among <see cref="RemovedEnvironmentVariables"/> that the template does not have.</summary>
    public IEnumerable<string> NotThere(JsonObject template) => RemovedEnvironmentVariables.Count == 0
        ? []
        : RemovedEnvironmentVariables.Except(
            TemplateJson.Objects(Container(template, ContainerName)["env"]).Select(variable => TemplateJson.Text(variable["name"]) ?? ""), StringComparer.Ordinal);

    private static JsonObject Container(JsonObject template, string? name)
    {
        var containers = TemplateJson.Objects(template["containers"]).ToList();
        var all = containers.Concat(TemplateJson.Objects(template["initContainers"])).ToList();
        var names = string.Join(", ", all.Select(container => $"'{TemplateJson.Text(container["name"])}'"));
        return name switch
        {
            null when containers.Count == 1 => containers[0],
            null => throw Refusal($"the template has several containers, {names}: -ContainerName says which is meant"),
            _ => all.Find(container => string.Equals(TemplateJson.Text(container["name"]), name, StringComparison.OrdinalIgnoreCase))
                ?? throw Refusal($"the template has no container '{name}', but {names}"),
        };
    }

    private void SetVariables(JsonObject container)
    {
        if (EnvironmentVariables.Keys.Intersect(RemovedEnvironmentVariables, StringComparer.Ordinal).FirstOrDefault() is { } both)
        {
            throw Refusal($"the environment variable '{both}' is to be set and to be removed");
        }

        var variables = TemplateJson.Objects(container["env"]).Select(variable => (JsonObject)variable.DeepClone()).ToList();
        variables.RemoveAll(variable => RemovedEnvironmentVariables.Contains(TemplateJson.Text(variable["name"]), StringComparer.Ordinal));
        foreach (var (name, value) in EnvironmentVariables)
        {
            var variable = Variable(name, value);
            var index = variables.FindIndex(other => TemplateJson.Text(other["name"]) == name);
            if (index < 0)
            {
                variables.Add(variable);
            }
            else
            {
                variables[index] = variable;

                // Of several by one name it is not known which counts.
                variables.RemoveAll(other => other != variable && TemplateJson.Text(other["name"]) == name);
            }
        }

        container["env"] = new JsonArray([.. variables]);
    }

    private static JsonObject Variable(string name, string value)
    {
        if (name.Length == 0 || name.Contains('='))
        {
            throw Refusal($"'{name}' is no name of an environment variable");
        }

        if (!value.StartsWith(SecretPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return new JsonObject { ["name"] = name, ["value"] = value };
        }

        return value.Length > SecretPrefix.Length
            ? new JsonObject { ["name"] = name, ["secretRef"] = value[SecretPrefix.Length..].Trim() }
            : throw Refusal($"the environment variable '{name}' refers to a secret without a name");
    }

    private void SetResources(JsonObject container)
    {
        if (Cpu is null && Memory is null)
        {
            return;
        }

        if (Cpu is { } cores && !(cores is > 0 and < 1000))
        {
            throw Refusal($"{cores} is no number of cores");
        }

        if (Memory is not null && !MemoryPattern().IsMatch(Memory))
        {
            throw Refusal($"'{Memory}' is no size of memory; it is written as 0.5Gi or 512Mi");
        }

        var resources = container["resources"] as JsonObject ?? [];
        resources = (JsonObject)resources.DeepClone();
        resources["cpu"] = Cpu is { } cpu ? JsonValue.Create(cpu) : resources["cpu"]?.DeepClone();
        resources["memory"] = Memory ?? resources["memory"]?.DeepClone();
        container["resources"] = resources;
    }

    private void SetScale(JsonObject template)
    {
        if (MinReplicas is null && MaxReplicas is null)
        {
            return;
        }

        var scale = (template["scale"] as JsonObject)?.DeepClone() as JsonObject ?? [];
        var fewest = MinReplicas ?? (int?)TemplateJson.Number(scale["minReplicas"]) ?? 0;
        var most = MaxReplicas ?? (int?)TemplateJson.Number(scale["maxReplicas"]) ?? ScaleDefaults.MaxReplicas;
        if (fewest < 0 || most is < 1 or > MostReplicas || fewest > most)
        {
            throw Refusal($"at least {fewest} and at most {most} replicas; the limits go from 0 to {MostReplicas}, and the second is 1 or more and no less than the first");
        }

        scale["minReplicas"] = MinReplicas ?? scale["minReplicas"]?.DeepClone();
        scale["maxReplicas"] = MaxReplicas ?? scale["maxReplicas"]?.DeepClone();
        template["scale"] = scale;
    }

    private static RevisionToolsException Refusal(string what) =>
        new(FailureKind.InvalidTemplateChange, $"The change of the template does not fit: {what}.");

    [GeneratedRegex(@"^(0*[1-9][0-9]{0,4}(\.[0-9]{1,3})?|0+\.[0-9]{0,2}[1-9])(Gi|Mi)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex MemoryPattern();
}
