using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>
/// The calls below <c>/_sandbox</c>, which look at the sandbox and move it. They ask for no token; so that no web page can make a
/// browser send them, neither an Origin header nor a host other than this machine is let in.
/// </summary>
internal sealed class ControlEndpoint(ContainerAppsSandbox sandbox)
{
    /// <summary>What the clock passes is played at the next request, event work every 30 seconds of it.</summary>
    private const double LongestAdvance = 366 * 24 * 60 * 60;

    private const int LongestBody = 1024 * 1024;

    internal async Task AnswerAsync(HttpContext context, string path)
    {
        int status;
        byte[] json;
        try
        {
            RequireThisMachine(context.Request);
            var body = await RequestBody.ReadAsync(context, LongestBody).ConfigureAwait(false) ?? throw new ControlException(
                StatusCodes.Status413PayloadTooLarge, "The body is too long: at most 1 MB.");
            (status, json) = Answer(context.Request, path.TrimEnd('/'), body);
        }
        catch (ControlException refusal)
        {
            (status, json) = (refusal.Status, ControlJson.Error(refusal.Message, path: null));
        }
        catch (ScenarioException fault)
        {
            (status, json) = (StatusCodes.Status400BadRequest, ControlJson.Error(fault.Message, fault.Path));
        }

        await ReplyWriter.WriteAsync(context, status, json).ConfigureAwait(false);
    }

    private (int Status, byte[] Json) Answer(HttpRequest request, string path, byte[] body) => (request.Method, path) switch
    {
        ("POST", "/advance") => Ok(Advance(request)),
        ("GET", "/log") => Ok(ControlJson.Log(sandbox.Requests)),
        ("DELETE", "/log") => ClearLog(),
        ("GET", "/state") => Ok(ControlJson.State(sandbox)),
        ("GET", "/scenario") => Ok(Encoding.UTF8.GetBytes(sandbox.Export().ToJson())),
        ("POST", "/faults") => AddFaults(Encoding.UTF8.GetString(body)),
        ("DELETE", "/faults") => ClearFaults(),
        ("POST", "/release") => Release(),
        (_, "/advance" or "/log" or "/state" or "/scenario" or "/faults" or "/release") => throw new ControlException(
            StatusCodes.Status405MethodNotAllowed, $"{request.Method} is not for /_sandbox{path}."),
        _ => throw new ControlException(
            StatusCodes.Status404NotFound, "There are advance, log, state, scenario, faults and release below /_sandbox."),
    };

    private byte[] Advance(HttpRequest request)
    {
        if (!double.TryParse(request.Query["seconds"], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            || !(seconds >= 0 && seconds <= LongestAdvance))
        {
            throw new ControlException(
                StatusCodes.Status400BadRequest, "Say how far: /_sandbox/advance?seconds=N, zero or more and at most a year.");
        }

        var span = TimeSpan.FromSeconds(seconds);
        if (sandbox.Clock.GetUtcNow() + span >= ScenarioTime.End)
        {
            throw new ControlException(StatusCodes.Status400BadRequest, $"The clock ends before the year {ScenarioTime.End.Year}.");
        }

        sandbox.Clock.Advance(span);
        return ControlJson.Time(sandbox.Clock.GetUtcNow());
    }

    private (int Status, byte[] Json) ClearLog()
    {
        sandbox.ClearRequests();
        return (StatusCodes.Status204NoContent, []);
    }

    private (int Status, byte[] Json) AddFaults(string json)
    {
        sandbox.Inject(json);
        return (StatusCodes.Status204NoContent, []);
    }

    private (int Status, byte[] Json) ClearFaults()
    {
        sandbox.ClearFaults();
        return (StatusCodes.Status204NoContent, []);
    }

    private (int Status, byte[] Json) Release()
    {
        sandbox.ReleaseHeld();
        return (StatusCodes.Status204NoContent, []);
    }

    private static (int Status, byte[] Json) Ok(byte[] json) => (StatusCodes.Status200OK, json);

    private static void RequireThisMachine(HttpRequest request)
    {
        if (request.Headers.ContainsKey("Origin"))
        {
            throw new ControlException(StatusCodes.Status403Forbidden, "Web pages may not control the sandbox: the request has an Origin header.");
        }

        if (!Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var address) || !address.IsLoopback)
        {
            throw new ControlException(StatusCodes.Status403Forbidden, $"The host '{request.Host.Value}' is not this machine.");
        }
    }
}
