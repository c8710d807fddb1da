using Azure;
using Azure.Core;
using RevisionTools.Arm.Wire;

namespace RevisionTools.Arm;

/// <summary>
/// Follows an operation that Azure has accepted (PUT 201, PATCH and DELETE 202) to its end, by Azure-AsyncOperation where the
/// answer gives it, else by Location.
/// </summary>
/// <remarks>ARM-FACTS 3.2.</remarks>
/// <param name="requester">The way to Azure.</param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="log">Told of every pause before it begins.</param>
internal sealed class LongRunningOperation(ArmRequester requester, TimeProvider time, Func<ArmPauseRecord, ValueTask>? log)
{
    private static readonly TimeSpan s_defaultTimeout = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_defaultDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_shortestDelay = TimeSpan.FromSeconds(1);

    /// <summary>Returns when the operation has succeeded.</summary>
    /// <param name="accepted">The answer that announces it.</param>
    /// <param name="limit">How long to follow it at most; Azure's own limit counts where that is shorter.</param>
    /// <param name="cancellationToken">Stops following; the operation goes on.</param>
    /// <exception cref="ServiceRequestException">It failed, or nobody could see how it ended.</exception>
    public async Task WaitAsync(HttpMessage accepted, TimeSpan limit, CancellationToken cancellationToken)
    {
        var target = RequestTarget.Of(accepted.Request.Uri.ToUri());
        var given = AnswerHeaders.OperationTimeout(accepted.Response) ?? s_defaultTimeout;
        var timeout = limit < given ? limit : given;
        var started = time.GetTimestamp();
        try
        {
            for (var step = First(accepted); step is not null;)
            {
                await PauseAsync(step, timeout - time.GetElapsedTime(started), timeout, target, cancellationToken).ConfigureAwait(false);
                using var answer = await requester.SendAsync(RequestMethod.Get, step.Address, null, cancellationToken)
                    .ConfigureAwait(false);
                step = await NextAsync(step, answer, target, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ServiceRequestException failure) when (failure.Kind != FailureKind.OperationFailed)
        {
            throw ServiceFailure.AfterAcceptedWrite(failure, target);
        }
    }

    private OperationStep? First(HttpMessage accepted)
    {
        var response = accepted.Response;
        if (AnswerHeaders.AsyncOperation(response) is { } status)
        {
            return Step(accepted, status, isStatus: true);
        }

        if (response.Status != 202)
        {
            return null;
        }

        var location = AnswerHeaders.Location(response)
            ?? throw ServiceFailure.Unreadable(accepted, "it announces an operation and does not say where to ask for it.");
        return Step(accepted, location, isStatus: false);
    }

    private async Task PauseAsync(OperationStep step, TimeSpan left, TimeSpan timeout, RequestTarget target, CancellationToken cancellationToken)
    {
        if (left <= TimeSpan.Zero)
        {
            throw new ServiceRequestException(
                FailureKind.RevisionWaitTimeout,
                $"The operation on {target.Describe()} did not end within {timeout}; it may still be going on.");
        }

        var pause = step.Delay < left ? step.Delay : left;
        var record = new ArmPauseRecord("GET", step.Address.AbsolutePath, 1, pause, "Azure has accepted an operation, and how it goes is asked then");
        await ArmLog.TellAsync(log, record, cancellationToken).ConfigureAwait(false);
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
    }

    private async Task<OperationStep?> NextAsync(
        OperationStep step, HttpMessage answer, RequestTarget target, CancellationToken cancellationToken)
    {
        if (answer.Response.Status == 202)
        {
            return GoOn(step, answer);
        }

        if (answer.Response.Status == 204 || (!step.IsStatus && answer.Response.ContentStream is null))
        {
            return null;
        }

        var body = await ArmRequester.ReadAsync(answer, ArmJsonContext.Default.OperationBody, cancellationToken).ConfigureAwait(false);
        return body.Status?.ToUpperInvariant() switch
        {
            "SUCCEEDED" => null,
            "FAILED" or "CANCELED" or "CANCELLED" => throw Failed(body, answer, target),
            null or "" when step.IsStatus => throw ServiceFailure.Unreadable(answer, "the operation has no status."),
            null or "" => null,
            _ => GoOn(step, answer),
        };
    }

    private OperationStep GoOn(OperationStep step, HttpMessage answer)
    {
        var fresh = step.IsStatus ? AnswerHeaders.AsyncOperation(answer.Response) : AnswerHeaders.Location(answer.Response);
        return fresh is null ? step with { Delay = DelayOf(answer.Response) } : Step(answer, fresh, step.IsStatus);
    }

    private OperationStep Step(HttpMessage answer, string link, bool isStatus) => new(
        requester.Follow(link) ?? throw ServiceFailure.Unreadable(answer, "the address of its operation is none."),
        isStatus,
        DelayOf(answer.Response));

    private TimeSpan DelayOf(Response response)
    {
        var delay = AnswerHeaders.RetryAfter(response, time) ?? s_defaultDelay;
        return delay > s_shortestDelay ? delay : s_shortestDelay;
    }

    private static ServiceRequestException Failed(OperationBody body, HttpMessage answer, RequestTarget target)
    {
        var error = ServiceErrorReader.From(body.Error, answer.Request);
        var words = string.Join(": ", new[] { error.Code, error.Message }.Where(word => word is not null));
        return new ServiceRequestException(
            FailureKind.OperationFailed,
            $"The operation on {target.Describe()} ended as {body.Status}{(words.Length == 0 ? "." : $". {words}")}")
        {
            Status = answer.Response.Status,
            ErrorCode = error.Code,
            CorrelationId = AnswerHeaders.CorrelationId(answer.Response),
            ResourceId = target.ResourceId,
        };
    }
}
