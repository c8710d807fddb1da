using System.Text.RegularExpressions;

namespace RevisionTools.Lifecycle;

/// <summary>What a failure most likely is, told by the platform's words.</summary>
/// <param name="Cause">What it is.</param>
/// <param name="Meaning">That in a sentence.</param>
/// <param name="Advice">What to do about it.</param>
/// <remarks>ARM-FACTS 4.2 and 6. The words are no contract, so what is not known is not guessed at.</remarks>
internal sealed partial record FailureDiagnosis(FailureCause Cause, string Meaning, string Advice)
{
    /// <summary>Reads what the platform says; null where its words do not tell.</summary>
    public static FailureDiagnosis? Of(params IEnumerable<string?> words)
    {
        var text = string.Join('\n', words);

        // From what says most to what says least: a container that no probe finds, or that lacks a secret, crashes as well, and all are late.
        return PortMismatch(text) ?? RegistryMissing(text) ?? SecretMissing(text) ?? ImagePull(text) ?? NoRoom(text) ?? ProbeFailing(text)
            ?? CrashLoop(text) ?? TooLate(text);
    }

    private static FailureDiagnosis? PortMismatch(string text) => PortWords().Match(text) is { Success: true } ports
        ? new(
            FailureCause.PortMismatch,
            $"The ingress sends to port {ports.Groups["target"].Value}, and the container listens on port {ports.Groups["listening"].Value}",
            $"Set the ingress' targetPort to {ports.Groups["listening"].Value}, or let the container listen on {ports.Groups["target"].Value}.")
        : null;

    private static FailureDiagnosis? RegistryMissing(string text) => RegistryWords().Match(text) is { Success: true } registry
        ? new(
            FailureCause.RegistryMissing,
            $"It pulls from the registry '{registry.Groups["name"].Value}', which the app no longer has",
            "Add the registry to the app's configuration again, or make a new revision from an image that can be pulled.")
        : null;

    private static FailureDiagnosis? SecretMissing(string text) => SecretWords().IsMatch(text)
        ? new(
            FailureCause.SecretMissing,
            "It needs a secret that the app does not have or cannot read",
            "Add the secret to the app's configuration again; for one from a key vault, check its address and that the app's identity may read it.")
        : null;

    private static FailureDiagnosis? ImagePull(string text) => PullWords().IsMatch(text)
        ? new(
            FailureCause.ImagePull,
            "The image cannot be pulled",
            "Check that image and tag exist, and that the app may pull from the registry: its credentials, the role AcrPull of its identity, and the network in between.")
        : null;

    private static FailureDiagnosis? NoRoom(string text) => RoomWords().IsMatch(text)
        ? new(
            FailureCause.Quota,
            "There is no room for its replicas",
            "Deactivate revisions that nothing reaches, ask for fewer replicas or smaller ones, or have the quota of the environment or the workload profile raised.")
        : null;

    private static FailureDiagnosis? ProbeFailing(string text) => ProbeWords().IsMatch(text)
        ? new(
            FailureCause.ProbeFailing,
            "A health probe fails",
            "Check path, port and delays of the template's probes against what the container serves, and give a slow start a startup probe.")
        : null;

    private static FailureDiagnosis? CrashLoop(string text) => CrashWords().IsMatch(text)
        ? OutOfMemoryWords().IsMatch(text)
            ? new(FailureCause.CrashLoop, "A container is killed again and again, mostly for want of memory", "Give the container more memory, or find what it fills it with.")
            : new(FailureCause.CrashLoop, "A container crashes or ends again and again", "Read the container's console log, and check its command, environment variables and secrets.")
        : null;

    private static FailureDiagnosis? TooLate(string text) => LateWords().IsMatch(text)
        ? new(
            FailureCause.DeadlineExceeded,
            "It was not ready in time",
            "Look at the replicas with Get-AcaReplica and at the system log: mostly a probe fails, the port is wrong, or the start takes too long.")
        : null;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"TargetPort (?<target>[0-9]{1,5}) does not match the listening port (?<listening>[0-9]{1,5})", Options)]
    private static partial Regex PortWords();

    [GeneratedRegex(@"references registry (?<name>[^\s,""']{1,200}) which is no longer defined", Options)]
    private static partial Regex RegistryWords();

    [GeneratedRegex(@"references secret\b|secretref\b|CreateContainerConfigError|\bsecret\b.{0,200}\b(not found|no longer defined|does not exist|could not be|unable to)|(unable to|failed to|could not) [^.\n]{1,80}\bsecret\b", Options)]
    private static partial Regex SecretWords();

    [GeneratedRegex(@"ImagePullBackOff|ErrImagePull|ImagePullFail|ImagePullUnauthorized|InvalidImageName|fail\w* to pull image|pull access denied|manifest unknown", Options)]
    private static partial Regex PullWords();

    [GeneratedRegex(@"\bquota\b|insufficient (cpu|memory|cores)|FailedScheduling|Unschedulable|MaximumCores|cores? limit|exceed\w* .{0,40}\bcores\b", Options)]
    private static partial Regex RoomWords();

    [GeneratedRegex(@"\b(startup|readiness|liveness|health)? ?probes?\b.{0,80}\bfail|ProbeFail|failed .{0,40}\bprobe\b", Options)]
    private static partial Regex ProbeWords();

    [GeneratedRegex(@"CrashLoopBackOff|container ?crashing|Failed:Terminated|exit code:? '?[1-9]|OOMKilled", Options)]
    private static partial Regex CrashWords();

    [GeneratedRegex(@"OOMKilled|exit code:? '?137\b", Options)]
    private static partial Regex OutOfMemoryWords();

    [GeneratedRegex(@"Deadline ?Exceeded|Operation expired", Options)]
    private static partial Regex LateWords();
}
