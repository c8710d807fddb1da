using RevisionTools.Arm;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class ServiceFailureTests
{
    private const string Gateway = "gateway";

    [Theory]
    [InlineData(400, FailureKind.RequestRefused)]
    [InlineData(401, FailureKind.AuthenticationFailed)]
    [InlineData(403, FailureKind.AccessDenied)]
    [InlineData(404, FailureKind.ContainerAppNotFound)]
    [InlineData(408, FailureKind.ServiceUnavailable)]
    [InlineData(409, FailureKind.RevisionChanged)]
    [InlineData(412, FailureKind.RevisionChanged)]
    [InlineData(422, FailureKind.RequestRefused)]
    [InlineData(429, FailureKind.RequestThrottled)]
    [InlineData(500, FailureKind.ServiceUnavailable)]
    [InlineData(501, FailureKind.ServiceUnavailable)]
    [InlineData(504, FailureKind.ServiceUnavailable)]
    public async Task The_status_decides_what_it_is(int status, FailureKind expected)
    {
        var failure = await FailureOfAsync(client => client.GetAppAsync(ArmTestClient.App, default), status, null);

        Assert.Equal(expected, failure.Kind);
        Assert.Equal(status, failure.Status);
        Assert.Null(failure.ErrorCode);
        Assert.Equal(ArmTestClient.App.Path, failure.ResourceId);
        Assert.False(failure.OutcomeUnknown);
    }

    [Fact]
    public async Task Words_code_and_correlation_id_of_the_service_are_kept()
    {
        var handler = new ScriptedHandler().Then(400, Fixture.Read("error-with-details.json"), ("x-ms-correlation-request-id", "c-1\u0007"), ("x-ms-request-id", "r-1"));

        var failure = await FailureOfAsync(handler, client => client.GetAppAsync(ArmTestClient.App, default));

        Assert.Equal("InvalidParameterValueInContainerTemplate", failure.ErrorCode);
        Assert.Contains("The template is wrong. Field 'template.containers' is invalid. See [1mthere[0m.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message, char.IsControl);
        Assert.Equal("c-1", failure.CorrelationId);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task A_token_that_is_sent_back_is_not_in_the_words(int status)
    {
        const string Token = "token/of+the=test";
        var handler = new ScriptedHandler().Always(request => ScriptedHandler.Answer(
            status,
            $$"""{"code":"{{Token}}","message":"Not {{request.Headers.Authorization}}, token\u002Fof\u002Bthe=test, {{Uri.EscapeDataString(Token)}}."}"""));
        var client = new ContainerAppsClient(ArmTestClient.Options(handler, credential: new FakeCredential(token: Token)));

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => client.GetAppAsync(ArmTestClient.App, default));

        Assert.Equal("***", failure.ErrorCode);
        Assert.EndsWith($"({status} ***): Not Bearer ***, ***, ***.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error-unwrapped.json", "ManagedEnvironmentNotFound", "Environment env was not found.")]
    [InlineData("error-with-numeric-code.json", "100026", "The environment cannot be deleted.")]
    public async Task Bare_errors_and_numeric_codes_are_read(string fixture, string code, string words)
    {
        var failure = await FailureOfAsync(client => client.GetAppAsync(ArmTestClient.App, default), 409, Fixture.Read(fixture));

        Assert.Equal(code, failure.ErrorCode);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Bad gateway</body></html>")]
    [InlineData("{\"error\":\"invalid_token\"}")]
    [InlineData("{\"error\":{\"code\":\"Cut")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public async Task Bodies_that_are_no_error_leave_the_status(string body)
    {
        var failure = await FailureOfAsync(client => client.GetAppAsync(ArmTestClient.App, default), 400, body);

        Assert.Equal((FailureKind.RequestRefused, 400), (failure.Kind, failure.Status));
        Assert.Null(failure.ErrorCode);
        Assert.Contains("(400)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_names_the_action_that_is_missing()
    {
        var named = await FailureOfAsync(
            client => client.DeactivateRevisionAsync(ArmTestClient.Revision, default), 403, Fixture.Read("error-forbidden.json"));
        var derived = await FailureOfAsync(client => client.RestartRevisionAsync(ArmTestClient.Revision, default), 403, null);

        Assert.Equal((FailureKind.AccessDenied, "AuthorizationFailed"), (named.Kind, named.ErrorCode));
        Assert.Contains("'Microsoft.App/containerApps/revisions/deactivate/action'", named.Message, StringComparison.Ordinal);
        Assert.Contains("'Microsoft.App/containerApps/revisions/restart/action'", derived.Message, StringComparison.Ordinal);
        Assert.Equal(ArmTestClient.Revision.Path, derived.ResourceId);
    }

    [Theory]
    [InlineData("ContainerAppRevisionNotFound", null, FailureKind.RevisionNotFound)]
    [InlineData("SomethingNotFound", null, FailureKind.RevisionNotFound)]
    [InlineData("ResourceNotFound", null, FailureKind.RevisionNotFound)]
    [InlineData(null, null, FailureKind.RevisionNotFound)]
    [InlineData("ResourceNotFound", Gateway, FailureKind.ContainerAppNotFound)]
    [InlineData("ParentResourceNotFound", Gateway, FailureKind.ContainerAppNotFound)]
    [InlineData("ResourceGroupNotFound", Gateway, FailureKind.ContainerAppNotFound)]
    [InlineData("SubscriptionNotFound", Gateway, FailureKind.ContainerAppNotFound)]
    [InlineData("ContainerAppNotFound", null, FailureKind.ContainerAppNotFound)]
    public async Task A_missing_revision_is_told_from_a_missing_app(string? code, string? cause, FailureKind expected)
    {
        (string, string)[] headers = cause is null ? [] : [("x-ms-failure-cause", cause)];
        var handler = new ScriptedHandler().Then(404, code is null ? null : $$$"""{"error":{"code":"{{{code}}}","message":"x"}}""", headers);

        var failure = await FailureOfAsync(handler, client => client.GetRevisionAsync(ArmTestClient.Revision, default));

        Assert.Equal(expected, failure.Kind);
    }

    [Fact]
    public async Task The_list_of_revisions_of_a_missing_app_says_that_the_app_is_missing()
    {
        var failure = await FailureOfAsync(client => client.ListRevisionsAsync(ArmTestClient.App, default).ToListAsync(), 404, null);

        Assert.Equal(FailureKind.ContainerAppNotFound, failure.Kind);
        Assert.Contains("'web'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'shop'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_of_a_missing_revision_say_that_the_revision_is_missing()
    {
        var failure = await FailureOfAsync(client => client.ListReplicasAsync(ArmTestClient.Revision, default).ToListAsync(), 404, null);

        Assert.Equal(FailureKind.RevisionNotFound, failure.Kind);
        Assert.Contains("'web--0000002'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_is_a_refusal_and_not_a_change_by_somebody_else()
    {
        var failure = await FailureOfAsync(
            client => client.RestartRevisionAsync(ArmTestClient.Revision, default), 409, """{"error":{"code":"ScopeLocked","message":"x"}}""");

        Assert.Equal(FailureKind.RequestRefused, failure.Kind);
    }

    private static Task<ServiceRequestException> FailureOfAsync(Func<RevisionTools.Arm.ContainerAppsClient, Task> call, int status, string? body) =>
        FailureOfAsync(new ScriptedHandler().Always(_ => ScriptedHandler.Answer(status, body)), call);

    private static Task<ServiceRequestException> FailureOfAsync(ScriptedHandler handler, Func<RevisionTools.Arm.ContainerAppsClient, Task> call) =>
        Assert.ThrowsAsync<ServiceRequestException>(() => call(ArmTestClient.Create(handler)));
}
