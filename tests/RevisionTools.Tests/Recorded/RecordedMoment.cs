using System.Text.Json.Nodes;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Recorded;

/// <summary>
/// Serves an app and its revisions as they were recorded at one moment. Where only single revisions were read then, the list holds
/// just these; where none was read, it is empty.
/// </summary>
internal sealed class RecordedMoment : HttpMessageHandler
{
    private readonly JsonNode _app;
    private readonly JsonArray _revisions;

    public RecordedMoment(string recording, int appIndex, int? revisionsIndex)
    {
        var file = Recordings.Files.Single(name => name.StartsWith(recording + "_", StringComparison.Ordinal));
        var interactions = Recordings.Read(file);
        _app = Body(appIndex);
        _revisions = revisionsIndex is not { } index ? [] : Body(index) is var body && body["value"] is JsonArray list ? list : [body.DeepClone()];

        JsonNode Body(int index) => JsonNode.Parse(interactions.Single(interaction => interaction.Index == $"{index}").Body!)!;
    }

    public string AppName => _app["name"]!.GetValue<string>();

    public int Writes { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Writes += request.Method == HttpMethod.Get ? 0 : 1;
        var path = request.RequestUri!.AbsolutePath;
        var last = path[(path.LastIndexOf('/') + 1)..];
        var body = last switch
        {
            "subscriptions" => new JsonObject { ["value"] = new JsonArray() },
            "containerApps" => new JsonObject { ["value"] = new JsonArray(_app.DeepClone()) },
            "revisions" => new JsonObject { ["value"] = _revisions.DeepClone() },
            _ when last == AppName => _app,
            _ => _revisions.FirstOrDefault(revision => revision!["name"]!.GetValue<string>() == last),
        };
        return Task.FromResult(body is null ? ScriptedHandler.Answer(404, null) : ScriptedHandler.Answer(200, body.ToJsonString()));
    }
}
