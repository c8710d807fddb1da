using Azure.Identity;
using RevisionTools.Arm;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class PipelineTests
{
    [Fact]
    public async Task The_log_hears_of_every_try_and_of_no_secret()
    {
        var records = new List<ArmRequestRecord>();
        var handler = new ScriptedHandler()
            .ThenThrow(new HttpRequestException("gone"))
            .Then(200, Fixture.Read("app-with-unknown-fields.json"))
            .Then(202, null, ("Location", "https://management.azure.com/op/1?c=secret&s=signature"), ("x-ms-correlation-request-id", "c-1"))
            .Then(204);
        var client = new ContainerAppsClient(ArmTestClient.Options(handler) with { Log = Keep });

        await client.GetAppAsync(ArmTestClient.App, default);
        await client.UpdateAppAsync(ArmTestClient.App, [], TimeSpan.MaxValue, default);

        Assert.Equal(
            [("GET", 1, 0, null), ("GET", 2, 200, null), ("PATCH", 1, 202, "c-1"), ("GET", 1, 204, null)],
            records.Select(record => (record.Method, record.Try, record.Status, record.CorrelationId)));
        Assert.Equal(["/op/1"], records.Where(record => record.Status == 204).Select(record => record.Path));
        Assert.All(records, record => Assert.DoesNotContain("secret", record.ToString(), StringComparison.Ordinal));
        Assert.All(records, record => Assert.DoesNotContain("token-of-the-test", record.ToString(), StringComparison.Ordinal));

        ValueTask Keep(ArmRequestRecord record)
        {
            records.Add(record);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task A_request_waits_until_its_log_has_taken_the_record()
    {
        var taken = new TaskCompletionSource();
        var handler = new ScriptedHandler().Then(200, "\"Restart succeeded\"");
        var client = new ContainerAppsClient(ArmTestClient.Options(handler) with { Log = _ => new ValueTask(taken.Task) });

        var call = client.RestartRevisionAsync(ArmTestClient.Revision, default);

        Assert.Equal((1, false), (handler.Requests.Count, call.IsCompleted));
        taken.SetResult();
        await call;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_that_fails_fails_no_request_and_repeats_none(bool cancelled)
    {
        var handler = new ScriptedHandler().Then(200, "\"Restart succeeded\"");
        var options = ArmTestClient.Options(handler) with
        {
            Log = _ => throw (cancelled ? new OperationCanceledException() : new InvalidOperationException("the log is full")),
        };

        await new ContainerAppsClient(options).RestartRevisionAsync(ArmTestClient.Revision, default);

        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_log_that_is_stopped_with_its_request_stops_it()
    {
        using var cancellation = new CancellationTokenSource();
        var options = ArmTestClient.Options(new ScriptedHandler().Then(200, "\"Restart succeeded\"")) with
        {
            Log = async _ =>
            {
                await cancellation.CancelAsync();
                cancellation.Token.ThrowIfCancellationRequested();
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new ContainerAppsClient(options).RestartRevisionAsync(ArmTestClient.Revision, cancellation.Token));
    }

    [Theory]
    [MemberData(nameof(CredentialFailures))]
    public async Task A_credential_that_fails_is_a_failed_authentication(Exception cause)
    {
        var handler = new ScriptedHandler();
        var client = new ContainerAppsClient(ArmTestClient.Options(handler, credential: new FakeCredential(cause)));

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => client.DeactivateRevisionAsync(ArmTestClient.Revision, default));

        Assert.Equal((FailureKind.AuthenticationFailed, false), (failure.Kind, failure.OutcomeUnknown));
        Assert.Same(cause, failure.InnerException);
        Assert.Equal("No token could be had: AADSTS7000215: no luck.", failure.Message);
        Assert.Empty(handler.Requests);
    }

    public static TheoryData<Exception> CredentialFailures() =>
        [
            new AuthenticationFailedException("AADSTS7000215: no luck.\r\nSee the troubleshooting guide."),
            new CredentialUnavailableException("AADSTS7000215: no \u001bluck.\n- one\n- two"),
            new InvalidOperationException("\nAADSTS7000215: no luck."),
        ];

    [Fact]
    public async Task Ids_are_escaped_in_paths()
    {
        var handler = new ScriptedHandler().Then(404);
        var id = new ContainerAppId("s/../x", "group (1)", "a?b");

        await Assert.ThrowsAsync<ServiceRequestException>(() => ArmTestClient.Create(handler).GetAppAsync(id, default));

        Assert.Equal(
            "/subscriptions/s%2F..%2Fx/resourceGroups/group%20%281%29/providers/Microsoft.App/containerApps/a%3Fb",
            handler.Requests[0].Uri.AbsolutePath);
    }
}
