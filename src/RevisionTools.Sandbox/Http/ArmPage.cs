using System.Globalization;
using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>Writes a list: all of it, or page by page with a nextLink where a page size is set.</summary>
internal static class ArmPage
{
    private const string SkipToken = "$skiptoken";

    /// <summary>The key nextLink is absent, not null, when there is no further page (ARM-FACTS 3.4).</summary>
    internal static ArmAnswer Of<T>(ArmCall call, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        var first = Math.Min(Skipped(call.Request), items.Count);
        var count = call.PageSize > 0 ? Math.Min(call.PageSize, items.Count - first) : items.Count - first;
        return ArmAnswer.Ok(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value");
            for (var index = first; index < first + count; index++)
            {
                write(writer, items[index]);
            }

            writer.WriteEndArray();
            if (first + count < items.Count)
            {
                writer.WriteString("nextLink", NextLink(call, first + count));
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>A list that has no nextLink in its schema, so it is never paged.</summary>
    internal static ArmAnswer Whole<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => ArmAnswer.Ok(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("value");
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static int Skipped(ArmRequest request) =>
        int.TryParse(request.Query(SkipToken), NumberStyles.None, CultureInfo.InvariantCulture, out var skipped) ? skipped : 0;

    private static string NextLink(ArmCall call, int skip) => string.Create(
        CultureInfo.InvariantCulture,
        $"{call.Request.Origin}{call.Request.Uri.AbsolutePath}?api-version={call.Version.Text}&%24skiptoken={skip}");
}
