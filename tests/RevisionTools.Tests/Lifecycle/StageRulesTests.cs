using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

public sealed class StageRulesTests
{
    // The rows of ARM-FACTS 4.2, each as it was seen on the wire; with traffic 0 and 100.
    [Theory]
    [InlineData(true, "Provisioned", "Running", "Healthy", 1, RevisionStage.Ready, RevisionStage.Active)]
    [InlineData(true, "Provisioned", "Activating", "None", 1, RevisionStage.Provisioning, RevisionStage.Provisioning)]
    [InlineData(true, "Provisioned", "Deprovisioning", "Healthy", 1, RevisionStage.Deactivating, RevisionStage.Deactivating)]
    [InlineData(true, "Provisioned", "Deprovisioning", "None", 1, RevisionStage.Deactivating, RevisionStage.Deactivating)]
    [InlineData(true, "Provisioned", null, "Healthy", 1, RevisionStage.Ready, RevisionStage.Active)]
    [InlineData(true, "Failed", "Failed", "Unhealthy", 1, RevisionStage.Failed, RevisionStage.Failed)]
    [InlineData(true, "Failed", null, "Unhealthy", 0, RevisionStage.Failed, RevisionStage.Failed)]
    [InlineData(true, "Provisioning", "Processing", "Healthy", 1, RevisionStage.Provisioning, RevisionStage.Provisioning)]
    [InlineData(true, "Provisioning", "Processing", "None", 1, RevisionStage.Provisioning, RevisionStage.Provisioning)]
    [InlineData(false, "Provisioned", "Stopped", "Healthy", 0, RevisionStage.Inactive, RevisionStage.Inactive)]
    [InlineData(true, "Provisioned", "RunningAtMaxScale", "Healthy", 10, RevisionStage.Ready, RevisionStage.Active)]
    [InlineData(true, "Provisioned", "ScaledToZero", "None", 0, RevisionStage.Ready, RevisionStage.Active)]
    [InlineData(true, "Provisioned", "Degraded", "Unhealthy", 0, RevisionStage.Failed, RevisionStage.Failed)]
    [InlineData(true, "Provisioned", "Degraded", "Unhealthy", 2, RevisionStage.Unknown, RevisionStage.Active)]
    [InlineData(true, "Provisioned", "Running", "Unhealthy", 1, RevisionStage.Unknown, RevisionStage.Active)]
    public void The_states_seen_on_the_wire_have_a_stage(
        bool active, string provisioning, string? running, string health, int replicas, RevisionStage idle, RevisionStage serving)
    {
        var resource = Given.Resource(1) with
        {
            Active = active,
            ProvisioningState = provisioning,
            RunningState = running,
            HealthState = health,
            Replicas = replicas,
        };

        Assert.Equal(idle, RevisionJoin.Join(Given.App(traffic: Given.To(1, 0)), resource).Stage);
        Assert.Equal(serving, RevisionJoin.Join(Given.App(traffic: Given.To(1, 100)), resource).Stage);
    }

    [Theory]
    [InlineData("Hibernating", "Provisioned", "Healthy", "runningState 'Hibernating'")]
    [InlineData("Running", "Thinking", "Healthy", "provisioningState 'Thinking'")]
    [InlineData("Running", "Provisioned", "Tired", "healthState 'Tired'")]
    [InlineData("Unknown", "Provisioned", "Healthy", "runningState 'Unknown'")]
    public void A_value_nobody_has_heard_of_is_Unknown_and_named(string running, string provisioning, string health, string expected)
    {
        var resource = Given.Resource(1) with { RunningState = running, ProvisioningState = provisioning, HealthState = health };

        var revision = RevisionJoin.Join(Given.App(), resource);

        Assert.Equal(RevisionStage.Unknown, revision.Stage);
        Assert.StartsWith(expected, revision.StageReason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_active_is_inactive_whatever_else_Azure_says_of_it()
    {
        var revision = RevisionJoin.Join(Given.App(), Given.Resource(1) with { Active = false, RunningState = "Hibernating" });

        Assert.Equal((RevisionStage.Inactive, "kept until purged; runningState 'Hibernating' is new"), (revision.Stage, revision.StageReason));
    }

    [Fact]
    public void A_failed_revision_that_goes_down_is_on_its_way_out()
    {
        var resource = Given.Resource(1) with { ProvisioningState = "Failed", RunningState = "Deprovisioning", HealthState = "Unhealthy" };

        Assert.Equal(RevisionStage.Deactivating, RevisionJoin.Join(Given.App(), resource).Stage);
    }

    [Fact]
    public void A_revision_that_does_not_say_whether_it_is_active_is_Unknown() =>
        Assert.Equal(RevisionStage.Unknown, RevisionJoin.Join(Given.App(), Given.Resource(1) with { Active = null }).Stage);

    [Fact]
    public void Case_of_states_does_not_count() =>
        Assert.Equal(RevisionStage.Ready, RevisionJoin.Join(Given.App(), Given.Resource(1) with { RunningState = "scaledtozero", HealthState = "NONE" }).Stage);

    [Fact]
    public void A_dead_deployment_is_Failed_although_replicas_are_counted()
    {
        var resource = Given.Resource(1) with
        {
            RunningState = "Degraded",
            HealthState = "Unhealthy",
            RunningStateDetails = "Deployment Progress Deadline Exceeded. 0/1 replicas ready.",
        };

        var revision = RevisionJoin.Join(Given.App(traffic: Given.To(1, 100)), resource);

        Assert.Equal(RevisionStage.Failed, revision.Stage);
        Assert.Contains("Deadline Exceeded", revision.StageReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_revision_says_why_in_the_platforms_words()
    {
        var resource = Given.Resource(1) with { ProvisioningState = "Failed", RunningState = "Failed", ProvisioningError = "Pending:ImagePullBackOff" };

        Assert.Equal("provisioning failed: Pending:ImagePullBackOff", RevisionJoin.Join(Given.App(), resource).StageReason);
    }

    [Fact]
    public void Event_work_counts_as_work_at_no_traffic()
    {
        var app = Given.App() with { IngressEnabled = false };
        var resource = Given.Resource(1) with
        {
            ScaleRules = [new ScaleRule("orders", "azure-servicebus", new Dictionary<string, string> { ["queueName"] = "orders" })],
        };

        var revision = RevisionJoin.Join(app, resource);

        Assert.Equal(RevisionStage.Active, revision.Stage);
        Assert.Equal("consumes events: azure-servicebus:orders", revision.StageReason);
    }
}
