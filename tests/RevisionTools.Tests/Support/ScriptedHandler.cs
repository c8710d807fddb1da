using System.Net;
using System.Text;

namespace RevisionTools.Tests.Support;

/// <summary>Answers requests from a script, one step each, and remembers them. What is not in the script is a failure of the test.</summary>
internal sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly object _lock = new();
    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _steps = [];
    private readonly List<SentRequest> _requests = [];
    private Func<HttpRequestMessage, HttpResponseMessage>? _always;

    public IReadOnlyList<SentRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public int StepsLeft => _steps.Count;

    public ScriptedHandler Then(int status, string? body = null, params (string Name, string Value)[] headers) =>
        Then((_, _) => Task.FromResult(Answer(status, body, headers)));

    public ScriptedHandler Then(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> step)
    {
        _steps.Enqueue(step);
        return this;
    }

    public ScriptedHandler ThenThrow(Exception exception) => Then((_, _) => Task.FromException<HttpResponseMessage>(exception));

    /// <summary>Answers whatever comes when the script is at its end.</summary>
    public ScriptedHandler Always(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        _always = answer;
        return this;
    }

    public static HttpResponseMessage Answer(int status, string? body = null, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status);
        if (body is not null)
        {
            response.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.Remove(name);
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? step;
        lock (_lock)
        {
            _requests.Add(new SentRequest(
                request.Method.Method,
                request.RequestUri!,
                body,
                request.Headers.Authorization?.ToString(),
                request.Headers.UserAgent.ToString(),
                request.Content?.Headers.ContentType?.ToString()));
            _steps.TryDequeue(out step);
        }

        return step is not null ? await step(request, cancellationToken)
            : _always is not null ? _always(request)
            : throw new InvalidOperationException($"The script has no answer to {request.Method} {request.RequestUri}.");
    }
}
