using System.Management.Automation;
using System.Management.Automation.Host;

namespace RevisionTools.Cmdlets.Hosting;

/// <summary>Tells a host that cannot ask from one that has asked.</summary>
internal static class Confirmation
{
    /// <summary>
    /// Whether a question has failed because there is nobody to put it to. Hosts say that in many ways: PowerShell itself with a HostException where
    /// there is no user interface, a PSInvalidOperationException with <c>-NonInteractive</c> and a NullReferenceException when its input has ended,
    /// others with what their authors liked. So it is told by what it is not: a pipeline that was stopped, and a question that somebody broke off.
    /// </summary>
    public static bool IsImpossible(Exception failure) => failure is not (PipelineStoppedException or PromptingException or OutOfMemoryException);

    /// <summary>The error that stands for a question.</summary>
    /// <param name="question">What was to be agreed to.</param>
    /// <param name="isDemanded">Whether the question was demanded with <c>-Confirm</c>.</param>
    /// <param name="failure">What the host has thrown.</param>
    public static RevisionToolsException Required(string question, bool isDemanded, Exception failure) => new(
        FailureKind.ConfirmationRequired, $"This needs somebody's yes, and nobody can be asked here, so nothing was done. {SafeText.FirstLine(question)}", failure)
    {
        Advice = isDemanded ? "Leave -Confirm out, or give -Confirm:$false, where nobody can answer; -WhatIf shows what would be done." : null,
    };
}
