namespace RevisionTools.Arm;

/// <summary>Tells failures of the connection apart.</summary>
internal static class ConnectionFailures
{
    /// <summary>False where the connection itself never came about; everything else may have reached the service.</summary>
    public static bool MayHaveBeenSent(Exception exception)
    {
        if (exception is RevisionToolsException)
        {
            return false;
        }

        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException request && IsBeforeSending(request.HttpRequestError))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What the innermost cause says, cleaned.</summary>
    public static string Describe(Exception exception) => SafeText.Clean(exception.GetBaseException().Message);

    private static bool IsBeforeSending(HttpRequestError error) => error
        is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
}
