using System.Text;

namespace RevisionTools.Sandbox;

/// <summary>
/// The service itself: takes a request, lets the fault plan have its say, and gives the reply. The handler for
/// <see cref="HttpClient"/> and the HTTP server are two ways to it.
/// </summary>
internal sealed class SandboxEngine(ContainerAppsSandbox sandbox, SandboxTenant tenant)
{
    private const string DefaultVersion = "2026-01-01";

    private readonly object _gate = new();

    internal SandboxTenant Tenant => tenant;

    internal SandboxClock Clock => sandbox.Clock;

    internal FaultPlan Faults { get; } = new(tenant.Random);

    internal RequestLog Log { get; } = new();

    internal Throttle Throttle { get; } = new(tenant);

    internal int PageSize { get; set; }

    /// <summary>The only token that is let in; null lets any in.</summary>
    internal string? RequiredToken { get; set; }

    /// <summary>How far the service's clock is ahead of the one its callers live on.</summary>
    internal TimeSpan ClockSkew { get; set; }

    internal DateTimeOffset Now => Clock.GetUtcNow() + ClockSkew;

    internal async Task<SandboxReply> ExchangeAsync(ArmRequest request, CancellationToken cancellationToken)
    {
        // A held request counts as in flight only once it can be released, so its fault is taken first.
        (var fault, var released) = Faults.Take(request.Method, request.Uri.AbsolutePath);
        var entry = Log.Begin(new SandboxRequest(
            Clock.GetUtcNow(), request.Method, request.Uri.PathAndQuery, Status: null, request.IsWrite));
        Clock.NoteRequest();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (fault is null)
            {
                return Send(Serve(request, entry), request, entry, ReplyEnding.Whole);
            }

            FaultyExchange exchange = new(this, sandbox, fault, released, request, entry);
            return await exchange.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Log.End();
            Clock.NoteAnswer();
        }
    }

    /// <summary>Lets the service answer a request, now.</summary>
    internal ArmAnswer Serve(ArmRequest request, RequestLog.Entry entry, SandboxFault? fault = null)
    {
        lock (_gate)
        {
            request.Time = Now;
            Log.Reached(entry);
            if (fault is { Kind: SandboxFaultKind.StaleReads } && ArmRouter.AppOf(request) is ({ } group, { } app))
            {
                tenant.StaleViews.Keep(group, app, tenant.FindApp(group, app), Now + (fault.Duration ?? TimeSpan.Zero));
            }

            tenant.NextOperation = OperationOutcome.Of(fault) ?? tenant.NextOperation;
            var pageSize = fault is { Kind: SandboxFaultKind.Page } ? Math.Max(1, fault.PageSize) : PageSize;
            var answer = AppHosts.Answer(request, tenant) ?? RegistryHosts.Answer(request, tenant, RequiredToken) ?? TokenRules.Refuse(request, tenant.TenantId, RequiredToken) ??
                Throttle.Guard(request, admitted => ArmRouter.Answer(admitted, tenant, pageSize));

            // A write that was refused started no operation; the next one is not to blame.
            tenant.NextOperation = null;
            return answer;
        }
    }

    /// <summary>Describes the present state.</summary>
    internal SandboxScenario Export()
    {
        lock (_gate)
        {
            return new ScenarioExporter(tenant, Now).Export() with
            {
                PageSize = PageSize,
                Throttling = Throttle.Refuses,
                Faults = Faults.Left(),
            };
        }
    }

    /// <summary>Looks at the state between two requests.</summary>
    internal T Look<T>(Func<DateTimeOffset, T> look)
    {
        lock (_gate)
        {
            return look(Now);
        }
    }

    /// <summary>Lets a second operator act.</summary>
    internal void Intervene(SandboxIntervention intervention, string origin)
    {
        var query = intervention.Path.Contains("api-version=", StringComparison.OrdinalIgnoreCase)
            ? ""
            : $"{(intervention.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}api-version={DefaultVersion}";
        ArmRequest request = new(
            intervention.Method.ToUpperInvariant(),
            new Uri(origin + intervention.Path + query),
            Encoding.UTF8.GetBytes(intervention.Body ?? ""),
            authorization: null,
            correlationId: null);
        var entry = Log.Begin(
            new SandboxRequest(Clock.GetUtcNow(), request.Method, request.Uri.PathAndQuery, Status: null, request.IsWrite) { IsIntervention = true });
        try
        {
            lock (_gate)
            {
                request.Time = Now;
                Log.Answered(entry, (int)ArmRouter.Answer(request, tenant, PageSize).Status);
            }
        }
        finally
        {
            Log.End();
        }
    }

    internal SandboxReply Send(ArmAnswer answer, ArmRequest request, RequestLog.Entry entry, ReplyEnding ending)
    {
        if (ending is ReplyEnding.Whole or ReplyEnding.CutBody)
        {
            Log.Answered(entry, (int)answer.Status);
        }

        return ReplyHeaders.Complete(answer, request, Now, tenant.Random.Guid($"request/{entry.Number}"), ending);
    }
}
