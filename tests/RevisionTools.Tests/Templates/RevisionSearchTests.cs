using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Templates;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Templates;

/// <summary>Which revision is taken for the one that was asked for, on the sandbox.</summary>
public sealed class RevisionSearchTests : SandboxTest
{
    [Fact]
    public async Task An_old_revision_with_the_same_template_is_not_taken_for_the_new_one()
    {
        var before = (await ReadAsync(Shop("web-checkout"))).Revisions.Select(revision => revision.Name).ToList();

        var made = await MakeAsync("web-checkout", new RevisionRequest { From = "v2-12" });

        Assert.Matches("^web-checkout--[0-9]{7}$", made.Name);
        Assert.DoesNotContain(made.Name, before);
        Assert.Equal(before.Count + 1, (await ReadAsync(Shop("web-checkout"))).Revisions.Count);
        Assert.Equal(1, Sandbox.Requests.Count(request => request.Method == "PATCH"));
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task A_revision_that_somebody_made_before_ours_was_accepted_is_not_taken_for_ours_in_other_words()
    {
        var before = (await ReadAsync(Shop("web-shop"))).Revisions.Count;
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.SecondOperator,
            Method = "PATCH",
            Intervention = new SandboxIntervention
            {
                Method = "PATCH",
                Path = Shop("web-shop").Path,
                Body = """{ "properties": { "template": { "scale": { "maxReplicas": 3 } } } }""",
            },
        });
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.Status,
            Status = 200,
            Method = "GET",
            Path = $"{Shop("web-shop").Path}/revisions/web-shop--0000032",
            Times = int.MaxValue,
            Body = """{ "name": "web-shop--0000032", "properties": { "template": { "containers": [{ "name": "web-shop", "image": "docker.io/x:9" }] } } }""",
        });
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.StaleReads, Method = "PATCH", Times = int.MaxValue, Duration = TimeSpan.FromSeconds(20) });

        var made = await MakeAsync("web-shop", new RevisionRequest { Change = new TemplateChange { Images = new Dictionary<string, string> { [""] = "contososhop.azurecr.io/x:9" } } });

        Assert.Equal("web-shop--0000032", made.Name);
        Assert.Contains(Output.Warnings, warning => warning.Contains("revision 'web-shop--0000031' is new", StringComparison.Ordinal));
        Assert.Contains(Output.Warnings, warning => warning.Contains("image: contososhop.azurecr.io/x:9 -> docker.io/x:9", StringComparison.Ordinal));
        Assert.Equal(before + 2, (await ReadAsync(Shop("web-shop"))).Revisions.Count);
    }

    private async Task<Revision> MakeAsync(string app, RevisionRequest request)
    {
        var draft = await new RevisionDrafter(Azure).DraftAsync(new AppScope(Sandbox.SubscriptionId, "rg-shop", app), request, default);
        await new RevisionMaker(Azure, new RevisionMakerOptions { Timeout = TimeSpan.FromMinutes(10), Random = new Random(1) }, Output).MakeAsync(draft, default);
        return Output.Results<Revision>()[^1];
    }
}
