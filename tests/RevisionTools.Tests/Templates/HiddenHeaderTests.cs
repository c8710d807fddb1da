using System.Text.Json.Nodes;
using RevisionTools.Templates;

namespace RevisionTools.Tests.Templates;

/// <summary>Headers that probes send may hold keys: their values are shown to who asks for them, and to nobody else.</summary>
public sealed class HiddenHeaderTests
{
    public static TheoryData<string?, string?, string, string> Headers => new()
    {
        { "old-key", "new-key", "changed (hidden)", "old-key -> new-key" },
        { null, "new-key", "added, (hidden)", "added, new-key" },
        { "old-key", null, "removed, was (hidden)", "removed, was old-key" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void Values_of_probe_headers_are_hidden_unless_asked_for(string? was, string? becomes, string hidden, string shown)
    {
        Assert.EndsWith($".httpGet.httpHeaders[X-Key]: {hidden}", Compare(includeValue: false).Message, StringComparison.Ordinal);
        Assert.EndsWith($".httpGet.httpHeaders[X-Key]: {shown}", Compare(includeValue: true).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-key", $"{Compare(includeValue: false).ReferenceValue}{Compare(includeValue: false).DifferenceValue}", StringComparison.Ordinal);

        RevisionDifference Compare(bool includeValue) => Assert.Single(TemplateComparer.Compare(Template(was), Template(becomes), includeValue));
    }

    private static JsonObject Template(string? value)
    {
        JsonObject[] headers = value is null ? [] : [new JsonObject { ["name"] = "X-Key", ["value"] = value }];
        JsonObject http = new() { ["path"] = "/healthz", ["port"] = 80, ["httpHeaders"] = new JsonArray([new JsonObject { ["name"] = "X-Other", ["value"] = "same" }, .. headers]) };
        JsonObject probe = new() { ["type"] = "Readiness", ["httpGet"] = http };
        JsonObject container = new() { ["name"] = "web", ["image"] = "x/web:1", ["probes"] = new JsonArray(probe) };
        return new JsonObject { ["containers"] = new JsonArray(container) };
    }
}
