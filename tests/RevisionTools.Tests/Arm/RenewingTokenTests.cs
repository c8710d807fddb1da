using Azure.Core;
using RevisionTools.Arm;
using RevisionTools.Tests.Accounts.StandIns;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class RenewingTokenTests
{
    private static readonly string[] s_scopes = ["https://management.azure.com/.default"];

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_token_is_kept_until_five_minutes_before_its_end()
    {
        var source = new Source(_clock);
        var token = Over(source);

        var first = await token.GetAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(54));
        Assert.Same(first, await token.GetAsync(default));
        _clock.Advance(TimeSpan.FromMinutes(1));
        var second = await token.GetAsync(default);

        Assert.NotEqual(first.Text, second.Text);
        Assert.InRange(_clock.GetUtcNow().AddHours(1) - second.End, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal([null, null], source.Claims);
        Assert.All(source.Contexts, context => Assert.True(context.IsCaeEnabled));
        Assert.All(source.Contexts, context => Assert.Equal(s_scopes, context.Scopes));
    }

    /// <summary>What the library says counts by the machine's clock, what the token says by the giver's; each may be wrong, or both.</summary>
    [Theory]
    [InlineData(60, 60, 60, 60)]
    [InlineData(60, -90, 60, 60)] // our clock is ahead, the lifetime was told
    [InlineData(-90, -90, 60, 60)] // the same, and the end was told
    [InlineData(60, 150, 60, 60)] // our clock is behind
    [InlineData(66_000, 60, 60, 60)] // our clock is not the machine's
    [InlineData(4, 4, 60, 4)] // an old token out of a cache
    [InlineData(-90, null, null, 5)]
    [InlineData(30, null, null, 30)]
    public void The_shortest_lifetime_that_makes_sense_counts(int byLibrary, int? byToken, int? inToken, int minutes)
    {
        var now = _clock.GetUtcNow();
        var machine = now.AddDays(-50);
        var end = now.AddMinutes(byToken ?? 0).ToUnixTimeSeconds();
        var text = byToken is null ? "opaque" : Jwt($$"""{"exp":{{end}},"iat":{{end - (inToken * 60)}}}""");

        var held = HeldToken.Take(new AccessToken(text, machine.AddMinutes(byLibrary)), now, machine, null, false);

        Assert.Equal(now.AddMinutes(minutes), held.End);
        Assert.InRange(held.RenewAt, now.AddSeconds(30), held.End);
    }

    [Fact]
    public async Task Where_the_cache_of_the_library_gives_the_old_one_again_it_is_asked_past()
    {
        var source = new Source(_clock) { Cached = true };
        var token = Over(source);

        var first = await token.GetAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(57));
        var second = await token.GetAsync(default);

        Assert.NotEqual(first.Text, second.Text);
        var issued = TokenClaims.Read(first.Text).IssuedOn!.Value.ToUnixTimeSeconds();
        Assert.Equal([null, null, $$$"""{"access_token":{"nbf":{"essential":true,"value":"{{{issued + 1}}}"} } }"""], source.Claims);
    }

    [Fact]
    public async Task A_renewal_that_fails_leaves_the_token_in_use_while_it_is_good()
    {
        var source = new Source(_clock);
        var token = Over(source);
        var first = await token.GetAsync(default);
        source.Failure = new InvalidOperationException("no network");

        _clock.Advance(TimeSpan.FromMinutes(56));
        for (var call = 0; call < 5; call++)
        {
            Assert.Equal(first.Text, (await token.GetAsync(default)).Text);
        }

        Assert.Equal(2, source.Claims.Count);
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(first.Text, (await token.GetAsync(default)).Text);
        Assert.Equal(3, source.Claims.Count);

        _clock.Advance(TimeSpan.FromMinutes(4));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await token.GetAsync(default));
        source.Failure = null;
        Assert.NotEqual(first.Text, (await token.GetAsync(default)).Text);
    }

    [Fact]
    public async Task Many_callers_ask_once_and_share_the_token()
    {
        var source = new Source(_clock) { Hold = new TaskCompletionSource() };
        var token = Over(source);

        var callers = Enumerable.Range(0, 20).Select(_ => token.GetAsync(default).AsTask()).ToArray();
        source.Hold.SetResult();
        var held = await Task.WhenAll(callers);

        Assert.Single(held.Distinct());
        Assert.Single(source.Claims);
    }

    [Fact]
    public async Task Many_callers_ask_once_and_share_the_failure()
    {
        var source = new Source(_clock) { Hold = new TaskCompletionSource(), Failure = new InvalidOperationException("no") };
        var token = Over(source);

        var callers = Enumerable.Range(0, 20).Select(_ => token.GetAsync(default).AsTask()).ToArray();
        source.Hold.SetResult();

        foreach (var caller in callers)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => caller);
        }

        Assert.Single(source.Claims);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await token.GetAsync(default));
        Assert.Equal(2, source.Claims.Count);
    }

    [Fact]
    public async Task While_one_renews_the_others_go_on_with_the_token_that_is_good()
    {
        var source = new Source(_clock);
        var token = Over(source);
        var first = await token.GetAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(56));
        source.Hold = new TaskCompletionSource();

        var renewing = token.GetAsync(default).AsTask();
        Assert.Same(first, await token.GetAsync(default));
        Assert.False(renewing.IsCompleted);
        source.Hold.SetResult();

        Assert.Same(await renewing, await token.GetAsync(default));
        Assert.NotEqual(first.Text, (await renewing).Text);
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_nobody_along()
    {
        var source = new Source(_clock) { Hold = new TaskCompletionSource() };
        var token = Over(source);
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();

        var asking = token.GetAsync(first.Token).AsTask();
        var impatient = token.GetAsync(second.Token).AsTask();
        var patient = token.GetAsync(default).AsTask();
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.False(patient.IsCompleted);
        source.Hold.SetResult();

        Assert.NotNull((await patient).Text);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once_for_all_whom_it_was_refused()
    {
        var source = new Source(_clock) { Cached = true };
        var token = Over(source);
        var refused = await token.GetAsync(default);

        var next = await token.ReplaceRefusedAsync(refused, null, default);
        var other = await token.ReplaceRefusedAsync(refused, null, default);

        Assert.NotNull(next);
        Assert.NotEqual(refused.Text, next.Text);
        Assert.Same(next, other);
        Assert.Equal(2, source.Claims.Count);
        Assert.Contains("nbf", source.Claims[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_refused_as_its_predecessor_was_is_not_replaced_again()
    {
        var token = Over(new Source(_clock));
        var first = await token.GetAsync(default);
        var second = await token.ReplaceRefusedAsync(first, null, default);

        Assert.Null(await token.ReplaceRefusedAsync(second!, null, default));
        second!.Accept();
        var third = await token.ReplaceRefusedAsync(second, null, default);
        Assert.NotNull(third);

        var challenged = await token.ReplaceRefusedAsync(third, """{"access_token":{"acrs":1}}""", default);
        challenged!.Accept();
        Assert.Null(await token.ReplaceRefusedAsync(challenged, """{"access_token":{"acrs":1}}""", default));
        Assert.NotNull(await token.ReplaceRefusedAsync(challenged, """{"access_token":{"acrs":2}}""", default));
    }

    [Fact]
    public async Task A_source_that_has_no_other_token_leaves_the_refusal()
    {
        var token = Over(new FakeCredential());

        Assert.Null(await token.ReplaceRefusedAsync(await token.GetAsync(default), null, default));
    }

    private RenewingToken Over(TokenCredential source) => new(source, s_scopes, _clock);

    private static string Jwt(string payload) =>
        $"eyJhbGciOiJub25lIn0.{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(payload))}.x";

    /// <summary>Gives tokens that end by a clock, also out of a cache of its own that never empties by itself.</summary>
    private sealed class Source(TimeProvider clock) : TokenCredential
    {
        private readonly TokenOffice _office = new(clock, TimeSpan.FromHours(1));

        public bool Cached { get; init; }

        public Exception? Failure { get; set; }

        public TaskCompletionSource? Hold { get; set; }

        public List<TokenRequestContext> Contexts { get; } = [];

        public IReadOnlyList<string?> Claims => [.. Contexts.Select(context => context.Claims)];

        public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Contexts.Add(requestContext);
            if (Hold is { } hold)
            {
                await hold.Task.WaitAsync(cancellationToken);
            }

            var text = Cached && requestContext.Claims is null && _office.Given.Count > 0 ? _office.Given[^1] : _office.Give("x");
            return Failure is null ? new AccessToken(text, DateTimeOffset.UtcNow.AddHours(1)) : throw Failure;
        }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
