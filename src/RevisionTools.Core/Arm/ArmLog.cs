namespace RevisionTools.Arm;

/// <summary>Tells a log of a request, be it to Azure Resource Manager or for a token, or of a pause. A log that fails is no reason to lose the answer of a request, or to send it again.</summary>
internal static class ArmLog
{
    public static async ValueTask TellAsync<T>(Func<T, ValueTask>? log, T record, CancellationToken cancellationToken)
    {
        if (log is null)
        {
            return;
        }

        try
        {
            await log(record).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Only a request that is being cancelled may be stopped by its log.
        }
    }
}
