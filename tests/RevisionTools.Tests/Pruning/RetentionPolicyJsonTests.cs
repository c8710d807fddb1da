using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RevisionTools.Pruning;

namespace RevisionTools.Tests.Pruning;

/// <summary>Retention policies as files, and the schema that ships with the module.</summary>
public sealed class RetentionPolicyJsonTests
{
    private static readonly RetentionPolicy s_everything = new()
    {
        KeepLast = 0,
        KeepSinceCreated = TimeSpan.FromHours(60),
        KeepSinceActive = new TimeSpan(0, 0, 0, 1, 500),
        KeepDaily = 7,
        KeepWeekly = 4,
        KeepMonthly = 12,
        TimeZone = "Europe/Berlin",
        KeepLastPerLabel = 2,
        KeepLastPerImage = 1,
        KeepName = ["v1.*", "größe[a-c]'\"<"],
        KeepReady = 2,
        MaxActive = 20,
        MaxInactive = 100,
        Failed = TimeSpan.Zero,
        GroupBy = RetentionGrouping.Image,
    };

    public static TheoryData<string> Valid =>
    [
        """{ "keepLast": 5 }""",
        """{ "$schema": "./retention-policy.schema.json", "keepSinceCreated": "48h", "keepSinceActive": "1.12:00:00" }""",
        """{ "keepLast": 0, "maxActive": 3, "groupBy": "App" }""",
        """{ "keepLast": 5.0, "failed": "0s" }""",
        """{ "keepName": ["v1.*", " x "], "maxInactive": 1 }""",
        """{ "keepDaily": 1, "timeZone": "UTC", "groupBy": "Label" }""",
        """{ "maxActive": 1 }""",
        """{ "keepSinceCreated": " 2D12H30M1.5s " }""",
    ];

    // What a schema can say of these it says; the others are contradictions between fields, spans and zones.
    public static TheoryData<string, string, bool> Invalid => new()
    {
        { """{ "keepLats": 5 }""", "$.keepLats: is no rule; 'keepLast' may be meant", true },
        { """{ "KeepLast": 5 }""", "$.KeepLast: is no rule; 'keepLast' may be meant", true },
        { """{ "keep last": 5 }""", "$['keep last']: is no rule; 'keepLast' may be meant", true },
        { """{ "keepLast": 5, "unheardOf": 1 }""", "$.unheardOf: is no rule; there are keepLast, keepSinceCreated,", true },
        { """{ "keepLast": "5" }""", "$.keepLast: must be a whole number, not \"5\"", true },
        { """{ "keepLast": 1.5 }""", "$.keepLast: must be a whole number, not 1.5", true },
        { """{ "keepLast": 99999999999 }""", "$.keepLast: must be a whole number", true },
        { """{ "keepLast": null }""", "$.keepLast: must be a whole number, not null", true },
        { """{ "keepLast": -1 }""", "$.keepLast: KeepLast must be 0 or more, not -1", true },
        { """{ "keepSinceCreated": 7 }""", "$.keepSinceCreated: must be a text with a span and its unit", true },
        { """{ "keepSinceCreated": "7" }""", "$.keepSinceCreated: must be a text with a span and its unit", true },
        { """{ "keepSinceActive": "7 days" }""", "$.keepSinceActive: must be a text with a span and its unit", true },
        { """{ "keepSinceActive": "-1h" }""", "$.keepSinceActive: KeepSinceActive must not be negative: -1h", true },
        { """{ "failed": "0.5s", "keepLast": 1 }""", "$.failed: Failed is under a second (0.5s)", false },
        { """{ "keepDaily": 1, "timeZone": "Atlantis/Poseidonis" }""", "$.timeZone: This machine knows no time zone", false },
        { """{ "keepDaily": 1, "timeZone": ["UTC"] }""", "$.timeZone: must be a text", true },
        { """{ "keepName": "v1.*" }""", "$.keepName: must be a list", true },
        { """{ "keepName": [] }""", "$.keepName: must be a list of at least one text", true },
        { """{ "keepName": ["a", 1] }""", "$.keepName: must be a list", true },
        { """{ "keepName": ["a\u001b[2J"] }""", "$.keepName: KeepName must not contain control characters", false },
        { """{ "keepName": ["##vso[task.complete]"] }""", "$.keepName: KeepName must not contain control characters", false },
        { "{ \"keepSinceCreated\": \"\u0663d\" }", "$.keepSinceCreated: must be a text with a span and its unit", true },
        { """{ "keepName": [" "] }""", "$.keepName: KeepName must not contain an empty pattern", true },
        { """{ "keepLast": 1, "groupBy": "image" }""", "$.groupBy: must be \"App\", \"Image\" or \"Label\", not \"image\"", true },
        { """{ "keepLast": 1, "groupBy": 1 }""", "$.groupBy: must be", true },
        { """{ "maxActive": 0 }""", "$.maxActive: MaxActive must be 1 or more, not 0", true },
        { """{ "keepLast": 1, "maxInactive": 101 }""", "$.maxInactive: MaxInactive must be from 1 to 100, not 101", true },
        { """{ "keepLast": 5, "maxActive": 3 }""", "$.keepLast: KeepLast 5 and MaxActive 3 contradict each other", false },
        { """{ "keepLast": 0 }""", "$: The retention policy would keep nothing", false },
        { """{ "maxInactive": 5 }""", "$: The retention policy has no keep rule", true },
        { "{}", "$: The retention policy has no keep rule", true },
        { "[]", "$: must be an object with rules", true },
    };

