namespace RevisionTools.Arm;

/// <summary>The way of requests that go past the pipeline for Azure Resource Manager: names the module, and tells the log of each.</summary>
/// <param name="inner">Where they go; the owner disposes of it.</param>
/// <param name="version">Version of the module.</param>
/// <param name="time">Measures how long they take.</param>
/// <param name="log">Told of each, with the host before the path.</param>
internal class ToldTransport(HttpMessageHandler inner, string version, TimeProvider time, Func<ArmRequestRecord, ValueTask>? log) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove("User-Agent");
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgentPolicy.Text(version));
        var place = $"{request.Headers.Host ?? request.RequestUri!.IdnHost}{request.RequestUri!.AbsolutePath}";
        var started = time.GetTimestamp();
        var status = 0;
        try
        {
            var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            status = (int)answer.StatusCode;
            return answer;
        }
        finally
        {
            var duration = time.GetElapsedTime(started).TotalMilliseconds;
            await ArmLog.TellAsync(log, new ArmRequestRecord(request.Method.Method, place, 1, status, duration, null), cancellationToken).ConfigureAwait(false);
        }
    }
}
