using RevisionTools.FaultRuns.Oracle;
using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns.Time;

/// <summary>
/// The network between a process under test and the sandbox: requests and answers take their time, so that several are under way at once in
/// every order. The sandbox's own handler would answer at once and on another thread.
/// </summary>
internal sealed class Wire(World world, ProcessLife life, ContainerAppsSandbox sandbox, Watch watch, Random random) : HttpMessageHandler
{
    // What HttpClient waits for an answer that never comes.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(100);

    private readonly HashSet<Sent> _leaving = [];
    private int _served;

    /// <summary>Told of every request that has been served, with the number that were so far.</summary>
    public Action<int>? OnServed { get; set; }

    /// <summary>The process dies now: of its requests that have not arrived yet some are on the wire already, some are not.</summary>
    public void Cut()
    {
        foreach (var sent in _leaving.OrderBy(sent => sent.Number))
        {
            sent.IsLost = random.Next(2) == 0;
        }

        life.Kill();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (life.IsDead)
        {
            await ProcessLife.Grave().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var message = await ArmMessage.ReadAsync(request).ConfigureAwait(false);
        var sent = new Sent(watch.NextNumber(), life, message, world.Cause);
        var answer = new TaskCompletionSource<SandboxReply>();
        using var cancelled = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        _leaving.Add(sent);
        world.After(Latency(), world.Cause, () => Arrive(sent, answer));
        return ArmMessage.Of(await answer.Task.ConfigureAwait(false), request);
    }

    private async void Arrive(Sent sent, TaskCompletionSource<SandboxReply> answer)
    {
        _leaving.Remove(sent);
        if (sent.IsLost)
        {
            return;
        }

        try
        {
            watch.BeforeServed(sent);
            var exchange = sandbox.Engine.ExchangeAsync(sent.Message, CancellationToken.None);
            if (!exchange.IsCompleted)
            {
                world.After(TimeSpan.FromSeconds(random.Next(1, 120)), null, sandbox.ReleaseHeld);
            }

            var reply = await exchange.ConfigureAwait(false);
            var cause = watch.AfterServed(sent, reply);
            world.After(reply.Ending == ReplyEnding.NeverComes ? s_timeout : Latency(), cause, () => Answer(answer, reply));
            OnServed?.Invoke(++_served);
        }
        catch (Exception exception)
        {
            world.Break($"The sandbox or the watch has failed: {exception}");
        }
    }

    private void Answer(TaskCompletionSource<SandboxReply> answer, SandboxReply reply)
    {
        if (!life.IsDead)
        {
            answer.TrySetResult(reply);
        }
    }

    private TimeSpan Latency() => TimeSpan.FromMilliseconds(random.Next(10) == 0 ? random.Next(200, 3000) : random.Next(10, 120));
}