    [Fact]
    public void What_is_written_is_read_again()
    {
        var read = RetentionPolicyJson.Read(RetentionPolicyJson.Write(s_everything), "the text");

        foreach (var property in typeof(RetentionPolicy).GetProperties())
        {
            Assert.Equal(property.GetValue(s_everything), property.GetValue(read));
        }
    }

    [Fact]
    public void Any_span_is_read_again_to_the_tick()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var policy = new RetentionPolicy { KeepSinceCreated = Odd(), KeepSinceActive = Odd(), Failed = Odd(), KeepLast = random.Next(1, int.MaxValue) };

            var read = RetentionPolicyJson.Read(RetentionPolicyJson.ToObject(policy).ToJsonString(), "the text");

            Assert.Equal(
                (policy.KeepSinceCreated, policy.KeepSinceActive, policy.Failed, policy.KeepLast), (read.KeepSinceCreated, read.KeepSinceActive, read.Failed, read.KeepLast));
        }

        // Of all sizes alike, and now and then the greatest there is.
        TimeSpan Odd() => random.Next(50) == 0
            ? TimeSpan.MaxValue
            : TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerSecond, random.NextInt64(long.MaxValue) >> random.Next(1, 40)));
    }

    [Fact]
    public void A_file_has_the_rules_that_are_given_as_people_type_them() => Assert.Equal(
        """
        {
          "keepLast": 3,
          "keepSinceCreated": "2d",
          "keepName": [
            "v1.*"
          ],
          "groupBy": "Label"
        }

        """.ReplaceLineEndings("\n"),
        RetentionPolicyJson.Write(new RetentionPolicy { KeepLast = 3, KeepSinceCreated = TimeSpan.FromHours(48), KeepName = ["v1.*"], GroupBy = RetentionGrouping.Label }));

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_good_file_is_taken_and_the_schema_agrees(string text)
    {
        RetentionPolicyJson.Read(text, "the text");
        Assert.True(IsBySchema(text));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void A_bad_file_is_refused_with_the_path_of_what_is_wrong(string text, string message, bool schemaKnows)
    {
        Assert.StartsWith(message, Refusal(text), StringComparison.Ordinal);
        Assert.EndsWith(" (the text).", Refusal(text), StringComparison.Ordinal);
        Assert.Equal(schemaKnows, !IsBySchema(text));
    }

    [Theory]
    [InlineData("{ \"keepLast\": 1, \"keepLast\": 2 }", "$.keepLast: stands there twice")]
    [InlineData("", "$: is empty (the text).")]
    [InlineData(" \n", "$: is empty (the text).")]
    [InlineData("{ \"keepLast\": 5,\n }", "$: is not JSON, line 2, position 2.")]
    [InlineData("keepLast: 5", "$: is not JSON, line 1, position 1.")]
    [InlineData("{ \"keepName\": [\"\\ud800\"] }", "$: has a text in it that is no Unicode")]
    public void What_is_no_good_JSON_is_refused(string text, string message) => Assert.StartsWith(message, Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void Comments_and_a_byte_order_mark_are_taken() =>
        Assert.Equal(5, RetentionPolicyJson.Read("\uFEFF// ours\n{ \"keepLast\": /* five */ 5 }", "the text").KeepLast);

    [Fact]
    public void A_file_that_is_not_there_or_too_large_is_refused()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.Contains("There is no file", Failure(() => RetentionPolicyJson.ReadFile(path)), StringComparison.Ordinal);
        Assert.Contains("There is no file", Failure(() => RetentionPolicyJson.ReadFile(Path.GetTempPath())), StringComparison.Ordinal);
        try
        {
            File.WriteAllText(path, """{ "keepLats": 5 }""");
            Assert.Equal($"$.keepLats: is no rule; 'keepLast' may be meant (the file '{path}').", Failure(() => RetentionPolicyJson.ReadFile(path)));
            File.WriteAllText(path, new string(' ', (1024 * 1024) + 1));
            Assert.Contains("larger than 1 MB", Failure(() => RetentionPolicyJson.ReadFile(path)), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_schema_and_the_files_have_a_field_for_each_rule_and_no_other()
    {
        var rules = typeof(RetentionPolicy).GetProperties().Select(property => RetentionPolicyField.NameOf(property.Name)).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(rules, RetentionPolicyField.All.Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.Equal(rules, Schema["properties"]!.AsObject().Select(field => field.Key).Where(name => name != "$schema").Order(StringComparer.Ordinal));
        Assert.True(IsBySchema(RetentionPolicyJson.Write(s_everything)));
    }

    [Theory]
    [InlineData("keepLast", "keepLast")]
    [InlineData("KEEP_LAST", "keepLast")]
    [InlineData("keepLastPerLable", "keepLastPerLabel")]
    [InlineData("keepImage", null)]
    [InlineData("", null)]
    public void Names_that_are_near_are_found(string typed, string? nearest) =>
        Assert.Equal(nearest, NearestName.Of(typed, RetentionPolicyField.All.Select(field => field.Name)));

    private static JsonNode Schema { get; } =
        JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "module", "schemas", "retention-policy.schema.json")))!;

    private static string Refusal(string text) => Failure(() => RetentionPolicyJson.Read(text, "the text"));

    private static string Failure(Action read)
    {
        var failure = Assert.Throws<RevisionToolsException>(read);
        Assert.Equal(FailureKind.InvalidRetentionPolicyFile, failure.Kind);
        return failure.Message;
    }

    /// <summary>What of JSON Schema our schema uses: an unknown word in it is a mistake of this test.</summary>
    private static bool IsBySchema(string text) => JsonNode.Parse(text) is JsonObject fields
        && Schema["anyOf"]!.AsArray().Any(one => fields.ContainsKey((string)one!["required"]!.AsArray().Single()!))
        && fields.All(field => Schema["properties"]!.AsObject().TryGetPropertyValue(field.Key, out var rules) && IsBy(rules!.AsObject(), field.Value));

    private static bool IsBy(JsonObject rules, JsonNode? value) => rules.All(rule => rule.Key switch
    {
        "description" or "default" => true,
        "type" => TypeOf(value) == (string)rule.Value!,
        "minimum" => (decimal)value!.AsValue() >= (decimal)rule.Value!.AsValue(),
        "maximum" => (decimal)value!.AsValue() <= (decimal)rule.Value!.AsValue(),
        "minLength" => ((string)value!).Length >= (int)rule.Value!,
        "minItems" => value!.AsArray().Count >= (int)rule.Value!,
        "items" => value!.AsArray().All(item => IsBy(rule.Value!.AsObject(), item)),
        "pattern" => Regex.IsMatch((string)value!, (string)rule.Value!, RegexOptions.ECMAScript),
        "enum" => rule.Value!.AsArray().Any(one => JsonNode.DeepEquals(one, value)),
        var other => throw new NotSupportedException(other),
    });

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonArray => "array",
        JsonObject => "object",
        _ when value.GetValueKind() == System.Text.Json.JsonValueKind.String => "string",
        _ when value.GetValueKind() == System.Text.Json.JsonValueKind.Number && (decimal)value.AsValue() % 1 == 0 => "integer",
        _ => value.GetValueKind().ToString(),
    };
}
