using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>A storage of a managed environment, which volumes of its apps can be on.</summary>
/// <param name="EnvironmentId">The resource id of the environment.</param>
/// <param name="Name">The name by which volumes refer to it.</param>
/// <param name="Properties">In ARM's own shape; the account key, which is write-only, is not in it.</param>
internal sealed record EnvironmentStorage(string EnvironmentId, string Name, JsonObject Properties)
{
    internal string Id => $"{EnvironmentId}/storages/{Name}";
}
