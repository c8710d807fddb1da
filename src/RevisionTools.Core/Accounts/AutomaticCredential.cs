using Azure.Core;

namespace RevisionTools.Accounts;

/// <summary>
/// The first way that works. It is then kept to: a run that began as one identity must not go on as another because the first way had a bad
/// moment.
/// </summary>
/// <param name="ways">The ways, in the order in which they are tried.</param>
/// <param name="advice">What to do where none works.</param>
/// <param name="hints">What the environment was set up for in part only, a sentence each.</param>
internal sealed class AutomaticCredential(IReadOnlyList<SourceCredential> ways, string advice, params IEnumerable<string> hints) : AccountCredential
{
    private SourceCredential? _chosen;

    public override string? Way => Volatile.Read(ref _chosen)?.Way;

    /// <summary>The ways, in the order in which they are tried.</summary>
    internal IReadOnlyList<SourceCredential> Ways => ways;

    /// <summary>What to do where none works.</summary>
    internal string Advice => advice;

    /// <summary>What the environment was set up for in part only, a sentence each.</summary>
    internal IEnumerable<string> Hints => hints;

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _chosen) is { } chosen)
        {
            return await chosen.GetTokenAsync(requestContext, cancellationToken).ConfigureAwait(false);
        }

        var failures = new List<ServiceRequestException>();
        foreach (var way in ways)
        {
            try
            {
                var token = await way.GetTokenAsync(requestContext, cancellationToken).ConfigureAwait(false);
                Interlocked.CompareExchange(ref _chosen, way, null);
                return token;
            }
            catch (ServiceRequestException failure)
            {
                failures.Add(failure);
            }
        }

        // A way that is there and fails says more than all that are not.
        string[] reasons = [.. failures.Select(failure => SafeText.Sentence(failure.Message)).Distinct(StringComparer.Ordinal)];
        throw failures.FirstOrDefault(failure => failure.InnerException is not SourceReport { IsMissing: true }) ?? new ServiceRequestException(
            FailureKind.AuthenticationFailed,
            string.Join(' ', ["No credential worked.", .. hints, .. reasons, advice]),
            new SourceReport(reasons, isMissing: true));
    }
}
