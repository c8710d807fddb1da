using System.Globalization;
using RevisionTools.Arm;
using RevisionTools.Work;

namespace RevisionTools.Cmdlets.Pump;

/// <summary>
/// Carries the log of requests to the verbose stream, and that of pauses to the debug stream, of the command that caused them. The client
/// outlives commands, so the way goes with the flow of execution and not with the client.
/// </summary>
internal static class RequestTrace
{
    private static readonly AsyncLocal<IWorkOutput?> s_output = new();

    /// <summary>From here on, requests of this flow are told to this output.</summary>
    public static void Begin(IWorkOutput output) => s_output.Value = output;

    /// <summary>Warns in the command that this flow works for.</summary>
    public static ValueTask WarnAsync(string message) => s_output.Value is { } output ? output.WarnAsync(message) : ValueTask.CompletedTask;

    public static ValueTask ReportAsync(ArmRequestRecord request) =>
        s_output.Value is { } output ? output.VerboseAsync(Describe(request)) : ValueTask.CompletedTask;

    public static ValueTask ReportAsync(ArmPauseRecord pause) =>
        s_output.Value is { } output ? output.DebugAsync(Describe(pause)) : ValueTask.CompletedTask;

    private static string Describe(ArmPauseRecord pause) => string.Create(
        CultureInfo.InvariantCulture, $"{pause.Method} {pause.Path}: {pause.Pause.TotalSeconds:0.0} s to wait before try {pause.Try}: {pause.Reason}");

    private static string Describe(ArmRequestRecord request)
    {
        var answer = request.Status == 0 ? "no answer" : request.Status.ToString(CultureInfo.InvariantCulture);
        var correlation = request.CorrelationId is null ? "" : $", correlation {request.CorrelationId}";
        return string.Create(CultureInfo.InvariantCulture, $"{request.Method} {request.Path}: {answer} in {request.Milliseconds:0} ms{correlation}");
    }
}
