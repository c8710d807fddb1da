using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

public sealed class FailureDiagnosisTests
{
    [Theory]
    [InlineData("The TargetPort 8080 does not match the listening port 80.", FailureCause.PortMismatch)]
    [InlineData("1/1 Pending:ImagePullBackOff on legion", FailureCause.ImagePull)]
    [InlineData("Container 'x' was terminated with exit code '' and reason 'ImagePullFailure'", FailureCause.ImagePull)]
    [InlineData("1/1 Container crashing: web", FailureCause.CrashLoop)]
    [InlineData("1/1 Failed:Terminated", FailureCause.CrashLoop)]
    [InlineData("Container is waiting with reason: CrashLoopBackOff on legion.", FailureCause.CrashLoop)]
    [InlineData("Failed:redisContainerCrashing", FailureCause.CrashLoop)]
    [InlineData("Probe of StartUp failed with status code: 503", FailureCause.ProbeFailing)]
    [InlineData("Readiness probe failed: connection refused", FailureCause.ProbeFailing)]
    [InlineData("Maximum Allowed Cores exceeded for the Managed Environment: quota is 40", FailureCause.Quota)]
    [InlineData("Deployment Progress Deadline Exceeded. 0/1 replicas ready.", FailureCause.DeadlineExceeded)]
    [InlineData("Operation expired.", FailureCause.DeadlineExceeded)]
    [InlineData("the revision you are trying to activate X references registry qa which is no longer defined, please add registry qa back", FailureCause.RegistryMissing)]
    [InlineData("the revision you are trying to activate X references secret db which is no longer defined", FailureCause.SecretMissing)]
    [InlineData("Unable to get value using Managed identity for secret db-password", FailureCause.SecretMissing)]
    public void The_words_of_the_platform_tell_the_cause(string words, FailureCause expected)
    {
        var diagnosis = FailureDiagnosis.Of(words);

        Assert.Equal(expected, diagnosis?.Cause);
        Assert.NotEmpty(diagnosis!.Advice);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Container is waiting with reason: PullingImage on legion.")]
    [InlineData("Container started at: 5/6/2024 10:58:54 AM.")]
    [InlineData("Container was terminated with reason: Completed, exit code: 0.")]
    [InlineData("Rebalancing")]
    public void What_is_not_known_is_not_guessed_at(string? words) => Assert.Null(FailureDiagnosis.Of(words));

    [Fact]
    public void Ports_are_named_with_what_to_change()
    {
        var diagnosis = FailureDiagnosis.Of("The TargetPort 8080 does not match the listening port 80.")!;

        Assert.Contains("8080", diagnosis.Meaning, StringComparison.Ordinal);
        Assert.Contains("targetPort to 80,", diagnosis.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cause_goes_before_what_follows_from_it()
    {
        Assert.Equal(
            FailureCause.PortMismatch,
            FailureDiagnosis.Of("Deployment Progress Deadline Exceeded. 0/1 replicas ready. The TargetPort 1 does not match the listening port 2.", "CrashLoopBackOff")?.Cause);
        Assert.Equal(FailureCause.ProbeFailing, FailureDiagnosis.Of("1/1 Container crashing: web", "Liveness probe failed: 404")?.Cause);
    }

    [Fact]
    public void A_container_that_is_killed_gets_the_advice_for_memory() =>
        Assert.Contains("memory", FailureDiagnosis.Of("1/1 Container crashing: web", "terminated with exit code '137'")!.Advice, StringComparison.Ordinal);

    [Fact]
    public void A_failed_revision_is_told_with_the_words_of_its_containers_each_once()
    {
        var revision = Given.Shop(1, resource => resource with { ProvisioningState = "Failed", ProvisioningError = "Container crashing: web" }).Revisions[0];
        var container = new ReplicaContainer { Name = "web", RestartCount = 6, RunningStateDetails = "Container is waiting with reason: CrashLoopBackOff on legion." };
        var ready = container with { Name = "sidecar", Ready = true };

        var failure = FailedRevision.Describe(revision, [ReplicaTests.Of(revision, "aaa", container, ready), ReplicaTests.Of(revision, "aaa", container)]);

        Assert.Equal(
            $"Revision '{revision.Name}' failed: provisioning failed: Container crashing: web. "
            + "Container 'web' (restarted 6 times): Container is waiting with reason: CrashLoopBackOff on legion. A container crashes or ends again and again.",
            failure.Message);
        Assert.Equal((FailureKind.RevisionFailed, FailureCause.CrashLoop, revision), (failure.Kind, failure.Cause, failure.Revision));
    }

    [Fact]
    public void A_failure_without_known_words_has_no_advice_of_its_own()
    {
        var revision = Given.Shop(1, resource => resource with { RunningState = "Failed" }).Revisions[0];

        var failure = FailedRevision.Describe(revision, []);

        Assert.Equal((FailureCause.Unknown, null), (failure.Cause, failure.Advice));
    }
}
