using System.Globalization;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;

namespace RevisionTools.Arm;

/// <summary>Turns an answer, or the lack of one, into the exception that RevisionTools reports.</summary>
internal static partial class ServiceFailure
{
    /// <summary>An error answer.</summary>
    public static ServiceRequestException FromAnswer(HttpMessage message, ServiceError error, TimeProvider time)
    {
        var response = message.Response;
        var uri = message.Request.Uri.ToUri();
        var target = RequestTarget.Of(uri);
        if (IsWebPage(response))
        {
            return new ServiceRequestException(FailureKind.ConnectionFailed, WebPage.Explain(uri.Host, response.Status))
            {
                Status = response.Status,
                ResourceId = target.ResourceId,
                OutcomeUnknown = IsWrite(message) && response.Status < 400,
            };
        }

        var kind = KindOf(response, error, target);
        return new ServiceRequestException(kind, Words(kind, message, error, target))
        {
            Status = response.Status,
            ErrorCode = error.Code,
            OperationId = error.Message is { } text && OperationInTheWay().Match(text) is { Success: true } match ? match.Groups["id"].Value : null,
            CorrelationId = AnswerHeaders.CorrelationId(response),
            RetryAfter = AnswerHeaders.RetryAfter(response, time),
            ResourceId = target.ResourceId,
            TokenIsRenewed = TokenPolicy.HasRenewed(message),
            OutcomeUnknown = IsWrite(message)
                && (response.Status is >= 500 or 408 or < 400 || GatedRetryPolicy.MayHaveTakenEffect(message)),
        };
    }

    /// <summary>No answer came.</summary>
    public static ServiceRequestException FromSilence(HttpMessage message, Exception exception)
    {
        var uri = message.Request.Uri.ToUri();
        var target = RequestTarget.Of(uri);
        return new ServiceRequestException(
            FailureKind.ConnectionFailed,
            $"{uri.Host} did not answer about {target.Describe()}: {ConnectionFailures.Describe(exception)}",
            exception)
        {
            ResourceId = target.ResourceId,
            OutcomeUnknown = IsWrite(message) && GatedRetryPolicy.MayHaveTakenEffect(message),
        };
    }

