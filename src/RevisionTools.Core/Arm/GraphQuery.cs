using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using RevisionTools.Arm.Wire;

namespace RevisionTools.Arm;

/// <summary>Asks Azure Resource Graph for container apps, page after page.</summary>
/// <remarks>ARM-FACTS section 9. Without a list of subscriptions the query is about all that the account can see.</remarks>
internal sealed class GraphQuery(ArmRequester requester, Uri address)
{
    private const int RowsOfAPage = 1000;

    public async IAsyncEnumerable<ContainerAppBody> RunAsync(string query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? token = null;
        do
        {
            using var message = await requester.SendQueryAsync(address, Body(query, token), cancellationToken).ConfigureAwait(false);
            var page = await ArmRequester.ReadAsync(message, ArmJsonContext.Default.GraphPage, cancellationToken).ConfigureAwait(false);
            foreach (var app in page.Data ?? throw ServiceFailure.Unreadable(message, "it has no 'data'."))
            {
                if (app is not null)
                {
                    yield return app;
                }
            }

            token = string.IsNullOrEmpty(page.SkipToken) ? null : page.SkipToken;
            if (token is null ? page.ResultTruncated == true : !seen.Add(token))
            {
                throw ServiceFailure.Unreadable(message, token is null ? "the rest of it was cut off." : "its $skipToken leads back to a page that was read already.");
            }
        }
        while (token is not null);
    }

    private static JsonObject Body(string query, string? token)
    {
        JsonObject options = new() { ["resultFormat"] = "objectArray", ["$top"] = RowsOfAPage };
        if (token is not null)
        {
            options["$skipToken"] = token;
        }

        return new JsonObject { ["query"] = query, ["options"] = options };
    }
}
