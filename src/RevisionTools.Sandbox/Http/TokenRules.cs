using System.Net;

namespace RevisionTools.Sandbox;

/// <summary>Who is let in.</summary>
internal static class TokenRules
{
    /// <summary>401 for a request without a token, or with another one than demanded; null lets it in.</summary>
    internal static ArmAnswer? Refuse(ArmRequest request, string tenantId, string? required) => request.Token switch
    {
        null => Refusal(
            tenantId,
            "AuthenticationFailed",
            "Authentication failed. The 'Authorization' header is missing.",
            "The authentication failed because of missing 'Authorization' header."),
        var token when required is not null && token != required => Refusal(
            tenantId, "InvalidAuthenticationToken", "The access token is invalid.", "The access token is invalid."),
        _ => null,
    };

    private static ArmAnswer Refusal(string tenantId, string code, string message, string description) => ArmAnswer
        .Error(HttpStatusCode.Unauthorized, code, message)
        .With("x-ms-failure-cause", "gateway")
        .With(
            "WWW-Authenticate",
            $"Bearer authorization_uri=\"https://login.windows.net/{tenantId}\", error=\"invalid_token\", error_description=\"{description}\"");
}
