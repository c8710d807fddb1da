namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 4.9: what makes a revision.</summary>
public sealed class Section49ScopeTests : FactTests
{
    [Theory]
    [InlineData("""{"revisionSuffix":"next"}""")]
    [InlineData("""{"containers":[{"name":"web-landing","image":"contososhop.azurecr.io/landing:9.9.9"}]}""")]
    [InlineData("""{"containers":[{"name":"web-landing","image":"contososhop.azurecr.io/landing:1.6.0","env":[{"name":"A","value":"b"}]}]}""")]
    [InlineData("""{"containers":[{"name":"web-landing","image":"contososhop.azurecr.io/landing:1.6.0","resources":{"cpu":2,"memory":"4Gi"}}]}""")]
    [InlineData("""{"containers":[{"name":"web-landing","image":"contososhop.azurecr.io/landing:1.6.0","probes":[{"type":"Liveness"}]}]}""")]
    [InlineData("""{"containers":[{"name":"web-landing","image":"contososhop.azurecr.io/landing:1.6.0","command":["run"]}]}""")]
    [InlineData("""{"initContainers":[{"name":"prepare","image":"prepare:1"}]}""")]
    [InlineData("""{"scale":{"minReplicas":2}}""")]
    [InlineData("""{"scale":{"maxReplicas":7}}""")]
    [InlineData("""{"scale":{"rules":[{"name":"r","http":{"metadata":{"concurrentRequests":"50"}}}]}}""")]
    [InlineData("""{"volumes":[{"name":"v","storageType":"EmptyDir"}]}""")]
    [InlineData("""{"serviceBinds":[{"name":"s","serviceId":"/x"}]}""")]
    [InlineData("""{"terminationGracePeriodSeconds":60}""")]
    public async Task Any_change_of_the_template_makes_a_revision(string template)
    {
        var before = (await Driver.ListAsync(Landing + "/revisions")).Length;

        await PatchAsync(Landing, """{"properties":{"template":TEMPLATE}}""".Replace("TEMPLATE", template, StringComparison.Ordinal));

        Assert.Equal(before + 1, (await Driver.ListAsync(Landing + "/revisions")).Length);
    }

    [Theory]
    [InlineData("""{"secrets":[{"name":"a","value":"b"}]}""")]
    [InlineData("""{"activeRevisionsMode":"multiple"}""")]
    [InlineData("""{"ingress":null}""")]
    [InlineData("""{"ingress":{"targetPort":9090}}""")]
    [InlineData("""{"ingress":{"traffic":[{"revisionName":"web-landing--0000006","weight":100,"label":"a"}]}}""")]
    [InlineData("""{"registries":[{"server":"contososhop.azurecr.io","identity":"system"}]}""")]
    [InlineData("""{"dapr":{"enabled":true,"appId":"landing"}}""")]
    [InlineData("""{"maxInactiveRevisions":20}""")]
    public async Task No_change_of_the_configuration_makes_a_revision(string configuration)
    {
        var before = (await Driver.ListAsync(Landing + "/revisions")).Length;

        await PatchAsync(Landing, """{"properties":{"configuration":CONFIGURATION}}""".Replace("CONFIGURATION", configuration, StringComparison.Ordinal));

        Assert.Equal(before, (await Driver.ListAsync(Landing + "/revisions")).Length);
    }

    [Theory]
    [InlineData("""{"properties":{"configuration":{"maxInactiveRevisions":20}}}""")]
    [InlineData("""{"tags":{"stage":"test"}}""")]
    [InlineData("""{"properties":{"template":{"scale":{"maxReplicas":10}}}}""")]
    public async Task What_does_not_change_the_template_makes_no_revision(string patch)
    {
        var before = (await Driver.ListAsync(Landing + "/revisions")).Length;

        await PatchAsync(Landing, patch);

        Assert.Equal(before, (await Driver.ListAsync(Landing + "/revisions")).Length);
    }
}
