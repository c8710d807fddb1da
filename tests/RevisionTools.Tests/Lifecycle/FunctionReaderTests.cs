using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

public sealed class FunctionReaderTests : SandboxTest
{
    [Fact]
    public async Task Functions_of_an_app_are_those_of_its_latest_revision_and_say_so()
    {
        var functions = await ReadAsync(Scope("func-invoices"));

        Assert.Equal(
            [("PreviewInvoice", "requests", false), ("SendReminders", "schedule", true), ("CreateInvoice", "storage queue", true)],
            functions.Select(function => (function.Name, function.ScaleSource, function.ConsumesEvents)));
        Assert.All(functions, function => Assert.Equal(
            ("func-invoices--0000004", "func-invoices", "rg-data", Sandbox.SubscriptionId, "Enabled", "dotnet-isolated"),
            (function.RevisionName, function.ContainerAppName, function.ResourceGroupName, function.SubscriptionId, function.State, function.Language)));
    }

    [Fact]
    public async Task A_pattern_of_revisions_means_the_active_ones()
    {
        await Azure.DeactivateRevisionAsync(new RevisionId(Data("func-invoices"), "func-invoices--0000001"), CancellationToken.None);
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));

        var functions = await ReadAsync(Scope("func-invoices", "*000000[1-3]"), "Send*");

        Assert.Equal(["func-invoices--0000002", "func-invoices--0000003"], functions.Select(function => function.RevisionName));
    }

    [Fact]
    public async Task An_absent_revision_is_told_before_any_call_for_functions()
    {
        Assert.Empty(await ReadAsync(Scope("func-invoices", "nope")));

        Assert.Equal(FailureKind.RevisionNotFound, Assert.Single(Output.Failures).Kind);
        Assert.Empty(FunctionCalls());
    }

    [Fact]
    public async Task Trouble_of_the_service_is_a_revision_that_went_meanwhile_only_when_that_is_gone()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 500, Path = "*/functions", Times = int.MaxValue });
        await ReadAsync(Scope("func-invoices", "0000002"));
        Assert.Equal(FailureKind.ServiceUnavailable, Assert.Single(Output.Failures).Kind);

        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 404, Path = "*/func-invoices--0000002", Skip = 1, Times = int.MaxValue });
        await ReadAsync(Scope("func-invoices", "0000002"));
        Assert.Equal(FailureKind.RevisionNotFound, Output.Failures[1].Kind);
    }

    [Fact]
    public async Task An_app_of_another_kind_is_refused_when_named_and_passed_over_by_wildcards()
    {
        Assert.Empty(await ReadAsync(Scope("web-shop")));
        var failure = Assert.Single(Output.Failures);
        Assert.Equal(FailureKind.RequestRefused, failure.Kind);
        Assert.Contains("ContainerApp", failure.Message, StringComparison.Ordinal);
        Assert.Empty(FunctionCalls());

        Assert.Equal(3, (await ReadAsync(Scope("*"))).Count);
        Assert.Single(Output.Failures);
        Assert.Single(FunctionCalls());
    }

    [Fact]
    public async Task A_function_that_is_named_must_be_there()
    {
        var functions = await ReadAsync(Scope("func-invoices"), "sendreminders", "nope", "no*");

        Assert.Equal("SendReminders", Assert.Single(functions).Name);
        var failure = Assert.Single(Output.Failures);
        Assert.Equal(FailureKind.FunctionNotFound, failure.Kind);
        Assert.Contains("'nope'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_come_in_pages()
    {
        Sandbox.PageSize = 2;

        Assert.Equal(3, (await ReadAsync(Scope("func-invoices"))).Count);
        Assert.Equal(2, FunctionCalls().Count());
    }

    [Theory]
    [InlineData("httpTrigger", "requests", false)]
    [InlineData("HTTPTRIGGER", "requests", false)]
    [InlineData("serviceBusTrigger", "service bus queue or topic", true)]
    [InlineData("telepathyTrigger", "unknown", true)]
    [InlineData(null, "unknown", true)]
    public void A_trigger_that_nobody_has_heard_of_counts_as_a_consumer(string? trigger, string source, bool consumes) =>
        Assert.Equal((source, consumes), (FunctionScaling.ScaleSource(trigger), FunctionScaling.ConsumesEvents(trigger)));

    private AppScope Scope(string app, string? revision = null) => new(Sandbox.SubscriptionId, null, app, revision);

    private IEnumerable<SandboxRequest> FunctionCalls() =>
        Sandbox.Requests.Where(request => request.PathAndQuery.Contains("/functions", StringComparison.Ordinal));

    private async Task<List<ContainerAppFunction>> ReadAsync(AppScope scope, params string[] names)
    {
        var before = Output.Results<ContainerAppFunction>().Count;
        await new FunctionReader(Azure, Output).ReadAsync([scope], names.Length == 0 ? ["*"] : names, passOver: false, CancellationToken.None);
        return [.. Output.Results<ContainerAppFunction>().Skip(before)];
    }
}
