using System.Text.Json.Nodes;

namespace RevisionTools;

/// <summary>An app as it was read: what is known of it, and all that Azure said.</summary>
/// <param name="App">The typed part.</param>
/// <param name="Json">The whole answer as it came, uncleaned: to compare and to send back, not to show. Values of secrets are never in it.</param>
internal sealed record AppDocument(ContainerApp App, JsonObject Json)
{
    /// <summary>The template that the next revision is made from, apart from the document.</summary>
    public JsonObject Template => (JsonObject?)(Json["properties"]?["template"] as JsonObject)?.DeepClone() ?? [];
}
