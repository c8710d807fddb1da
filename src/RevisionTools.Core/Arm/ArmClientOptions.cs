using Azure.Core;
using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>The settings of Azure.Core's pipeline that RevisionTools chooses.</summary>
internal sealed class ArmClientOptions : ClientOptions
{
    public ArmClientOptions(HttpMessageHandler? transport, RetryPolicy retryPolicy)
    {
        Transport = transport is null
            ? HttpClientTransport.Shared
            : new HttpClientTransport(new HttpClient(transport, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan });
        RetryPolicy = retryPolicy;
        Diagnostics.IsTelemetryEnabled = false;
        Diagnostics.IsDistributedTracingEnabled = false;
        Diagnostics.IsLoggingContentEnabled = false;
    }
}
