using System.Net;

namespace RevisionTools.Sandbox;

/// <summary>Ends the handling of a request with an error answer; it never leaves the sandbox.</summary>
internal sealed class ArmException(HttpStatusCode status, string code, string message) : Exception(message)
{
    /// <summary>ARM itself answered, not the resource provider: adds <c>x-ms-failure-cause: gateway</c> (ARM-FACTS 3.2).</summary>
    internal bool IsGateway { get; init; }

    internal ArmAnswer ToAnswer()
    {
        var answer = ArmAnswer.Error(status, code, Message);
        return IsGateway ? answer.With("x-ms-failure-cause", "gateway") : answer;
    }
}
