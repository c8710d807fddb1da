namespace RevisionTools.Work;

/// <summary>Keeps what one target lacks from stopping the work on the others.</summary>
internal static class WorkGuard
{
    /// <summary>Runs work on one target, and reports its failure. Without a valid sign-in nothing else can work either, so that failure ends everything.</summary>
    public static async Task GuardAsync(this IWorkOutput output, object? target, Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (failure.Kind is not FailureKind.AuthenticationFailed)
        {
            await output.FailAsync(failure, failure.ResourceId ?? target).ConfigureAwait(false);
        }
    }
}
