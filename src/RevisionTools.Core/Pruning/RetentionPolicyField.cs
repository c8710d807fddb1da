using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Pruning;

/// <summary>A rule of a retention policy as it stands in a file.</summary>
internal sealed class RetentionPolicyField
{
    private readonly Func<RetentionPolicy, JsonElement, RetentionPolicy?> _read;
    private readonly Func<RetentionPolicy, JsonNode?> _write;
    private readonly string _kind;

    private RetentionPolicyField(
        string rule, string kind, Func<RetentionPolicy, JsonElement, RetentionPolicy?> read, Func<RetentionPolicy, JsonNode?> write)
    {
        Name = NameOf(rule);
        _kind = kind;
        _read = read;
        _write = write;
    }

    /// <summary>All that a file may have, in the order in which it is written.</summary>
    public static IReadOnlyList<RetentionPolicyField> All { get; } =
    [
        Count(nameof(RetentionPolicy.KeepLast), policy => policy.KeepLast, (policy, count) => policy with { KeepLast = count }),
        Span(nameof(RetentionPolicy.KeepSinceCreated), policy => policy.KeepSinceCreated, (policy, span) => policy with { KeepSinceCreated = span }),
        Span(nameof(RetentionPolicy.KeepSinceActive), policy => policy.KeepSinceActive, (policy, span) => policy with { KeepSinceActive = span }),
        Count(nameof(RetentionPolicy.KeepDaily), policy => policy.KeepDaily, (policy, count) => policy with { KeepDaily = count }),
        Count(nameof(RetentionPolicy.KeepWeekly), policy => policy.KeepWeekly, (policy, count) => policy with { KeepWeekly = count }),
        Count(nameof(RetentionPolicy.KeepMonthly), policy => policy.KeepMonthly, (policy, count) => policy with { KeepMonthly = count }),
        new(
            nameof(RetentionPolicy.TimeZone), "a text such as \"Europe/Berlin\"",
            (policy, value) => value.ValueKind == JsonValueKind.String ? policy with { TimeZone = value.GetString() } : null,
            policy => policy.TimeZone),
        Count(nameof(RetentionPolicy.KeepLastPerLabel), policy => policy.KeepLastPerLabel, (policy, count) => policy with { KeepLastPerLabel = count }),
        Count(nameof(RetentionPolicy.KeepLastPerImage), policy => policy.KeepLastPerImage, (policy, count) => policy with { KeepLastPerImage = count }),
        new(
            nameof(RetentionPolicy.KeepName), "a list of at least one text, such as [\"v1.*\"]",
            (policy, value) => Texts(value) is { Count: > 0 } names ? policy with { KeepName = names } : null,
            policy => policy.KeepName.Count == 0 ? null : new JsonArray([.. policy.KeepName.Select(name => JsonValue.Create(name))])),
        Count(nameof(RetentionPolicy.KeepReady), policy => policy.KeepReady, (policy, count) => policy with { KeepReady = count }),
        Count(nameof(RetentionPolicy.MaxActive), policy => policy.MaxActive, (policy, count) => policy with { MaxActive = count }),
        Count(nameof(RetentionPolicy.MaxInactive), policy => policy.MaxInactive, (policy, count) => policy with { MaxInactive = count }),
        Span(nameof(RetentionPolicy.Failed), policy => policy.Failed, (policy, span) => policy with { Failed = span }),
        new(
            nameof(RetentionPolicy.GroupBy), "\"App\", \"Image\" or \"Label\"",
            (policy, value) => Enum.GetValues<RetentionGrouping>().Where(grouping => value.ValueKind == JsonValueKind.String && value.ValueEquals(grouping.ToString()))
                .Select(grouping => policy with { GroupBy = grouping }).FirstOrDefault(),
            policy => policy.GroupBy == RetentionGrouping.App ? null : policy.GroupBy.ToString()),
    ];

    /// <summary>What the rule is called in a file.</summary>
    public string Name { get; }

    /// <summary>What a rule is called in a file.</summary>
    public static string NameOf(string rule) => JsonNamingPolicy.CamelCase.ConvertName(rule);

    /// <summary>The policy with the rule as the value says.</summary>
    /// <param name="policy">The policy so far.</param>
    /// <param name="value">What stands in the file.</param>
    /// <param name="complaint">What is wrong with the value; empty for nothing.</param>
    public RetentionPolicy Read(RetentionPolicy policy, JsonElement value, out string complaint)
    {
        var read = _read(policy, value);
        complaint = read is null ? $"must be {_kind}, not {Shown(value)}" : "";
        return read ?? policy;
    }

    /// <summary>The rule's value for a file; null where the policy has no such rule.</summary>
    public JsonNode? Write(RetentionPolicy policy) => _write(policy);

    private static RetentionPolicyField Count(string rule, Func<RetentionPolicy, int?> get, Func<RetentionPolicy, int, RetentionPolicy> with) => new(
        rule,
        "a whole number",
        (policy, value) => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number == Math.Truncate(number)
            && number is >= int.MinValue and <= int.MaxValue ? with(policy, (int)number) : null,
        policy => get(policy));

    private static RetentionPolicyField Span(string rule, Func<RetentionPolicy, TimeSpan?> get, Func<RetentionPolicy, TimeSpan, RetentionPolicy> with) => new(
        rule,
        $"a text with a span and its unit, {SpanText.Forms}",
        (policy, value) => value.ValueKind == JsonValueKind.String && SpanText.TryParse(value.GetString()!, out var span) ? with(policy, span) : null,
        policy => get(policy) is { } span ? SpanText.Format(span) : null);

    private static List<string>? Texts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : null;

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: <= 40 } text ? text : $"{value.GetRawText()[..40]}...";
}
