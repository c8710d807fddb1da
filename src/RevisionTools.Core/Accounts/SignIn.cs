using System.Security.Cryptography.X509Certificates;

namespace RevisionTools.Accounts;

/// <summary>How an account is signed in: a closed set, one record a way. Knows no Azure library, so that the sandbox needs none.</summary>
internal abstract record SignIn
{
    /// <summary>The first way that works, of those that ask nobody.</summary>
    /// <param name="Session">The sign-in of another module in the caller's session, where there is one; it is tried before those that start a process.</param>
    public sealed record Automatic(Caller? Session = null) : SignIn;

    /// <summary>The managed identity of the machine, app or runbook.</summary>
    /// <param name="ClientId">The client id of a user-assigned identity; null for the system-assigned one.</param>
    public sealed record ManagedIdentity(string? ClientId) : SignIn;

    /// <summary>An application with a secret.</summary>
    /// <param name="ApplicationId">The application (client) id.</param>
    /// <param name="Secret">The value of the secret.</param>
    public sealed record ClientSecret(string ApplicationId, string Secret) : SignIn
    {
        public override string ToString() => $"application {ApplicationId} with a secret";
    }

    /// <summary>An application with a certificate and its private key.</summary>
    /// <param name="ApplicationId">The application (client) id.</param>
    /// <param name="Certificate">See <see cref="SignInCertificate"/>.</param>
    public sealed record ClientCertificate(string ApplicationId, X509Certificate2 Certificate) : SignIn;

    /// <summary>An application with a federated token that something else renews in a file.</summary>
    /// <param name="ApplicationId">The application (client) id; null for that of AZURE_CLIENT_ID.</param>
    /// <param name="TokenFile">The file; null for that of AZURE_FEDERATED_TOKEN_FILE.</param>
    public sealed record FederatedToken(string? ApplicationId, string? TokenFile) : SignIn;

    /// <summary>The service connection of a running Azure Pipelines task.</summary>
    /// <param name="ServiceConnectionId">Null for that of AZURESUBSCRIPTION_SERVICE_CONNECTION_ID.</param>
    /// <param name="ApplicationId">Null for that of AZURESUBSCRIPTION_CLIENT_ID.</param>
    public sealed record AzurePipelines(string? ServiceConnectionId, string? ApplicationId) : SignIn;

    /// <summary>Whoever is signed in to Azure CLI.</summary>
    public sealed record AzureCli : SignIn;

    /// <summary>A person with a browser on another machine.</summary>
    /// <param name="Tell">Shows the person where to go and what to enter.</param>
    public sealed record DeviceCode(Func<string, CancellationToken, Task> Tell) : SignIn;

    /// <summary>A person with a browser on this machine.</summary>
    public sealed record Interactive : SignIn;

    /// <summary>A token that the user brings along.</summary>
    public sealed record Token(string Text) : SignIn
    {
        public override string ToString() => "an access token";
    }

    /// <summary>Tokens that another module in the caller's session gives; each call asks anew.</summary>
    /// <param name="Ask">Gives a token for a resource and its end, for a tenant where one is named.</param>
    public sealed record Caller(Func<CallerTokenRequest, CancellationToken, Task<CallerToken>> Ask) : SignIn;
}
