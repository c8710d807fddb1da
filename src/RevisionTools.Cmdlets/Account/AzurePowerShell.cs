using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security;
using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Cmdlets.Pump;

namespace RevisionTools.Cmdlets.Account;

/// <summary>
/// Tokens of Azure PowerShell (Az.Accounts) in the session of the user, asked for anew whenever one is needed. They come as text: an object of
/// its libraries would be of no use here.
/// </summary>
internal sealed class AzurePowerShell(PipelineCalls calls)
{
    private const string Module = "Az.Accounts";

    private readonly ConcurrentDictionary<string, TokenClaims> _first = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is loaded already. On the pipeline thread only.</summary>
    public static bool IsLoaded
    {
        get
        {
            try
            {
                return CallerSession.Run("Microsoft.PowerShell.Core\\Get-Module", ("Name", Module)).Count > 0;
            }
            catch (RuntimeException failure) when (failure is not PipelineStoppedException)
            {
                // A restricted session may not have the command.
                return false;
            }
        }
    }

    /// <summary>Gives a token, from whatever thread.</summary>
    public Task<CallerToken> GetTokenAsync(CallerTokenRequest request, CancellationToken cancellationToken) =>
        calls.RunAsync(() => GetToken(request), cancellationToken);

    /// <summary>Runs one of its commands. On the pipeline thread only.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.AuthenticationFailed"/></exception>
    public static IReadOnlyList<PSObject> Run(string command, params IEnumerable<(string Name, object Value)> parameters)
    {
        try
        {
            return CallerSession.Run(command, parameters);
        }
        catch (CommandNotFoundException)
        {
            throw Failure($"There is no {command} in this session: the module {Module} is not to be had here. Install or import it, or sign in another way.");
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            // The failure itself may hold what another module would not want shown.
            throw Failure(
                $"{command} of Azure PowerShell failed: {SafeText.FirstLine(new Redaction().Hide(failure.Message))} "
                + "Sign in with Connect-AzAccount, then run Connect-AcaAccount -UseAzContext.");
        }
    }

    private CallerToken GetToken(CallerTokenRequest request)
    {
        List<(string, object)> parameters = [("ResourceUrl", request.Resource)];
        if (request.TenantId is { } tenant)
        {
            parameters.Add(("TenantId", tenant));
        }

        if (Run("Get-AzAccessToken", parameters) is not [var answer, ..])
        {
            throw Failure("Azure PowerShell gave no token.");
        }

        var text = Text(answer.Properties["Token"]?.Value) ?? throw Failure("Azure PowerShell gave an answer without a token.");
        var claims = TokenClaims.Read(text);
        RequireSameAccount(request.Resource, claims);
        return new CallerToken(text, End(answer.Properties["ExpiresOn"]?.Value) ?? claims.ExpiresOn ?? throw Failure("Azure PowerShell gave a token without an end."));
    }

    /// <summary>A session may be signed in anew as somebody else. What was begun as one is not carried on as another.</summary>
    private void RequireSameAccount(string resource, TokenClaims claims)
    {
        var first = _first.GetOrAdd(resource, claims);
        if (first.AccountName is { } before && claims.AccountName is { } now && !Names.Same(before, now))
        {
            throw Failure($"Azure PowerShell is signed in as {now} now, and this connection was made as {before}. Run Connect-AcaAccount -UseAzContext again.");
        }
    }

    // Text before Az.Accounts 5, and a SecureString since then.
    private static string? Text(object? token) => token switch
    {
        string { Length: > 0 } text => text,
        SecureString { Length: > 0 } secret => new NetworkCredential("", secret).Password,
        PSObject { BaseObject: not PSCustomObject } wrapped => Text(wrapped.BaseObject),
        _ => null,
    };

    private static DateTimeOffset? End(object? time) => (time is PSObject wrapped ? wrapped.BaseObject : time) switch
    {
        DateTimeOffset exact => exact,
        DateTime { Kind: DateTimeKind.Unspecified } bare => new DateTimeOffset(bare, TimeSpan.Zero),
        DateTime local => local,
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) => read,
        _ => null,
    };

    private static ServiceRequestException Failure(string message) => new(FailureKind.AuthenticationFailed, message);
}
