using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>A storage of a managed environment in a scenario, which volumes can be on.</summary>
public sealed record ScenarioStorage
{
    /// <summary>The name by which volumes refer to it.</summary>
    public required string Name { get; init; }

    /// <summary>The Azure region of the environment, as Azure shows it; says which environment where no id is given.</summary>
    public string Location { get; init; } = "North Europe";

    /// <summary>The resource id of the managed environment; the one of the region when left out.</summary>
    public string? EnvironmentId { get; init; }

    /// <summary>The properties in ARM's own shape, such as azureFile with accountName, shareName and accessMode.</summary>
    public JsonObject? Properties { get; init; }
}
