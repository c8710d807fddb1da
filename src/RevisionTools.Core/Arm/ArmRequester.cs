using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using RevisionTools.Arm.Wire;

namespace RevisionTools.Arm;

/// <summary>Sends single requests and reads their answers. Whatever goes wrong comes out as one kind of exception, or as cancellation.</summary>
/// <remarks>
/// The pipeline takes an answer in whole before it counts as received, so that a connection that breaks in the middle is one
/// more case for the retries; JSON is then read from the stream's bytes.
/// </remarks>
internal sealed class ArmRequester(HttpPipeline pipeline, Uri endpoint, TimeProvider time)
{
    /// <summary>The address of a path below the endpoint.</summary>
    public Uri Address(string path, string apiVersion) => new(endpoint, $"{path}?api-version={apiVersion}");

    /// <summary>The address that an answer gives, absolute or relative to the endpoint; null for no address.</summary>
    public Uri? Follow(string link) => Uri.TryCreate(endpoint, link, out var uri) ? uri : null;

    /// <summary>Sends a request; the caller disposes of the message, whose answer is a success.</summary>
    public Task<HttpMessage> SendAsync(
        RequestMethod method, Uri uri, ReadOnlyMemory<byte>? json, CancellationToken cancellationToken) =>
        SendAsync(CreateMessage(method, uri, json), cancellationToken);

    /// <summary>The same for a request that goes out at once and at most once.</summary>
    /// <exception cref="ServiceRequestException">Also <see cref="FailureKind.RequestThrottled"/> without a status: nothing was
    /// sent, because Azure asked for patience before.</exception>
    public Task<HttpMessage> SendOnceAsync(
        RequestMethod method, Uri uri, ReadOnlyMemory<byte>? json, CancellationToken cancellationToken)
    {
        var message = CreateMessage(method, uri, json);
        SendOnce.Demand(message);
        return SendAsync(message, cancellationToken);
    }

    /// <summary>The same for a POST that only reads.</summary>
    public Task<HttpMessage> SendQueryAsync(Uri uri, JsonObject query, CancellationToken cancellationToken)
    {
        var message = CreateMessage(RequestMethod.Post, uri, JsonBytes.Of(query));
        ReadByPost.Mark(message);
        return SendAsync(message, cancellationToken);
    }

    public async Task<T> GetAsync<T>(Uri uri, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var message = await SendAsync(RequestMethod.Get, uri, null, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(message, type, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The items of a list, page after page as they are asked for.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        Uri first, JsonTypeInfo<ResourcePage<T>> type, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = first; next is not null;)
        {
            seen.Add(next.AbsoluteUri);
            using var message = await SendAsync(RequestMethod.Get, next, null, cancellationToken).ConfigureAwait(false);
            var page = await ReadAsync(message, type, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Value ?? throw ServiceFailure.Unreadable(message, "the list has no 'value'."))
            {
                if (item is not null)
                {
                    yield return item;
                }
            }

            next = NextPage(message, page.NextLink, seen);
        }
    }

    public static async Task<T> ReadAsync<T>(HttpMessage message, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(message.Response.ContentStream ?? Stream.Null, type, cancellationToken)
                .ConfigureAwait(false) ?? throw ServiceFailure.Unreadable(message, "it is empty.");
        }
        catch (JsonException exception)
        {
            throw ServiceFailure.Unreadable(message, SafeText.Clean(exception.Message), exception);
        }
    }

    private async Task<HttpMessage> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (message.Response.Status is >= 200 and < 300 && !ServiceFailure.IsWebPage(message.Response))
            {
                return message;
            }

            var error = await ServiceErrorReader.ReadAsync(message, cancellationToken).ConfigureAwait(false);
            throw ServiceFailure.FromAnswer(message, error, time);
        }
        catch (Exception exception)
        {
            var failure = Translate(message, exception, cancellationToken);
            message.Dispose();
            ExceptionDispatchInfo.Throw(failure);
            throw;
        }
    }

    private HttpMessage CreateMessage(RequestMethod method, Uri uri, ReadOnlyMemory<byte>? json)
    {
        var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(uri);
        message.Request.Headers.SetValue("Accept", "application/json");
        if (json is { } body)
        {
            message.Request.Headers.SetValue("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(body);
        }

        return message;
    }

    private Uri? NextPage(HttpMessage message, string? link, HashSet<string> seen)
    {
        if (string.IsNullOrWhiteSpace(link))
        {
            return null;
        }

        var next = Follow(link) ?? throw ServiceFailure.Unreadable(message, "its nextLink is no address.");
        return seen.Contains(next.AbsoluteUri)
            ? throw ServiceFailure.Unreadable(message, "its nextLink leads back to a page that was read already.")
            : next;
    }

    private static Exception Translate(HttpMessage message, Exception exception, CancellationToken cancellationToken) => exception switch
    {
        _ when cancellationToken.IsCancellationRequested =>
            new OperationCanceledException(exception.Message, exception, cancellationToken),

        // Alone it comes from reading a body; a connection that ends before the answer comes as a request that failed.
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } =>
            ServiceFailure.Unreadable(message, $"it is cut off. {ConnectionFailures.Describe(exception)}", exception),
        IOException or OperationCanceledException or TimeoutException or HttpRequestException or RequestFailedException =>
            ServiceFailure.FromSilence(message, exception),
        _ => exception,
    };
}
