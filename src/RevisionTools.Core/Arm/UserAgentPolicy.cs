using Azure.Core;
using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>Names the module. Azure.Core's own user agent comes only with its telemetry, which is off.</summary>
internal sealed class UserAgentPolicy(string version) : HttpPipelineSynchronousPolicy
{
    private readonly string _userAgent = Text(version);

    /// <summary>The version of this module.</summary>
    public static string OwnVersion { get; } = typeof(UserAgentPolicy).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The user agent of a version.</summary>
    public static string Text(string version) => $"RevisionTools/{version}";

    public override void OnSendingRequest(HttpMessage message) => message.Request.Headers.SetValue("User-Agent", _userAgent);
}
