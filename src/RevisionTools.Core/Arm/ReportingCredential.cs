using Azure.Core;

namespace RevisionTools.Arm;

/// <summary>Turns whatever a credential fails with into <see cref="FailureKind.AuthenticationFailed"/>, and leaves cancellation alone.</summary>
internal sealed class ReportingCredential(TokenCredential inner) : TokenCredential
{
    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.GetTokenAsync(requestContext, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or RevisionToolsException))
        {
            throw Failure(exception);
        }
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return inner.GetToken(requestContext, cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or RevisionToolsException))
        {
            throw Failure(exception);
        }
    }

    private static ServiceRequestException Failure(Exception exception) =>
        new(FailureKind.AuthenticationFailed, $"No token could be had: {SafeText.FirstLine(exception.Message)}", exception);
}
