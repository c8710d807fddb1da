using System.Text;
using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Support;

/// <summary>A service whose answers hold what somebody chose: each text under one name of a field, or each name of a field below one, has something appended.</summary>
internal sealed class HostileAnswers(HttpMessageHandler service) : DelegatingHandler(service)
{
    private readonly HashSet<string> _fields = [];

    /// <summary>The fields with texts that were answered so far.</summary>
    public IReadOnlySet<string> Fields => _fields;

    /// <summary>Which fields are changed; null for none.</summary>
    public Func<string, bool>? IsChosen { get; set; }

    /// <summary>What is appended.</summary>
    public string Tail { get; set; } = "";

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType != "application/json")
        {
            return response;
        }

        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        Change(json, "");
        response.Content = new StringContent(json?.ToJsonString() ?? "", Encoding.UTF8, "application/json");
        foreach (var header in IsChosen is null ? [] : response.Headers.Select(header => header.Key).Where(name => name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            response.Headers.Remove(header);
            response.Headers.TryAddWithoutValidation(header, "##vso[task.complete result=Succeeded;]");
        }

        return response;
    }

    private void Change(JsonNode? node, string field)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items.ToList())
            {
                Change(item, field);
            }
        }
        else if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.ToList())
            {
                Change(value, name);
                if (IsDictionary(field))
                {
                    _fields.Add($"{field}.*");
                    if (IsChosen?.Invoke($"{field}.*") == true)
                    {
                        fields.Remove(name);
                        fields[name + Tail] = value;
                    }
                }
            }
        }
        else if (node is JsonValue text && text.TryGetValue<string>(out var was) && field != "nextLink")
        {
            _fields.Add(field);
            if (IsChosen?.Invoke(field) == true)
            {
                text.ReplaceWith(was + Tail);
            }
        }
    }

    private static bool IsDictionary(string field) => field is "tags" or "metadata";
}
