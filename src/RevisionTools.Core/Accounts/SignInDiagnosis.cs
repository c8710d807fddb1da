using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Azure.Identity;

namespace RevisionTools.Accounts;

/// <summary>Says why a way to sign in failed and what to do, without a secret and without the noise of a library.</summary>
/// <param name="way">The way, in words.</param>
/// <param name="cloud">The cloud that was signed in to.</param>
/// <param name="tenantId">The tenant; null where none was named.</param>
/// <param name="applicationId">The application, or the identity; null where none was named.</param>
/// <param name="redaction">Hides the secrets that the way uses.</param>
internal sealed partial class SignInDiagnosis(string way, CloudEndpoints cloud, string? tenantId, string? applicationId, Redaction redaction)
{
    private const int LongestWords = 400;

    // What the endpoints of App Service, Azure Automation and virtual machines answer where they know the identity not.
    private static readonly string[] s_identityMissing =
    [
        "identity not found", "no user assigned", "no managed identity found", "not been assigned", "identity isn't assigned", "identity is not assigned",
        "identitynotfound",
    ];

    /// <summary>The way, in words.</summary>
    public string Way => way;

    /// <summary>The failure as RevisionTools reports it.</summary>
    public ServiceRequestException Explain(Exception failure)
    {
        Exception[] chain = [.. Flatten(failure)];
        if (chain.OfType<ServiceRequestException>().FirstOrDefault() is { } known)
        {
            return known;
        }

        if (chain.OfType<RevisionToolsException>().FirstOrDefault() is { } ours)
        {
            return new ServiceRequestException(ours.Kind, ours.Message);
        }

        var isMissing = failure is CredentialUnavailableException;
        var report = new SourceReport(chain.Select(one => $"{one.GetType().Name}: {Words(one.Message)}"), isMissing);
        return chain.Select(one => Entra().Match(one.Message)).FirstOrDefault(match => match.Success) is { } match
            ? FromEntra(match.Value, int.Parse(match.Groups["code"].ValueSpan, CultureInfo.InvariantCulture), report)
            : FromIdentity(chain, isMissing, report) ?? FromPipelines(chain, report) ?? FromNetwork(chain, report) ?? Other(chain, report);
    }

    private ServiceRequestException FromEntra(string text, int code, SourceReport report)
    {
        var correlation = Correlation().Match(text) is { Success: true } match ? match.Groups["id"].Value : null;
        var words = EntraError.Of(code) is { } error
            ? $"{Fill(error.Cause)} {Fill(error.Next)} (AADSTS{code.ToString(CultureInfo.InvariantCulture)}"
            : $"Microsoft Entra refused to sign in with {way}: {Words(text)} (";
        var id = correlation is null ? "" : $"{(words[^1] == '(' ? "" : ", ")}correlation id {correlation}";
        return new ServiceRequestException(FailureKind.AuthenticationFailed, $"{words}{id})".Replace(" ()", "", StringComparison.Ordinal), report)
        {
            ErrorCode = $"AADSTS{code.ToString(CultureInfo.InvariantCulture)}",
            CorrelationId = correlation,
        };
    }

    private ServiceRequestException? FromIdentity(Exception[] chain, bool isMissing, SourceReport report)
    {
        if (way != SignInWays.ManagedIdentity)
        {
            return null;
        }

        if (chain.Any(one => s_identityMissing.Any(words => one.Message.Contains(words, StringComparison.OrdinalIgnoreCase))))
        {
            return new ServiceRequestException(
                FailureKind.AuthenticationFailed,
                applicationId is null
                    ? "There is no system-assigned managed identity here. Turn it on, or give -ClientId with the client id of a user-assigned one."
                    : $"The managed identity with the client id '{SafeText.Clean(applicationId)}' is not assigned here. Check the id (it is neither "
                    + "the object id nor the resource id), and assign it.",
                new SourceReport([report.Message], isMissing: false));
        }

        if (chain.Any(one => one.Message.Contains("value is invalid: ExpiresOn", StringComparison.Ordinal)))
        {
            return new ServiceRequestException(
                FailureKind.AuthenticationFailed,
                "The managed identity endpoint gave a token that is over already by the clock of this machine. Compare the clock with the real time.",
                report);
        }

        return isMissing
            ? new ServiceRequestException(
                FailureKind.AuthenticationFailed,
                "There is no managed identity here: no variable IDENTITY_ENDPOINT or MSI_ENDPOINT is set, and the metadata service of Azure's virtual "
                + "machines does not answer. Outside Azure sign in in another way.",
                report)
            : null;
    }

