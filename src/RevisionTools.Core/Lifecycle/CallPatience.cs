using System.Globalization;

namespace RevisionTools.Lifecycle;

/// <summary>Says whether a call that Azure did not carry out is worth another try, and when.</summary>
/// <param name="random">Spreads the pauses.</param>
/// <param name="budget">How long all tries may take together; three minutes when left out.</param>
internal sealed class CallPatience(Random random, TimeSpan? budget = null)
{
    private const int MostTries = 6;

    private readonly TimeSpan _budget = budget ?? TimeSpan.FromMinutes(3);

    /// <summary>How long to wait before all of it is tried again; null when it is not worth it.</summary>
    /// <param name="failure">Why the call was not carried out.</param>
    /// <param name="attempt">How many calls there were.</param>
    /// <param name="elapsed">How long it has been since the first.</param>
    public TimeSpan? PauseAfter(ServiceRequestException failure, int attempt, TimeSpan elapsed)
    {
        if (failure.TokenIsRenewed && attempt < MostTries)
        {
            return TimeSpan.Zero;
        }

        var isPassing = failure.AppIsBusy
            || failure.Kind is FailureKind.RequestThrottled or FailureKind.ServiceUnavailable or FailureKind.ConnectionFailed;
        var seconds = failure.AppIsBusy ? Math.Min(4 * Math.Pow(1.5, attempt - 1), 20) : 0.8 * Math.Pow(2, attempt - 1);
        var pause = TimeSpan.FromSeconds(seconds * (0.75 + (0.5 * random.NextDouble())));
        pause = failure.RetryAfter > pause ? failure.RetryAfter.Value : pause;
        return isPassing && (attempt < MostTries || failure.AppIsBusy) && elapsed + pause <= _budget ? pause : null;
    }

    /// <summary>Why a call is to be tried again, in a word or a few.</summary>
    public static string Reason(ServiceRequestException failure) => failure.AppIsBusy ? "another operation is going on" : $"{failure.Kind}";

    /// <summary>A pause in words, for somebody who looks for its reason.</summary>
    public static string Describe(string name, ServiceRequestException failure, int attempt, TimeSpan pause)
    {
        var pace = failure.RetryAfter >= pause ? "Azure asks for it" : "this is our own pace";
        return string.Create(CultureInfo.InvariantCulture, $"{name}: {pause.TotalSeconds:0.0} s to wait before call {attempt + 1}: {Reason(failure)}, and {pace}");
    }
}
