using System.Globalization;
using System.Xml;
using Azure;

namespace RevisionTools.Arm;

/// <summary>The headers of an answer that steer the client.</summary>
internal static class AnswerHeaders
{
    public static string? CorrelationId(Response response) =>
        Text(response, "x-ms-correlation-request-id") ?? Text(response, "x-ms-request-id");

    /// <summary>Where an operation's <c>{status}</c> is read.</summary>
    public static string? AsyncOperation(Response response) => Text(response, "Azure-AsyncOperation");

    /// <summary>Where an operation's result will be.</summary>
    public static string? Location(Response response) => Text(response, "Location");

    /// <summary>How long the service asks to wait: seconds or a date; null where it does not ask.</summary>
    public static TimeSpan? RetryAfter(Response response, TimeProvider time)
    {
        if (Text(response, "Retry-After") is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds));
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return null;
        }

        var delay = date - time.GetUtcNow();
        return delay > TimeSpan.Zero ? delay : TimeSpan.Zero;
    }

    /// <summary>How long the service gives an operation (<c>PT15M</c>).</summary>
    public static TimeSpan? OperationTimeout(Response response)
    {
        try
        {
            return Text(response, "x-ms-async-operation-timeout") is { } text && XmlConvert.ToTimeSpan(text) is { } span && span > TimeSpan.Zero
                ? span
                : null;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Whether Azure Resource Manager itself refused, before the resource provider was asked (ARM-FACTS 3.2).</summary>
    public static bool IsGatewayFailure(Response response) =>
        string.Equals(Text(response, "x-ms-failure-cause"), "gateway", StringComparison.OrdinalIgnoreCase);

    private static string? Text(Response response, string name) =>
        response.Headers.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? SafeText.Clean(value).Trim() : null;
}
