using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>The answers that faults give in the service's place.</summary>
internal static class FaultAnswers
{
    private const int DefaultThrottleSeconds = 10;

    internal static ArmAnswer Of(SandboxFault fault, ArmRequest request, SandboxTenant tenant, DateTimeOffset now)
    {
        if (fault.Kind is SandboxFaultKind.ExpiredToken)
        {
            return ExpiredToken(now);
        }

        var status = (HttpStatusCode)fault.Status;
        var retryAfter = RetryAfter(fault);
        var answer = fault switch
        {
            { Body: { } body } => ArmAnswer.Raw(status, body),
            { EmptyBody: true } => ArmAnswer.Empty(status),
            _ => Error(fault, status, request, tenant, retryAfter),
        };
        return retryAfter is { } seconds ? answer.With("Retry-After", Seconds(seconds)) : answer;
    }

    /// <summary>Continuous access evaluation: the token was revoked, and the challenge says from when on a new one must be.</summary>
    private static ArmAnswer ExpiredToken(DateTimeOffset now)
    {
        var since = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var claims = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            """{"access_token":{"nbf":{"essential":true,"value":"SINCE"}}}""".Replace("SINCE", since, StringComparison.Ordinal)));
        return ArmAnswer
            .Error(HttpStatusCode.Unauthorized, "ExpiredAuthenticationToken", "The access token has expired or was revoked.")
            .With("x-ms-failure-cause", "gateway")
            .With(
                "WWW-Authenticate",
                "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", " +
                $"error=\"insufficient_claims\", claims=\"{claims}\"");
    }

    /// <summary>Adds a nextLink that leads away; only to what looks like a list.</summary>
    internal static ArmAnswer WithForeignNextLink(ArmAnswer answer)
    {
        if (answer.Body.Length == 0 || JsonNode.Parse(answer.Body) is not JsonObject list || list["value"] is not JsonArray)
        {
            return answer;
        }

        list["nextLink"] = "https://management.example.net/next?api-version=2026-01-01";
        return answer.WithBody(JsonBytes.Of(writer => list.WriteTo(writer)));
    }

    private static int? RetryAfter(SandboxFault fault) => fault switch
    {
        { RetryAfter: { } span } => (int)Math.Ceiling(span.TotalSeconds),
        { Status: 429 } => DefaultThrottleSeconds,
        _ => null,
    };

    private static ArmAnswer Error(
        SandboxFault fault, HttpStatusCode status, ArmRequest request, SandboxTenant tenant, int? retryAfter)
    {
        (var code, var message) = Words(fault.Status, request, tenant, retryAfter);
        code = fault.ErrorCode ?? code;
        message = fault.ErrorMessage ?? message;
        return fault.Unwrapped
            ? new ArmAnswer(status, JsonBytes.Of(writer => WriteBare(writer, code, message)))
            : ArmAnswer.Error(status, code, message);
    }

    /// <summary>Old preview versions answered without the envelope (ARM-FACTS 6).</summary>
    private static void WriteBare(Utf8JsonWriter writer, string code, string message)
    {
        writer.WriteStartObject();
        writer.WriteString("code", code);
        writer.WriteString("message", message);
        writer.WriteEndObject();
    }

    private static (string Code, string Message) Words(
        int status, ArmRequest request, SandboxTenant tenant, int? retryAfter) => status switch
        {
            401 => ("InvalidAuthenticationToken", "The access token is invalid."),
            403 => ("AuthorizationFailed", Forbidden(request, tenant)),
            404 => ("ResourceNotFound", $"The Resource '{request.Path}' was not found."),
            409 => ("ContainerAppOperationInProgress",
                "Cannot modify a container app because there is an active provisioning operation in progress."),
            412 => ("PreconditionFailed", "A precondition of the request was not met."),
            429 => Throttle.Words(request, tenant, retryAfter ?? DefaultThrottleSeconds),
            500 => ("InternalServerError", "Internal server error occurred."),
            502 => ("BadGateway", "The gateway received no valid answer."),
            503 => ("ServiceUnavailable", "The service is temporarily unavailable. Please try again later."),
            504 => ("GatewayTimeout", "The gateway did not receive an answer in time."),
            _ => ("BadRequest", "The request is not valid."),
        };

    private static string Forbidden(ArmRequest request, SandboxTenant tenant)
    {
        var principal = Principal.IdOf(request.Token, tenant.Random);
        var permission = ArmRouter.Find(request)?.Permission ?? "Microsoft.App/containerApps/read";
        var scope = permission.EndsWith("/action", StringComparison.Ordinal)
            ? request.Path[..request.Path.LastIndexOf('/')]
            : request.Path;
        return $"The client '{principal}' with object id '{principal}' does not have authorization to perform action " +
            $"'{permission}' over scope '{scope}' or the scope is invalid. " +
            "If access was recently granted, please refresh your credentials.";
    }

    private static string Seconds(int seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}
