using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

public sealed class AppReaderTests : SandboxTest
{
    [Fact]
    public async Task Every_app_says_on_what_it_runs_and_only_an_environment_with_a_profile_of_choice_is_read_once()
    {
        var apps = await ReadAsync(new AppReadOptions(), "web-*", "api-images", "api-*");

        Assert.Equal(("Consumption-GPU-NC8as-T4", true), Profile(apps.First(app => app.Name == "api-images")));
        Assert.Equal(("Consumption", false), Profile(apps.First(app => app.Name == "web-shop")));
        Assert.Single(Sandbox.Requests, request => request.PathAndQuery.Contains("/managedEnvironments/", StringComparison.OrdinalIgnoreCase));

        static (string?, bool?) Profile(ContainerApp app) => (app.WorkloadProfileType, app.IsGpu);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Where_an_environment_cannot_be_read_its_profiles_stay_unknown_without_a_word(int status)
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = status, Path = "*/managedEnvironments/*", Times = int.MaxValue });

        var app = Assert.Single(await ReadAsync(new AppReadOptions(), "api-images"));

        Assert.Equal(("gpu-t4", null, null), (app.WorkloadProfileName, app.WorkloadProfileType, app.IsGpu));
        Assert.Empty(Output.Failures);
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task Revisions_are_counted_only_when_asked_a_few_apps_at_once_and_in_order()
    {
        var plain = await ReadAsync(new AppReadOptions(), "*");
        Assert.All(plain, app => Assert.Null(app.ActiveRevisionCount));
        Assert.DoesNotContain(Sandbox.Requests, request => request.PathAndQuery.Contains("/revisions", StringComparison.Ordinal));

        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Hold, Method = "GET", Path = "*/revisions", Times = 4 });
        var reading = ReadAsync(new AppReadOptions { IncludeRevisionCount = true }, "*");
        SpinWait.SpinUntil(() => Sandbox.InFlight == 4, TimeSpan.FromSeconds(30));
        Assert.Equal(4, Sandbox.InFlight);
        Sandbox.ReleaseHeld();
        var counted = (await reading)[plain.Count..];

        Assert.Equal(plain.Select(app => app.Name), counted.Select(app => app.Name));
        Assert.Equal((3, 104), Counts(counted, "api-catalog"));
        Assert.Equal((31, 0), Counts(counted, "web-shop"));
    }

    [Fact]
    public async Task An_app_whose_revisions_may_not_be_read_comes_without_counts_and_is_reported()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Path = "*/web-shop/revisions", Times = int.MaxValue });

        var apps = await ReadAsync(new AppReadOptions { IncludeRevisionCount = true }, "web-*");

        Assert.Equal((null, null), Counts(apps, "web-shop"));
        Assert.Equal((1, 6), Counts(apps, "web-landing"));
        Assert.Equal(FailureKind.AccessDenied, Assert.Single(Output.Failures).Kind);
    }

    [Theory]
    [InlineData("containerapp", 10)]
    [InlineData("FUNCTIONAPP", 1)]
    [InlineData("workflowapp", 0)]
    public async Task A_kind_is_matched_without_case_and_an_ordinary_app_is_one_too(string kind, int expected) =>
        Assert.Equal(expected, (await ReadAsync(new AppReadOptions { Filter = new AppFilter { Kinds = [kind] } }, "*")).Count);

    [Theory]
    [InlineData("env-westeurope", "api-images reports")]
    [InlineData("*WEST*", "api-images reports")]
    [InlineData("env", "")]
    public async Task Environments_are_found_by_name_and_wildcard(string environment, string expected) => Assert.Equal(
        expected,
        string.Join(' ', (await ReadAsync(new AppReadOptions { Filter = new AppFilter { EnvironmentNames = [environment] } }, "*")).Select(app => app.Name)));

    [Fact]
    public void All_tags_must_match_names_without_case_and_values_by_wildcard()
    {
        var app = Given.App() with { Tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Owner"] = "team-web", ["empty"] = "" } };

        Assert.True(Matches(("owner", "team-*"), ("EMPTY", "*")));
        Assert.True(Matches(("empty", "")));
        Assert.False(Matches(("owner", "team-*"), ("cost", "*")));
        Assert.False(Matches(("owner", "")));
        Assert.True(Matches());

        bool Matches(params (string Name, string Value)[] tags) =>
            new AppFilter { Tags = [.. tags.Select(tag => KeyValuePair.Create(tag.Name, tag.Value))] }.Matches(app);
    }

    [Fact]
    public async Task Everywhere_is_one_query_in_pages_and_reads_apps_as_the_list_does()
    {
        var listed = (await ReadAsync(new AppReadOptions(), "*")).OrderBy(app => app.Name, StringComparer.Ordinal).ToList();
        Sandbox.ClearRequests();
        Sandbox.PageSize = 4;

        var found = (await EverywhereAsync(null, "*"))[listed.Count..];

        Assert.Equal(3, Sandbox.Requests.Count(request => request.PathAndQuery.Contains("ResourceGraph", StringComparison.Ordinal)));
        Assert.Equal(listed.Select(Describe), found.OrderBy(app => app.Name, StringComparer.Ordinal).Select(Describe));

        static string Describe(ContainerApp app) =>
            $"{app.Name} {app.ResourceGroupName} {app.Kind} {app.RevisionMode} {app.LatestReadyRevisionName} {app.IngressExternal} {app.IngressTargetPort} "
            + $"{app.IngressTransport} {app.WorkloadProfileType} {app.EnvironmentName} {string.Join(',', app.Traffic)} {string.Join(',', app.Tags)}";
    }

    [Fact]
    public async Task Everywhere_an_exact_name_that_is_nowhere_is_missed_and_a_pattern_is_not()
    {
        var found = await EverywhereAsync("RG-*", "web-shop", "nope", "no-*");

        Assert.Equal(["web-shop"], found.Select(app => app.Name));
        var failure = Assert.Single(Output.Failures);
        Assert.Equal(FailureKind.ContainerAppNotFound, failure.Kind);
        Assert.Contains("'nope'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NC24-A100", true)]
    [InlineData("Consumption-GPU-NC24-A100", true)]
    [InlineData("consumption-gpu-nc8as-t4", true)]
    [InlineData("Consumption", false)]
    [InlineData("D4", false)]
    [InlineData("E16", false)]
    [InlineData("Flex", false)]
    public void Machines_of_the_NC_series_have_GPUs(string type, bool expected) => Assert.Equal(expected, new WorkloadProfile("any", type).HasGpu);

    [Fact]
    public async Task Ingress_says_whom_it_lets_in_and_where_it_leads()
    {
        var apps = await ReadAsync(new AppReadOptions(), "notifications", "web-search", "orders-worker");

        Assert.Equal(
            [(false, 5000, "Auto"), (true, 3000, "Auto"), (null, null, null)],
            apps.Select(app => (app.IngressExternal, app.IngressTargetPort, app.IngressTransport)));
    }

    private static (int?, int?) Counts(IEnumerable<ContainerApp> apps, string name)
    {
        var app = apps.Single(app => app.Name == name);
        return (app.ActiveRevisionCount, app.InactiveRevisionCount);
    }

    private async Task<List<ContainerApp>> ReadAsync(AppReadOptions options, params string[] names)
    {
        await new AppReader(Azure, new WorkloadProfileReader(Azure), options, Output).ReadAsync(
            names.Select(name => new AppScope(Sandbox.SubscriptionId, null, name)), CancellationToken.None);
        return [.. Output.Results<ContainerApp>()];
    }

    private async Task<List<ContainerApp>> EverywhereAsync(string? group, params string[] names)
    {
        await new AppReader(Azure, new WorkloadProfileReader(Azure), new AppReadOptions(), Output).ReadEverywhereAsync(group, names, CancellationToken.None);
        return [.. Output.Results<ContainerApp>()];
    }
}
