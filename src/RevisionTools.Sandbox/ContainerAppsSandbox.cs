namespace RevisionTools.Sandbox;

/// <summary>
/// The control plane of Azure Container Apps in memory: give it to an <see cref="HttpClient"/> in place of the network. It
/// answers under any host, keeps its own state, and lives on a virtual clock.
/// </summary>
/// <remarks>
/// <para>It answers as Azure Resource Manager does, without interlocks: like the service it takes down a revision that serves all
/// traffic. Any bearer token will do; none gets 401. All members are safe to call from many threads, and two sandboxes
/// with equal clock, seed and requests answer byte for byte alike.</para>
/// <para>Host names of apps, revisions and labels answer too, without a token: 200 where a request would reach a revision that is
/// ready, else 404 or 503.</para>
/// <para>A template whose image tag ends in <c>-missing</c> (cannot be pulled), <c>-crash</c> (crashes), <c>-stuck</c>
/// (stays Activating) or <c>-degraded</c> (is given up after ten minutes) makes a revision that is never ready.</para>
/// </remarks>
public sealed class ContainerAppsSandbox : HttpMessageHandler
{
    /// <summary>Makes a sandbox with an empty subscription.</summary>
    /// <param name="clock">The clock that it lives on.</param>
    /// <param name="seed">Where its chance begins: durations, names and ids follow from it.</param>
    public ContainerAppsSandbox(SandboxClock clock, int seed = 1)
        : this(clock, new SandboxScenario(), seed)
    {
    }

    /// <summary>Makes a sandbox with the state that a scenario describes.</summary>
    /// <param name="clock">The clock that it lives on; it should start at the scenario's time, where that has one.</param>
    /// <param name="scenario">The state.</param>
    /// <param name="seed">Where its chance begins; null takes the scenario's seed, else 1.</param>
    /// <exception cref="ArgumentException">The clock is before the scenario's time.</exception>
    /// <exception cref="ScenarioException">Something in the scenario is wrong.</exception>
    public ContainerAppsSandbox(SandboxClock clock, SandboxScenario scenario, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(scenario);
        ScenarioChecks.Check(scenario);
        if (clock.GetUtcNow() < scenario.Time)
        {
            throw new ArgumentException("The clock is before the scenario's time.", nameof(clock));
        }

        Clock = clock;
        Engine = new SandboxEngine(this, NewTenant(scenario, seed));
        PageSize = scenario.PageSize;
        Throttling = scenario.Throttling;
        new ScenarioBuilder(Tenant, scenario.Time ?? clock.GetUtcNow()).Build(scenario);
        foreach (var fault in scenario.Faults)
        {
            Inject(fault);
        }
    }

    /// <summary>The clock that the sandbox lives on.</summary>
    public SandboxClock Clock { get; }

    /// <summary>The id of its one subscription, a GUID; the same in every sandbox unless a scenario gives another.</summary>
    public string SubscriptionId => Tenant.SubscriptionId;

    /// <summary>The display name of its one subscription.</summary>
    public string SubscriptionName => Tenant.SubscriptionName;

    /// <summary>The id of its tenant, a GUID; the same in every sandbox unless a scenario gives another.</summary>
    public string TenantId => Tenant.TenantId;

