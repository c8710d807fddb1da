using System.Net;

namespace RevisionTools.Sandbox;

/// <summary>Ends the handling of a request with an error answer; it never leaves the sandbox.</summary>
internal sealed class ArmException(HttpStatusCode status, string code, string message) : Exception(message)
{
    internal const string Gateway = "gateway";

    /// <summary>
    /// The header x-ms-failure-cause: gateway when ARM itself answered and not the resource provider, whose own errors have
    /// none but for a 500 (ARM-FACTS 3.2).
    /// </summary>
    internal string? FailureCause { get; init; }

    internal ArmAnswer ToAnswer()
    {
        var answer = ArmAnswer.Error(status, code, Message);
        answer.IsOfGateway = FailureCause is Gateway;
        return FailureCause is null ? answer : answer.With("x-ms-failure-cause", FailureCause);
    }
}