    /// <summary>Nothing was sent, because Azure asked for patience shortly before.</summary>
    public static ServiceRequestException HeldBack(HttpMessage message, TimeSpan remaining)
    {
        var target = RequestTarget.Of(message.Request.Uri.ToUri());
        var seconds = Math.Ceiling(remaining.TotalSeconds);
        return new ServiceRequestException(
            FailureKind.RequestThrottled,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Azure is throttling and asked to wait {seconds} seconds more: nothing was sent about {target.Describe()}."))
        {
            RetryAfter = remaining,
            ResourceId = target.ResourceId,
        };
    }

    /// <summary>A success that cannot be read.</summary>
    public static ServiceRequestException Unreadable(HttpMessage message, string what, Exception? exception = null)
    {
        var target = RequestTarget.Of(message.Request.Uri.ToUri());
        return new ServiceRequestException(
            FailureKind.ServiceResponseInvalid, $"The answer about {target.Describe()} cannot be used: {what}", exception)
        {
            Status = message.Response.Status,
            CorrelationId = AnswerHeaders.CorrelationId(message.Response),
            ResourceId = target.ResourceId,
            OutcomeUnknown = IsWrite(message),
        };
    }

    /// <summary>The same failure after a write that Azure had accepted: nobody saw how it ended.</summary>
    public static ServiceRequestException AfterAcceptedWrite(ServiceRequestException failure, RequestTarget written) =>
        new(failure.Kind, $"Azure accepted the change of {written.Describe()}, and how it ended could not be seen: {failure.Message}", failure)
        {
            Status = failure.Status,
            ErrorCode = failure.ErrorCode,
            OperationId = failure.OperationId,
            CorrelationId = failure.CorrelationId,
            RetryAfter = failure.RetryAfter,
            ResourceId = written.ResourceId ?? failure.ResourceId,
            OutcomeUnknown = true,
        };

    /// <summary>Whether something in between has answered with a page.</summary>
    public static bool IsWebPage(Response response) => WebPage.IsInTheWay(response.Status, response.Headers.ContentType);

    public static bool IsWrite(HttpMessage message) => message.Request.Method != RequestMethod.Get && !ReadByPost.IsMarked(message);

    private static FailureKind KindOf(Response response, ServiceError error, RequestTarget target) => response.Status switch
    {
        401 => FailureKind.AuthenticationFailed,
        403 => FailureKind.AccessDenied,
        404 when target.IsAppOrList || IsAppMissing(response, error, target) => FailureKind.ContainerAppNotFound,
        404 when target.Revision is not null => FailureKind.RevisionNotFound,
        409 when error.Is("ScopeLocked") => FailureKind.RequestRefused,
        409 when error.IsOfABusyApp => FailureKind.RevisionConflict,
        409 or 412 => FailureKind.RevisionChanged,
        429 => FailureKind.RequestThrottled,
        408 or >= 500 => FailureKind.ServiceUnavailable,
        >= 400 => FailureKind.RequestRefused,
        _ => FailureKind.ServiceResponseInvalid,
    };

    // The code for an absent revision is not documented, so it is told by what it is not (ARM-FACTS 6).
    private static bool IsAppMissing(Response response, ServiceError error, RequestTarget target) =>
        error.Is("ResourceGroupNotFound") || error.Is("SubscriptionNotFound") || error.Is("ContainerAppNotFound")
        || (target.App is not null
            && (error.Is("ParentResourceNotFound") || (error.Is("ResourceNotFound") && AnswerHeaders.IsGatewayFailure(response))));

    private static string Words(FailureKind kind, HttpMessage message, ServiceError error, RequestTarget target)
    {
        var words = error.Describe(message.Response.Status);
        var subject = target.Describe();
        return kind switch
        {
            FailureKind.AuthenticationFailed when ClaimsChallenge.Of(message.Response) is not null =>
                $"Azure refused the token {words}: it asks for a new or a stronger sign-in (continuous access evaluation, conditional access), "
                + "and this one cannot give more. Sign in again, with multi-factor authentication.",
            FailureKind.AuthenticationFailed => $"Azure refused the token {words}{TokenAdvice(error)}",
            FailureKind.AccessDenied => $"The account may not perform '{Action(message, error, target)}' on {subject} {words}",
            FailureKind.ContainerAppNotFound when target.App is { } app =>
                $"There is no container app '{app.Name}' in the resource group '{app.ResourceGroupName}' {words}",
            FailureKind.ContainerAppNotFound => $"Azure found nothing at {subject} {words}",
            FailureKind.RevisionNotFound =>
                $"The container app '{target.App?.Name}' has no revision '{target.Revision?.Name}' {words}{target.Revision?.NumberHint}",
            FailureKind.RevisionConflict => $"Another operation is going on at {subject} {words}",
            FailureKind.RevisionChanged => $"Something else is changing {subject} {words}",
            FailureKind.RequestThrottled => $"Azure throttled the request about {subject} {words}",
            FailureKind.ServiceUnavailable => $"Azure has trouble with {subject} {words}",
            FailureKind.RequestRefused => $"Azure refused the request about {subject} {words}",
            _ => $"The answer about {subject} is not what Azure sends {words}",
        };
    }

    private static string TokenAdvice(ServiceError error) => error.Code?.ToUpperInvariant() switch
    {
        "INVALIDAUTHENTICATIONTOKENTENANT" => " Connect with -TenantId and the tenant of the subscription.",
        "INVALIDAUTHENTICATIONTOKENAUDIENCE" => " The token is meant for another service or cloud: it has to be one for Azure Resource Manager of the connected cloud.",
        _ => "",
    };

    private static string Action(HttpMessage message, ServiceError error, RequestTarget target) =>
        RequiredAction.InMessage(error.Message) ?? RequiredAction.Derive(message.Request.Method, target.Path);

    [GeneratedRegex("OperationId: '(?<id>[^']{1,100})'", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OperationInTheWay();
}
