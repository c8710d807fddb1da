using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>Builds the one pipeline that every request goes through.</summary>
internal static class ArmPipeline
{
    /// <summary>
    /// In order: user agent, retries with the shared gates, then for each try the guard of the endpoint, only behind the guard the token,
    /// and last the log, which hears of each sending and its whole answer.
    /// </summary>
    public static HttpPipeline Create(ArmOptions options, Jitter jitter)
    {
        var retry = new GatedRetryPolicy(new ThrottleGates(options.Time, jitter), options.Time, jitter, log: options.PauseLog);
        var token = RenewingCredential.Over(options.Credential, options.Time).For(options.Scopes);
        return HttpPipelineBuilder.Build(
            new ArmClientOptions(options.Transport, retry),
            [new UserAgentPolicy(options.Version)],
            [
                new EndpointGuardPolicy(options.Endpoint),
                new TokenPolicy(token),
                new RequestLogPolicy(options.Log, options.Time),
                new AnswerBufferPolicy(),
            ],
            responseClassifier: null);
    }
}
