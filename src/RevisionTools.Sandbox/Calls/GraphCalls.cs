using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>
/// Resource Graph over the container apps (ARM-FACTS 9). Revisions are not in it. It sees every write at once, unlike the
/// real one, which trails behind.
/// </summary>
internal static class GraphCalls
{
    private const int MostRows = 1000;

    internal static ArmAnswer Query(ArmCall call)
    {
        var body = call.Body();
        GraphQuery query;
        try
        {
            query = GraphQuery.Parse(JsonFields.Text(body["query"]) ?? "");
        }
        catch (GraphException error)
        {
            return Refusal(call, "InvalidQuery", error.Message);
        }

        var options = body["options"] as JsonObject ?? [];
        if (Problem(options) is { } problem)
        {
            return Refusal(call, "InvalidOptions", problem);
        }

        var rows = query.Rows(Apps(call, body["subscriptions"] as JsonArray), call.Tenant.TenantId);
        var first = Math.Min(Skip(options), rows.Length);
        var size = Math.Min(JsonFields.Number(options["$top"]) ?? MostRows, call.PageSize > 0 ? call.PageSize : MostRows);
        var count = Math.Min(size, rows.Length - first);
        return Answer(call, query, rows, first, count);
    }

    private static ArmAnswer Answer(ArmCall call, GraphQuery query, SandboxApp[] rows, int first, int count) => ArmAnswer.Ok(writer =>
    {
        // A query can be paged only if its rows have ids; else the rest is cut off and the answer says so.
        var hasMore = first + count < rows.Length;
        var canPage = query.Columns.Contains("id");
        writer.WriteStartObject();
        writer.WriteNumber("totalRecords", rows.Length);
        writer.WriteNumber("count", count);
        writer.WriteStartArray("data");
        foreach (var app in rows.AsSpan(first, count))
        {
            WriteRow(writer, call, app, query.Columns);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("facets");
        writer.WriteEndArray();
        writer.WriteString("resultTruncated", hasMore && !canPage ? "true" : "false");
        if (hasMore && canPage)
        {
            writer.WriteString("$skipToken", Token(first + count));
        }

        writer.WriteEndObject();
    });

    private static void WriteRow(Utf8JsonWriter writer, ArmCall call, SandboxApp app, IReadOnlyList<string> columns)
    {
        call.Lifecycle.Settle(app, call.Now);
        writer.WriteStartObject();
        foreach (var column in columns)
        {
            GraphColumns.Write(writer, call, app, column);
        }

        writer.WriteEndObject();
    }

    /// <summary>Those of the subscriptions that were named; without any, of all that the caller may read.</summary>
    private static IEnumerable<SandboxApp> Apps(ArmCall call, JsonArray? subscriptions) =>
        subscriptions is not { Count: > 0 } || subscriptions.Any(id =>
            call.Tenant.SubscriptionId.Equals(JsonFields.Text(id), StringComparison.OrdinalIgnoreCase))
            ? call.Apps
            : [];

    private static string? Problem(JsonObject options)
    {
        if (options["$top"] is { } top && JsonFields.Number(top) is not (>= 1 and <= MostRows))
        {
            return $"The $top must be from 1 to {MostRows}.";
        }

        if ((JsonFields.Text(options["resultFormat"]) ?? "objectArray") != "objectArray")
        {
            return "The sandbox has the resultFormat objectArray only.";
        }

        return options["$skipToken"] is { } token && Position(token) is null ? "The $skipToken is invalid." : null;
    }

    private static int Skip(JsonObject options) => Position(options["$skipToken"]) ?? Math.Max(0, JsonFields.Number(options["$skip"]) ?? 0);

    private static string Token(int position) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(position.ToString(CultureInfo.InvariantCulture)));

    private static int? Position(JsonNode? token)
    {
        Span<byte> bytes = stackalloc byte[16];
        return Convert.TryFromBase64String(JsonFields.Text(token) ?? "", bytes, out var length) &&
            int.TryParse(bytes[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
    }

    // unconfirmed: BadRequest with InvalidQuery in the details is reported; a query that the real one would answer is refused likewise.
    private static ArmAnswer Refusal(ArmCall call, string code, string reason)
    {
        var correlation = call.Request.CorrelationId ?? call.Tenant.Random.Guid($"graph/{call.Now.UtcTicks}/{reason}").ToString();
        return ArmAnswer.Error(
            HttpStatusCode.BadRequest,
            "BadRequest",
            $"Please provide below info when asking for support: timestamp = {WireDates.System(call.Now)}Z, correlationId = {correlation}.",
            (code, "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying."),
            ("ParserFailure", reason));
    }
}
