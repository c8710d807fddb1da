using System.Text.Json;
using Azure;
using RevisionTools.Arm.Wire;

namespace RevisionTools.Arm;

/// <summary>Reads error bodies: wrapped, bare, empty or no JSON at all (ARM-FACTS 6).</summary>
internal static class ServiceErrorReader
{
    private const int LongestMessage = 2000;

    public static async Task<ServiceError> ReadAsync(Response response, CancellationToken cancellationToken)
    {
        if (response.ContentStream is not { } stream)
        {
            return default;
        }

        try
        {
            var envelope = await JsonSerializer.DeserializeAsync(stream, ArmJsonContext.Default.ErrorEnvelope, cancellationToken)
                .ConfigureAwait(false);
            return From(envelope?.Error ?? new ErrorBody { Code = envelope?.Code, Message = envelope?.Message });
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>An error with what its details add.</summary>
    public static ServiceError From(ErrorBody? body)
    {
        var message = body?.Message?.Trim() ?? "";
        foreach (var detail in body?.Details ?? [])
        {
            if (detail?.Message?.Trim() is { Length: > 0 } more && !message.Contains(more, StringComparison.Ordinal))
            {
                message = $"{message} {more}".TrimStart();
            }
        }

        return new ServiceError(NullIfEmpty(body?.Code), NullIfEmpty(message.Length > LongestMessage ? message[..LongestMessage] : message));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
