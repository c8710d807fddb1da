using System.Text;
using Azure.Core;
using RevisionTools.Accounts;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Sandbox;
using RevisionTools.Sandbox.Server.Rehearse;
using RevisionTools.Tests.Accounts.StandIns;
using Xunit.Abstractions;

namespace RevisionTools.Tests.Accounts;

/// <summary>
/// A prune of more than three hours of virtual time on tokens that last one, got over real HTTP from what stands in for Azure Pipelines,
/// Microsoft Entra and the endpoints of managed identities. Azure Resource Manager looks at the end of each token.
/// </summary>
[Collection(ProcessVariables.Name)]
public sealed class LongPruneTests : IDisposable
{
    private const int Revisions = 30;

    // MSAL takes no token whose end, as an identity endpoint tells it, is past by the machine's clock. So the virtual hours begin now.
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
    private readonly ContainerAppsSandbox _world;
    private readonly StandInDirectory _directory;
    private readonly TokenGate _gate;
    private readonly CollectingOutput _output = new();

    private readonly ITestOutputHelper _report;

    public LongPruneTests(ITestOutputHelper report)
    {
        _report = report;
        _world = new ContainerAppsSandbox(new SandboxClock(_start), SandboxScenario.Parse(Scenario()));
        _directory = new StandInDirectory(_world.Clock);
        _gate = new TokenGate(_directory.Tokens, StandInDirectory.Audience, _world);
    }

    [Fact]
    public async Task The_service_connection_of_a_pipeline_lasts_to_the_end()
    {
        using var variables = ProcessVariables.Set(("SYSTEM_OIDCREQUESTURI", _directory.OidcRequestUri.AbsoluteUri));

        await PruneAsync(Credential(new SignIn.AzurePipelines(null, null)));

        AssertDoneWithoutARefusal();
        Assert.Equal(_directory.TokenRequests.Count, _directory.Requests.Count(request => request.Path.EndsWith("/oidctoken", StringComparison.Ordinal)));
        Assert.Equal(
            _directory.TokenRequests.Count, _directory.TokenRequests.Select(request => request.Form("client_assertion")).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task The_managed_identity_of_a_runbook_lasts_to_the_end()
    {
        using var variables = ProcessVariables.Set(
            ("IDENTITY_ENDPOINT", _directory.IdentityEndpoint.AbsoluteUri), ("IDENTITY_HEADER", StandInDirectory.IdentityHeader));

        await PruneAsync(Credential(new SignIn.ManagedIdentity($"{Guid.NewGuid()}")));

        AssertDoneWithoutARefusal();
    }

    [Fact]
    public async Task The_managed_identity_of_a_virtual_machine_lasts_to_the_end()
    {
        using var variables = ProcessVariables.Set();

        await PruneAsync(Credential(new SignIn.ManagedIdentity($"{Guid.NewGuid()}")));

        AssertDoneWithoutARefusal();
    }

    [Fact]
    public async Task Without_renewal_it_does_not_come_to_its_end()
    {
        using var variables = ProcessVariables.Set(("SYSTEM_OIDCREQUESTURI", _directory.OidcRequestUri.AbsoluteUri));

        await PruneAsync(new OneToken(Credential(new SignIn.AzurePipelines(null, null))));

        Assert.NotEqual(0, _gate.Refusals);
        Assert.Contains(_output.Results<PruneResult>(), result => result.Outcome != PruneOutcome.Deactivated);
        Assert.Contains(_output.Failures, failure => failure.Kind == FailureKind.AuthenticationFailed);
        Assert.Single(_directory.TokenRequests);
    }

    public void Dispose()
    {
        _world.Dispose();
        _gate.Dispose();
        _directory.Dispose();
    }

    private void AssertDoneWithoutARefusal()
    {
        _report.WriteLine(
            $"{_world.Clock.GetUtcNow() - _start:h\\:mm} virtual hours, {_gate.Calls} calls, {_directory.Tokens.Given.Count} tokens, {_gate.Refusals} refusals");
        Assert.InRange(_world.Clock.GetUtcNow() - _start, TimeSpan.FromHours(3), TimeSpan.FromHours(12));
        Assert.Empty(_output.Failures);
        Assert.Equal(Revisions - 1, _output.Results<PruneResult>().Count);
        Assert.All(_output.Results<PruneResult>(), result => Assert.Equal(PruneOutcome.Deactivated, result.Outcome));
        Assert.Equal(0, _gate.Refusals);
        Assert.InRange(_directory.Tokens.Given.Count, 3, 12);
        Assert.True(_gate.Calls > 100, $"{_gate.Calls} calls");
    }

    private AccountCredential Credential(SignIn signIn) => Credentials.Create(signIn, new CredentialSettings
    {
        Cloud = CloudEndpoints.Of(AzureEnvironment.AzureCloud),
        TenantId = signIn is SignIn.ManagedIdentity ? null : StandInDirectory.Tenant,
        Time = _world.Clock,
        Transport = _directory.Transport,
        ReadVariable = name => name switch
        {
            "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID" => StandInDirectory.ServiceConnection,
            "AZURESUBSCRIPTION_CLIENT_ID" => StandInDirectory.Application,
            "SYSTEM_ACCESSTOKEN" => StandInDirectory.JobToken,
            _ => Environment.GetEnvironmentVariable(name),
        },
    });

    private async Task PruneAsync(TokenCredential credential)
    {
        var settings = ConnectionSettings.ForSandbox(_gate, _world.Clock, _world.SubscriptionId);
        var connection = await Connection.ConnectAsync(settings with { Arm = settings.Arm with { Credential = credential, Random = new Random(3) } }, CancellationToken.None);
        var request = new PruneRequest(new RetentionPolicy { KeepLast = 1 }, new InterlockLifts(EventConsumer: true));
        var plans = await new PlanReader(connection.Client, _output).ReadAsync([new AppScope(_world.SubscriptionId, "rg", "work", null)], request, 1, CancellationToken.None);
        var options = new PruneRunOptions { DrainTimeout = TimeSpan.FromHours(1), WaitTimeout = TimeSpan.FromHours(1), ThrottleLimit = 2 };
        await new PruneRunner(connection.Client, options, _output).RunAsync([ApprovedPrune.Whole(Assert.Single(plans))], CancellationToken.None);
    }

    /// <summary>Workers of a queue that are given a quarter of an hour to finish what they have; one is drained after the other.</summary>
    private static string Scenario()
    {
        var revisions = new StringBuilder();
        for (var number = 1; number <= Revisions; number++)
        {
            revisions.Append(revisions.Length == 0 ? "" : ",").Append($$"""{"suffix":"r{{number:00}}","createdTime":"-P{{100 - number}}D","replicas":1}""");
        }

        return $$$"""
            {"throttling":false,"apps":[{"resourceGroup":"rg","name":"work","configuration":{"activeRevisionsMode":"Multiple"},
              "template":{"terminationGracePeriodSeconds":900,"containers":[{"name":"work","image":"work:1"}],"scale":{"minReplicas":1,"rules":[
                {"name":"a","azureQueue":{"queueName":"orders","accountName":"shop","queueLength":5}}]}},
              "revisions":[{{{revisions}}}]}]}
            """;
    }

    /// <summary>Gives its first token for ever.</summary>
    private sealed class OneToken(TokenCredential source) : TokenCredential
    {
        private AccessToken? _token;

        public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            _token ??= await source.GetTokenAsync(requestContext, cancellationToken);

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
