using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Replay;

/// <summary>A recorded request and the service's answer.</summary>
/// <param name="Index">Its position in the original recording.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Uri">The whole address.</param>
/// <param name="Request">The body sent; null for none.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Headers">The headers of the answer that the recorder kept.</param>
/// <param name="Answer">The body of the answer; null for none.</param>
/// <param name="Times">How often it was sent in a row, with equal answers.</param>
/// <param name="Date">The service's time.</param>
internal sealed record RecordedCall(
    string Index, string Method, string Uri, JsonNode? Request, int Status, IReadOnlyDictionary<string, string> Headers, JsonNode? Answer,
    int Times, DateTimeOffset Date)
{
    /// <summary>The kind of its path, as differences name it.</summary>
    internal string Kind
    {
        get
        {
            var path = new Uri(Uri).AbsolutePath.TrimEnd('/');
            string[] parents = ["containerappOperationStatuses", "containerappOperationResults", "containerApps", "revisions", "replicas", "functions"];
            var segments = path.Split('/');
            var parent = parents.FirstOrDefault(name => name.Equals(segments[^2], StringComparison.OrdinalIgnoreCase));
            return $"{Method} {(parent is null ? segments[^1] : parent.TrimEnd('s'))}";
        }
    }
}
