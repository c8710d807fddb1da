using System.Text.Json.Nodes;

namespace RevisionTools;

/// <summary>A revision as it was read, with its whole template.</summary>
/// <param name="Revision">The typed part.</param>
/// <param name="Template">The template as it came, uncleaned: to compare and to send back, not to show. It holds values of environment variables.</param>
internal sealed record RevisionDocument(RevisionResource Revision, JsonObject Template);