    /// <summary>Items in a page of a list; 0 (the default) sends lists whole, as the service was always seen to do.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int PageSize
    {
        get => Engine.PageSize;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Engine.PageSize = value;
        }
    }

    /// <summary>Whether ARM's token buckets refuse requests once they are empty: 250 reads and 25 a second, 200 writes or deletes and 10 a second
    /// for each principal. True unless set otherwise.</summary>
    public bool Throttling
    {
        get => Engine.Throttle.Refuses;
        set => Engine.Throttle.Refuses = value;
    }

    /// <summary>How far the service's clock is ahead of <see cref="Clock"/>, which its callers live on; negative where it is behind.</summary>
    public TimeSpan ClockSkew
    {
        get => Engine.ClockSkew;
        set => Engine.ClockSkew = value;
    }

    /// <summary>Every request so far, in order of arrival; a copy. Of very many only the last 200,000 are kept.</summary>
    public IReadOnlyList<SandboxRequest> Requests => Engine.Log.Snapshot();

    /// <summary>How many requests other than GET and HEAD reached the service, refused ones among them.</summary>
    public int WriteCount => Engine.Log.Writes;

    /// <summary>How many requests are being answered right now, held ones among them.</summary>
    public int InFlight => Engine.Log.InFlight;

    /// <summary>Queues and timers with the work that each revision has done by now; a copy.</summary>
    public IReadOnlyList<SandboxQueueCount> Queues => Engine.Look(now =>
    {
        Tenant.Settle(now);
        Tenant.Work.Play(new AppLifecycle(Tenant), now);
        return Tenant.Work.Count();
    });

    internal SandboxEngine Engine { get; }

    internal SandboxTenant Tenant => Engine.Tenant;

    /// <summary>Makes a sandbox with the sample fleet: some months of life of a dozen apps in two groups.</summary>
    /// <param name="clock">The clock that it lives on; the fleet's past lies before its present moment.</param>
    /// <param name="seed">Where its chance begins.</param>
    /// <returns>The sandbox.</returns>
    public static ContainerAppsSandbox CreateSampleFleet(SandboxClock clock, int seed = 1) =>
        new(clock, SandboxScenario.Sample(seed), seed);

    /// <summary>Describes the present state as a scenario.</summary>
    /// <remarks>A sandbox that starts from it at the same time answers reads of apps, revisions and replicas byte for byte
    /// alike. Operations under way go on; those that are done are forgotten. Secrets are kept by name, without values. Of the faults those
    /// are kept that JSON can say. Not kept are the request log, the state of the token buckets, stale views and a clock skew.</remarks>
    /// <returns>The scenario; its time is the service's.</returns>
    public SandboxScenario Export() => Engine.Export();

    /// <summary>Forgets the requests so far and sets <see cref="WriteCount"/> to 0.</summary>
    public void ClearRequests() => Engine.Log.Clear();

    /// <summary>Adds a fault. Of the faults that match a request the first that has <see cref="SandboxFault.Times"/> left wins.</summary>
    /// <param name="fault">What goes wrong.</param>
    /// <exception cref="ScenarioException">It lacks what its kind needs, or a value is impossible.</exception>
    public void Inject(SandboxFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        FaultChecks.Check(fault, "$");
        Engine.Faults.Add(fault);
    }

    /// <summary>Adds faults from JSON, one or an array, in the form of <see cref="SandboxFault.Parse"/>: all of them or, when one is wrong, none.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="ScenarioException">Something in it is wrong; the message has the JSON path and the reason.</exception>
    public void Inject(string json)
    {
        foreach (var fault in SandboxFault.Parse(json))
        {
            Inject(fault);
        }
    }

    /// <summary>Adds a fault, for scripts.</summary>
    /// <param name="kind">The name of a <see cref="SandboxFaultKind"/>, in any case.</param>
    /// <param name="method">The HTTP method it meets; null or empty meets all.</param>
    /// <param name="path">The path it meets, or a part of it, or a pattern, as in <see cref="SandboxFault.Path"/>; null or empty meets all.</param>
    /// <param name="times">How many requests it spoils.</param>
    /// <param name="status">The HTTP status for the kind Status.</param>
    /// <exception cref="ArgumentException">No such kind, or the kind Status without a status.</exception>
    public void Inject(string kind, string? method, string? path, int times = 1, int status = 0)
    {
        if (!Enum.TryParse(kind, ignoreCase: true, out SandboxFaultKind parsed) || !Enum.IsDefined(parsed))
        {
            throw new ArgumentException(
                $"'{kind}' is no kind of fault. Kinds: {string.Join(", ", Enum.GetNames<SandboxFaultKind>())}.", nameof(kind));
        }

        if (parsed is SandboxFaultKind.Status && status is < 200 or > 599)
        {
            throw new ArgumentException("The kind Status needs an HTTP status from 200 to 599.", nameof(status));
        }

        Inject(new SandboxFault
        {
            Kind = parsed,
            Method = string.IsNullOrEmpty(method) ? null : method,
            Path = string.IsNullOrEmpty(path) ? null : path,
            Times = times,
            Status = status,
        });
    }

    /// <summary>Forgets all faults; requests that are held stay so.</summary>
    public void ClearFaults() => Engine.Faults.Clear();

    /// <summary>Lets the held requests go on to the service.</summary>
    public void ReleaseHeld() => Engine.Faults.ReleaseHeld();

    private static SandboxTenant NewTenant(SandboxScenario scenario, int? seed) => new(
        scenario.TenantId ?? SampleFleet.TenantId,
        scenario.SubscriptionId ?? SampleFleet.SubscriptionId,
        scenario.SubscriptionName ?? "Sandbox",
        new SandboxRandom(seed ?? scenario.Seed ?? 1));

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        var sent = await ArmMessage.ReadAsync(request).ConfigureAwait(false);

        // As on a real connection, the answer never comes on the caller's own stack.
        var reply = await Engine.ExchangeAsync(sent, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return ArmMessage.Of(reply, request);
    }
}
