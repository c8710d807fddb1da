using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Changes;

/// <summary>A switch of the mode does what was agreed to, for as long as was agreed to.</summary>
public sealed class ModeAgreementTests : SandboxTest
{
    [Fact]
    public void A_switch_that_was_none_when_it_was_agreed_to_is_not_made()
    {
        var shop = Given.Shop(2);
        var approved = ModePlan.Of(shop, RevisionMode.Multiple);
        var fresh = ModePlan.Of(Given.Snapshot(shop.App with { RevisionMode = "Single" }, Given.Resource(1), Given.Resource(2)), RevisionMode.Multiple);

        var failure = Assert.Throws<RevisionToolsException>(() => fresh.RequireWithin(approved));

        Assert.Equal(FailureKind.RevisionChanged, failure.Kind);
        Assert.Contains("its mode is Single again", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mode_that_somebody_sets_since_is_left_as_it_is()
    {
        var approved = ModePlan.Of(await ReadAsync(Shop("web-landing")), RevisionMode.Single);
        await ChangeAsync(ModePlan.Of(await ReadAsync(Shop("web-landing")), RevisionMode.Multiple), TimeSpan.FromMinutes(5));
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Sandbox.ClearRequests();

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => ChangeAsync(approved, TimeSpan.FromMinutes(5)));

        Assert.Equal(FailureKind.RevisionChanged, failure.Kind);
        Assert.Equal(0, Sandbox.WriteCount);
        Assert.Equal("Multiple", (await ReadAsync(Shop("web-landing"))).App.RevisionMode);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(900)]
    public async Task A_busy_app_is_waited_for_as_long_as_was_asked_for(int seconds)
    {
        var plan = ModePlan.Of(await ReadAsync(Shop("web-shop")), RevisionMode.Single);
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.Status,
            Status = 409,
            ErrorCode = "ContainerAppOperationInProgress",
            Method = "PATCH",
            Times = int.MaxValue,
        });
        var started = Sandbox.Clock.GetUtcNow();

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => ChangeAsync(plan, TimeSpan.FromSeconds(seconds)));

        Assert.Equal(FailureKind.RevisionConflict, failure.Kind);
        Assert.InRange((Sandbox.Clock.GetUtcNow() - started).TotalSeconds, seconds - 25, seconds + 5);
    }

    private Task<ContainerApp> ChangeAsync(ModePlan plan, TimeSpan patience) =>
        new ModeChanger(Azure, new ModeChangeOptions { Patience = patience, Random = new Random(1) }, Output).ChangeAsync(plan, CancellationToken.None);
}
