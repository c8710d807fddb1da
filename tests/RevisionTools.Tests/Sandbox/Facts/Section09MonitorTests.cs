using System.Net;
using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 9: Azure Monitor's metrics of an app.</summary>
public sealed class Section09MonitorTests : DynamicsTest
{
    private const string Version = "2024-02-01";

    private string Metrics => Path + "/providers/microsoft.insights/metrics";

    [Fact]
    public async Task The_answer_has_the_shape_of_monitor()
    {
        await CreateAsync();
        SetLoad(requestsPerSecond: 2);
        Advance(hours: 2);
        var answer = await ReadAsync("metricnames=Requests,Replicas&$filter=revisionName eq '*'&aggregation=Total,Average");
        var metric = answer["value"]![0]!;

        Assert.Equal(["cost", "timespan", "interval", "value", "namespace", "resourceregion"], answer.Select(field => field.Key));
        Assert.Equal("PT1M", (string?)answer["interval"]);
        Assert.Equal("Microsoft.App/containerapps", (string?)answer["namespace"]);
        Assert.Equal("northeurope", (string?)answer["resourceregion"]);
        Assert.Equal(["id", "type", "name", "displayDescription", "unit", "timeseries", "errorCode"], metric.AsObject().Select(field => field.Key));
        Assert.EndsWith("/providers/Microsoft.Insights/metrics/Requests", (string?)metric["id"], StringComparison.Ordinal);
        Assert.Equal("""{"value":"Requests","localizedValue":"Requests"}""", metric["name"]!.ToJsonString());
        Assert.Equal(
            """[{"name":{"value":"revisionname","localizedValue":"revisionname"},"value":"work--a"}]""",
            metric["timeseries"]![0]!["metadatavalues"]!.ToJsonString());
        Assert.Equal(["timeStamp", "total", "average"], metric["timeseries"]![0]!["data"]![0]!.AsObject().Select(field => field.Key));
    }

    [Theory]
    [InlineData("PT1M", 60, 120)]
    [InlineData("PT5M", 12, 600)]
    [InlineData("PT1H", 1, 7200)]
    public async Task Requests_add_up_whatever_the_interval(string interval, int count, int each)
    {
        await CreateAsync();
        SetLoad(requestsPerSecond: 2);
        Advance(hours: 2);
        var data = Data(await ReadAsync($"metricnames=Requests&interval={interval}"), 0);

        Assert.Equal(count, data.Length);
        Assert.All(data, point => Assert.Equal(each, (int)point["total"]!));
    }

    [Fact]
    public async Task Requests_go_to_revisions_by_the_weights_of_their_time()
    {
        await CreateAsync();
        await AddRevisionAsync("b", image: "work:2");
        Advance(minutes: 2);
        await SetTrafficAsync(("a", 75), ("b", 25));
        SetLoad(requestsPerSecond: 40);
        var start = Now;
        Advance(hours: 1);
        await SetTrafficAsync(("a", 0), ("b", 100));
        Advance(hours: 1);
        var answer = await ReadAsync($"metricnames=Requests&$filter=revisionName+eq+'*'&interval=PT1H&timespan={Span(start, hours: 1)}");
        var one = await ReadAsync($"metricnames=Requests&$filter=revisionName eq 'work--a'&interval=PT5M&timespan={Span(start.AddMinutes(70), hours: 0.5)}");

        var series = answer["value"]![0]!["timeseries"]!.AsArray().ToDictionary(
            each => (string)each!["metadatavalues"]![0]!["value"]!, each => (int)each!["data"]![0]!["total"]!);
        Assert.InRange(series["work--a"], 105_000, 109_000);
        Assert.InRange(series["work--b"], 35_000, 36_500);
        Assert.Empty(one["value"]![0]!["timeseries"]!.AsArray());
    }

    [Fact]
    public async Task Replicas_have_an_average_and_a_maximum()
    {
        await CreateAsync();
        SetLoad(requestsPerSecond: 20);
        Advance(minutes: 60 - Now.Minute, seconds: -Now.Second);
        Advance(minutes: 30);
        SetLoad(requestsPerSecond: 60);
        Advance(minutes: 30);
        var hour = Assert.Single(Data(await ReadAsync("metricnames=Replicas&interval=PT1H&aggregation=Average,Maximum,Minimum"), 0));

        Assert.Equal((4, 6, 2), ((int)hour["average"]!, (int)hour["maximum"]!, (int)hour["minimum"]!));
    }

    [Fact]
    public async Task A_sleeping_revision_is_seen_to_sleep()
    {
        await CreateAsync(ingress: false);
        Advance(hours: 3);
        var data = Data(await ReadAsync("metricnames=replicas"), 0);

        Assert.All(data, point => Assert.Equal(0, (int)point["maximum"]!));
    }

    [Fact]
    public async Task What_is_not_there_yet_has_a_time_and_no_value()
    {
        await CreateAsync();
        var data = Data(await ReadAsync($"metricnames=Replicas&timespan={Span(Now.AddMinutes(5), hours: 0.5)}"), 0);

        Assert.Equal(30, data.Length);
        Assert.All(data, point => Assert.Equal(["timeStamp"], point.AsObject().Select(field => field.Key)));
    }

