using System.Globalization;

namespace RevisionTools.Sandbox;

/// <summary>Completes an answer with the headers that every ARM answer has.</summary>
internal static class ReplyHeaders
{
    private const string JsonType = "application/json; charset=utf-8";

    private static readonly KeyValuePair<string, string>[] s_always =
    [
        new("Cache-Control", "no-cache"),
        new("Pragma", "no-cache"),
        new("Expires", "-1"),
        new("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
        new("X-Content-Type-Options", "nosniff"),
    ];

    internal static SandboxReply Complete(ArmAnswer answer, ArmRequest request, DateTimeOffset now, Guid requestId, ReplyEnding ending)
    {
        List<KeyValuePair<string, string>> headers = new(answer.Headers.Count + 12);
        headers.AddRange(s_always);
        var id = requestId.ToString();
        headers.Add(new("Date", now.UtcDateTime.ToString("r", CultureInfo.InvariantCulture)));
        headers.Add(new("x-ms-request-id", id));

        // A correlation id that the caller sent comes back.
        headers.Add(new("x-ms-correlation-request-id", request.CorrelationId ?? id));
        headers.AddRange(answer.Headers);
        if (answer.Body.Length > 0)
        {
            headers.Add(new("Content-Type", JsonType));
        }

        return new SandboxReply((int)answer.Status, headers, answer.Body, ending);
    }
}
