using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

/// <summary>How long to wait before a call is tried again.</summary>
public sealed class CallPatienceTests : SandboxTest
{
    private static readonly ServiceRequestException s_later = new(FailureKind.ServiceUnavailable, "Later.") { Status = 503, RetryAfter = TimeSpan.FromSeconds(30) };

    [Fact]
    public void The_pause_that_Azure_asks_for_is_the_least() =>
        Assert.InRange(new CallPatience(new Random(1)).PauseAfter(s_later, 1, TimeSpan.Zero)!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));

    [Fact]
    public void A_pause_that_lasts_longer_than_there_is_time_is_not_begun()
    {
        Assert.Null(new CallPatience(new Random(1), TimeSpan.FromSeconds(20)).PauseAfter(s_later, 1, TimeSpan.Zero));
        Assert.Null(new CallPatience(new Random(1), TimeSpan.FromSeconds(60)).PauseAfter(s_later, 1, TimeSpan.FromSeconds(40)));
        Assert.NotNull(new CallPatience(new Random(1), TimeSpan.FromSeconds(60)).PauseAfter(s_later, 1, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_restart_is_tried_again_when_Azure_has_asked_to()
    {
        var sent = new List<DateTimeOffset>();
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.Status,
            Status = 409,
            ErrorCode = "ContainerAppOperationInProgress",
            Method = "POST",
            RetryAfter = TimeSpan.FromSeconds(30),
            Before = sandbox => sent.Add(sandbox.Clock.GetUtcNow()),
        });
        Sandbox.Inject(new SandboxFault { Method = "POST", Before = sandbox => sent.Add(sandbox.Clock.GetUtcNow()) });

        await new RevisionRestarter(Azure, new RestartOptions { Random = new Random(1) }, Output)
            .RestartAsync(new RevisionId(Shop("web-shop"), "web-shop--0000030"), CancellationToken.None);

        Assert.Equal(2, sent.Count);
        Assert.InRange(sent[1] - sent[0], TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }
}
