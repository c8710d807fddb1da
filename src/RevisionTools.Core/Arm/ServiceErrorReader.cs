using System.Text.Json;
using Azure.Core;
using RevisionTools.Arm.Wire;

namespace RevisionTools.Arm;

/// <summary>Reads error bodies: wrapped, bare, empty or no JSON at all (ARM-FACTS 6). The token of the request is taken out: whatever stands in between may send it back.</summary>
internal static class ServiceErrorReader
{
    private const int LongestMessage = 2000;

    public static async Task<ServiceError> ReadAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        if (message.Response.ContentStream is not { } stream)
        {
            return default;
        }

        try
        {
            var envelope = await JsonSerializer.DeserializeAsync(stream, ArmJsonContext.Default.ErrorEnvelope, cancellationToken)
                .ConfigureAwait(false);
            return From(envelope?.Error ?? new ErrorBody { Code = envelope?.Code, Message = envelope?.Message }, message.Request);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>An error with what its details add.</summary>
    /// <param name="body">The error.</param>
    /// <param name="request">The request that it answers.</param>
    public static ServiceError From(ErrorBody? body, Request request)
    {
        var message = body?.Message?.Trim() ?? "";
        foreach (var detail in body?.Details ?? [])
        {
            if (detail?.Message?.Trim() is { Length: > 0 } more && !message.Contains(more, StringComparison.Ordinal))
            {
                message = $"{message} {more}".TrimStart();
            }
        }

        var redaction = new Redaction(TokenPolicy.TokenOf(request));
        message = redaction.Hide(message);
        return new ServiceError(NullIfEmpty(redaction.Hide(body?.Code ?? "")), NullIfEmpty(message.Length > LongestMessage ? message[..LongestMessage] : message));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