    private static ServiceRequestException? FromPipelines(Exception[] chain, SourceReport report) =>
        chain.Any(one => one.Message.StartsWith("OIDC token not found", StringComparison.Ordinal))
            ? new ServiceRequestException(
                FailureKind.AuthenticationFailed,
                "Azure DevOps gave no token for the service connection. SYSTEM_ACCESSTOKEN has to be that of the running job, and the pipeline has to be "
                + "allowed to use the connection, which has to be one of workload identity federation.",
                report)
            : null;

    private ServiceRequestException? FromNetwork(Exception[] chain, SourceReport report)
    {
        var request = chain.OfType<HttpRequestException>().LastOrDefault();
        var socket = chain.OfType<SocketException>().LastOrDefault();
        if (request is null && socket is null && !chain.Any(one => one is OperationCanceledException or TimeoutException))
        {
            return null;
        }

        var cause = request?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => $"the name of {Place} is not to be resolved. Check the network and DNS",
            HttpRequestError.SecureConnectionError => $"no secure connection to {Place} comes about: {SafeText.Sentence(Words(chain[^1].Message))} "
                + "Check the clock, and whether a proxy's certificate is trusted here",
            HttpRequestError.ProxyTunnelError =>
                $"the proxy does not let {Place} through: {SafeText.Sentence(Words(request.Message))} Check HTTPS_PROXY and what the proxy allows",
            _ when request is null && socket is null => $"{Place} did not answer in time. Check the network and the proxy",
            _ => $"{Place} did not answer: {SafeText.Sentence(Words(chain[^1].Message))} Check the network and the proxy",
        };
        return new ServiceRequestException(FailureKind.ConnectionFailed, $"Could not sign in with {way}: {cause}.", report);
    }

    private ServiceRequestException Other(Exception[] chain, SourceReport report)
    {
        var remedy = way == SignInWays.Browser ? " Where no browser opens, -DeviceCode lets a person sign in on another machine." : "";
        return new ServiceRequestException(
            FailureKind.AuthenticationFailed,
            chain.OfType<AuthenticationRequiredException>().Any()
                ? $"The sign-in with {way} is over, and a person has to sign in again: run Connect-AcaAccount."
                : $"Could not sign in with {way}: {Words(chain[^1].Message)}{remedy}",
            report);
    }

    private string Place => way == SignInWays.ManagedIdentity ? "the managed identity endpoint" : cloud.AuthorityHost.Host;

    /// <summary>The first line, harmless, of bearable length, and without the library's own label.</summary>
    private string Words(string text)
    {
        var words = redaction.Hide(Noise().Replace(SafeText.FirstLine(text), ""));
        return words.Length > LongestWords ? $"{words[..LongestWords]}..." : words;
    }

    private string Fill(string text) => text
        .Replace("{application}", applicationId is null ? "(unnamed)" : $"'{SafeText.Clean(applicationId)}'", StringComparison.Ordinal)
        .Replace("{tenant}", tenantId is null ? "of the account" : $"'{SafeText.Clean(tenantId)}'", StringComparison.Ordinal)
        .Replace("{audience}", $"'{SafeText.Clean(cloud.Audience)}'", StringComparison.Ordinal);

    private static IEnumerable<Exception> Flatten(Exception failure) => failure is AggregateException several
        ? several.InnerExceptions.SelectMany(Flatten)
        : failure.InnerException is null ? [failure] : Flatten(failure.InnerException).Prepend(failure);

    [GeneratedRegex(@"AADSTS(?<code>\d{4,8})\b[^\r\n]*(\r?\n[^\r\n]*){0,4}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Entra();

    [GeneratedRegex(@"Correlation ID:\s*(?<id>[0-9a-f-]{36})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Correlation();

    [GeneratedRegex(@"\s*\.?\s*Trace ID:.*$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Noise();
}
