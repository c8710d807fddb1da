using System.Text.Json;

namespace RevisionTools.FaultRuns.Journal;

/// <summary>What a line of the file says of a write; read from its JSON, without the code that wrote it.</summary>
/// <param name="IsBefore">Whether it was written before the write was sent, else after.</param>
/// <param name="Kind">Deactivate, Activate or SetMaxInactive.</param>
/// <param name="ResourceId">What is written.</param>
/// <param name="Created">When the revision was made.</param>
/// <param name="From">The limit before.</param>
/// <param name="To">The limit after.</param>
/// <param name="Outcome">What it says became of the write; null before.</param>
internal sealed record JournalEntry(bool IsBefore, string Kind, string ResourceId, DateTimeOffset? Created, int? From, int? To, string? Outcome)
{
    public static JournalEntry? Of(string line)
    {
        using var json = JsonDocument.Parse(line);
        var fields = json.RootElement;
        if (fields.GetProperty("line").GetString() is not ("Before" or "After"))
        {
            return null;
        }

        return new JournalEntry(
            fields.GetProperty("line").GetString() == "Before",
            fields.GetProperty("kind").GetString()!,
            Uri.UnescapeDataString(fields.GetProperty("resourceId").GetString()!),
            fields.TryGetProperty("createdTime", out var created) ? created.GetDateTimeOffset() : null,
            fields.TryGetProperty("before", out var from) ? from.GetInt32() : null,
            fields.TryGetProperty("after", out var to) ? to.GetInt32() : null,
            fields.TryGetProperty("outcome", out var outcome) ? outcome.GetString() : null);
    }

    /// <summary>Whether it means the revision that was made then. The service shows whole seconds.</summary>
    public bool Means(DateTimeOffset created) => Created is { } then && (created - then).Duration() < TimeSpan.FromSeconds(1);

    public bool IsAbout(string kind, string path) => Kind == kind && ResourceId.Equals(path, StringComparison.OrdinalIgnoreCase);
}
