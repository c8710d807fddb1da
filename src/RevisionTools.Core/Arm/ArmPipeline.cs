using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>Builds the one pipeline that every request goes through.</summary>
internal static class ArmPipeline
{
    /// <summary>
    /// In order: user agent, retries with the shared gates, then for each try the log, the guard of the endpoint and, only
    /// behind the guard, the token.
    /// </summary>
    public static HttpPipeline Create(ArmOptions options, Jitter jitter)
    {
        var retry = new GatedRetryPolicy(new ThrottleGates(options.Time, jitter), options.Time, jitter);
        return HttpPipelineBuilder.Build(
            new ArmClientOptions(options.Transport, retry),
            [new UserAgentPolicy(options.Version)],
            [new RequestLogPolicy(options.Log, options.Time), new EndpointGuardPolicy(options.Endpoint), CreateTokenPolicy(options)],
            responseClassifier: null);
    }

    private static HttpPipelinePolicy CreateTokenPolicy(ArmOptions options)
    {
        var credential = new ReportingCredential(options.Credential);
        return options.Endpoint.Scheme == Uri.UriSchemeHttps
            ? new TokenPolicy(credential, options.Scopes)
            : new LoopbackTokenPolicy(credential, options.Scopes);
    }
}