    [Fact]
    public async Task Without_names_all_metrics_come_each_with_its_own_aggregation()
    {
        await CreateAsync();
        Advance(minutes: 5);
        var answer = await ReadAsync("timespan=PT5M");

        Assert.Equal(["Requests", "Replicas"], answer["value"]!.AsArray().Select(metric => (string?)metric!["name"]!["value"]));
        Assert.True(Data(answer, 0)[0].AsObject().ContainsKey("total"));
        Assert.True(Data(answer, 1)[0].AsObject().ContainsKey("maximum"));
    }

    [Fact]
    public async Task Top_is_10_and_takes_the_greatest()
    {
        using SandboxDriver fleet = new();
        var path = fleet.App("rg-shop", "web-shop") + "/providers/Microsoft.Insights/metrics?metricnames=Replicas&timespan=PT5M&$filter=revisionName eq '*'";
        fleet.Clock.Advance(TimeSpan.FromMinutes(5));
        var two = (await fleet.GetAsync(path + "&top=2", Version))["value"]![0]!["timeseries"]!.AsArray();

        Assert.Equal("web-shop--0000030", (string?)two[0]!["metadatavalues"]![0]!["value"]);
        Assert.Equal(2, two.Count);
    }

    [Fact]
    public async Task Nothing_older_than_93_days_is_kept()
    {
        await CreateAsync();
        for (var day = 0; day < 100; day++)
        {
            SetLoad(requestsPerSecond: 30 + (day % 2 * 30));
            Advance(hours: 24);
        }

        var old = Data(await ReadAsync($"metricnames=Requests&interval=P1D&timespan={Span(Now.AddDays(-96), hours: 24)}"), 0);
        Assert.False(old[0].AsObject().ContainsKey("total"));
        Assert.InRange(App.Revisions[0].History!.Changes.Count, 90, 200);
    }

    [Theory]
    [InlineData("2018-01-01")]
    [InlineData("2019-07-01")]
    [InlineData("2021-05-01")]
    [InlineData("2023-10-01")]
    [InlineData("2024-02-01")]
    public async Task The_api_versions_of_monitor_are_its_own(string version)
    {
        await CreateAsync();

        Assert.NotNull(await Driver.GetAsync(Metrics, version));
        Assert.Equal(400, (await Driver.ErrorAsync(HttpMethod.Get, Metrics, version: SandboxDriver.Version)).Status);
    }

    [Theory]
    [InlineData("metricnames=Requests,Cats", "Failed to find metric configuration for provider: Microsoft.App, resource Type: containerapps, metric: Cats, Valid metrics: Requests,Replicas")]
    [InlineData("timespan=yesterday", "Detected invalid time interval input: yesterday")]
    [InlineData("timespan=2025-11-03T09:00:00+00:00/2025-11-03T10:00:00Z", "Detected invalid time interval input: 2025-11-03T09:00:00 00:00/2025-11-03T10:00:00Z")]
    [InlineData("timespan=2025-11-03T10:00:00Z/2025-11-03T09:00:00Z", "Detected invalid time interval input: 2025-11-03T10:00:00Z/2025-11-03T09:00:00Z")]
    [InlineData("interval=PT7M", "Detected invalid time grain input: PT7M")]
    [InlineData("aggregation=Median", "Detected invalid aggregation input: Median")]
    [InlineData("metricnames=Requests&$filter=colour eq 'red'", "Metric: Requests does not support requested dimension combination: colour, supported ones are: revisionName")]
    [InlineData("$filter=revisionName", "Invalid filter: revisionName")]
    [InlineData("timespan=P999999D", "Detected invalid time interval input: P999999D")]
    [InlineData("timespan=2025-11-03/P9999999D", "Detected invalid time interval input: 2025-11-03/P9999999D")]
    [InlineData("timespan=9999-12-31T23:59:10Z/9999-12-31T23:59:50Z", "Detected invalid time interval input: 9999-12-31T23:59:10Z/9999-12-31T23:59:50Z")]
    [InlineData("timespan=1970-01-01/2025-11-03", "The timespan holds more than")]
    public async Task A_bad_query_gets_400_with_bare_code_and_message(string query, string message)
    {
        await CreateAsync();
        using var response = await Driver.SendAsync(HttpMethod.Get, $"{Metrics}?{query}", version: Version);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"), (response.StatusCode, (string?)body["code"]));
        Assert.StartsWith(message, (string?)body["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_api_version_or_app_is_arms_own_error_and_reads_are_counted_like_others()
    {
        await CreateAsync();
        var before = Driver.Sandbox.Requests.Count;
        var unversioned = await Driver.ErrorAsync(HttpMethod.Get, Metrics, version: null);
        var absent = await Driver.ErrorAsync(HttpMethod.Get, Metrics.Replace("containerApps/work", "containerApps/none"), version: Version);
        using var read = await Driver.SendAsync(HttpMethod.Get, Metrics, version: Version);

        Assert.Equal((400, "MissingApiVersionParameter"), (unversioned.Status, unversioned.Code));
        Assert.Equal((404, "ResourceNotFound"), (absent.Status, absent.Code));
        Assert.True(read.Headers.Contains("x-ms-ratelimit-remaining-subscription-reads"));
        Assert.Equal(before + 3, Driver.Sandbox.Requests.Count);
    }

    private static JsonNode[] Data(JsonObject answer, int metric) =>
        [.. answer["value"]![metric]!["timeseries"]![0]!["data"]!.AsArray().Select(point => point!)];

    private static string Span(DateTimeOffset from, double hours) =>
        $"{from.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}/{from.AddHours(hours).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}";

    private Task<JsonObject> ReadAsync(string query) => Driver.GetAsync($"{Metrics}?{query}", Version);
}
