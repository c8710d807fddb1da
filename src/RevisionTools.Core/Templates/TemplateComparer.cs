using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>
/// Says how two templates, or two apps, differ in what they mean: items of lists are matched by name, order alone is no difference but of
/// init containers, and null, absent and the default are the same.
/// </summary>
internal sealed class TemplateComparer
{
    // Shown and compared as one value: their fields alone say little.
    private static readonly HashSet<string> s_whole = ["env", "traffic", "httpHeaders"];

    // Azure runs them one after the other.
    private const string Ordered = "initContainers";

    private readonly List<RevisionDifference> _differences = [];
    private readonly DifferenceText _text;
    private string? _consumer;

    private TemplateComparer(bool includeValue) => _text = new DifferenceText(includeValue);

    /// <param name="reference">A template, or <c>{"configuration": ..}</c>.</param>
    /// <param name="difference">The same of the other side.</param>
    /// <param name="includeValue">Whether values that may be confidential are shown.</param>
    public static IReadOnlyList<RevisionDifference> Compare(JsonObject reference, JsonObject difference, bool includeValue = false)
    {
        var comparer = new TemplateComparer(includeValue);
        comparer.Fields(NormalForm.Of(reference), NormalForm.Of(difference), new Place("", ""));
        return comparer._differences;
    }

    public static bool AreSame(JsonObject one, JsonObject other) => Compare(one, other).Count == 0;

    private void Nodes(JsonNode? left, JsonNode? right, Place place)
    {
        if (left is JsonArray || right is JsonArray)
        {
            Lists(left, right, place);
        }
        else if (left is JsonObject || right is JsonObject)
        {
            Fields(left as JsonObject ?? [], right as JsonObject ?? [], place);
        }
        else if (!IsSame(left, right, place.Shape))
        {
            Add(left, right, place);
        }
    }

    private void Fields(JsonObject left, JsonObject right, Place place)
    {
        foreach (var name in left.Select(field => field.Key).Union(right.Select(field => field.Key)))
        {
            Nodes(left[name], right[name], place.Field(name));
        }
    }

    private void Lists(JsonNode? left, JsonNode? right, Place place)
    {
        if (!TemplateJson.Objects(left).Any() && !TemplateJson.Objects(right).Any())
        {
            if (!IsSame(left, right, place.Shape))
            {
                Add(left, right, place);
            }

            return;
        }

        var pairs = ItemPairs.Of(left, right, place.Shape);
        if (place.Shape == Ordered)
        {
            Order(pairs, right, place);
        }

        foreach (var (key, one, other) in pairs)
        {
            var item = place.Item(key);
            var outer = _consumer;
            _consumer = item.Shape == "scale.rules[]" ? ConsumerOf(one, other) : outer;
            Items(one, other, item);
            _consumer = outer;
        }
    }

    /// <summary>What both have, in the order of either; what only one has is a difference by itself.</summary>
    private void Order(IReadOnlyList<(string Key, JsonObject? Left, JsonObject? Right)> pairs, JsonNode? right, Place place)
    {
        var both = pairs.Where(pair => pair.Left is not null && pair.Right is not null).ToList();
        var (was, becomes) = (both, TemplateJson.Objects(right).Select(item => both.Find(pair => pair.Right == item)).Where(pair => pair.Key is not null));
        var (before, after) = (Keys(was), Keys(becomes));
        if (!JsonNode.DeepEquals(before, after))
        {
            Add(before, after, place);
        }

        static JsonArray Keys(IEnumerable<(string Key, JsonObject? Left, JsonObject? Right)> pairs) => [.. pairs.Select(pair => JsonValue.Create(pair.Key))];
    }

    private void Items(JsonObject? left, JsonObject? right, Place place)
    {
        if (left is null || right is null || IsOneValue(left, right, place))
        {
            if (!JsonNode.DeepEquals(left, right))
            {
                Add(left, right, place);
            }

            return;
        }

        Fields(left, right, place);
    }

    /// <summary>A rule of another type is another rule, whatever it is called.</summary>
    private static bool IsOneValue(JsonObject left, JsonObject right, Place place) =>
        s_whole.Contains(place.List) || (place.Shape == "scale.rules[]" && ScaleRuleReader.Of(left).Type != ScaleRuleReader.Of(right).Type);

    private static string? ConsumerOf(JsonObject? left, JsonObject? right)
    {
        var (was, becomes) = (Consumer(left), Consumer(right));
        return was is null || becomes is null || was == becomes ? becomes ?? was : $"{was} -> {becomes}";

        static string? Consumer(JsonObject? rule) => rule is null ? null : ScaleRuleReader.ConsumerOf(rule)?.ToString();
    }

    private static bool IsSame(JsonNode? left, JsonNode? right, string shape) => FieldDefaults.IsCaseless(shape)
        ? string.Equals(TemplateJson.Text(left), TemplateJson.Text(right), StringComparison.OrdinalIgnoreCase)
        : JsonNode.DeepEquals(left, right);

    private void Add(JsonNode? left, JsonNode? right, Place place)
    {
        var standard = FieldDefaults.Of(place.Shape);
        var (was, becomes) = (_text.Of(left, place.Shape) ?? standard, _text.Of(right, place.Shape) ?? standard);
        _differences.Add(new RevisionDifference
        {
            Path = SafeText.Clean(place.Path),
            Kind = was is null ? DifferenceKind.Added : becomes is null ? DifferenceKind.Removed : DifferenceKind.Changed,
            ReferenceValue = was,
            DifferenceValue = becomes,
            Scope = place.Shape.StartsWith("configuration", StringComparison.Ordinal) ? DifferenceScope.Application : DifferenceScope.Revision,
            Category = FieldCategories.Of(place.Shape),
            Consumer = _consumer,
        });
    }

    /// <summary>Where in the two documents: as it is shown, and with <c>[]</c> for the items of lists.</summary>
    private readonly record struct Place(string Path, string Shape)
    {
        public string Name => Shape[(Shape.LastIndexOf('.') + 1)..];

        /// <summary>The name of the list, for an item of one.</summary>
        public string List => Name.EndsWith("[]", StringComparison.Ordinal) ? Name[..^2] : "";

        public Place Field(string name) => Path.Length == 0 ? new Place(name, name) : new Place($"{Path}.{name}", $"{Shape}.{name}");

        public Place Item(string key) => new($"{Path}[{key}]", $"{Shape}[]");
    }
}
