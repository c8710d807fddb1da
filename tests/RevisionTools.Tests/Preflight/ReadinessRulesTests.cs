using System.Text.Json.Nodes;
using RevisionTools.Preflight;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Preflight;

public sealed class ReadinessRulesTests
{
    private const string UserIdentity = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/puller";

    private const string App = $$"""
        { "identity": { "type": "SystemAssigned,UserAssigned", "userAssignedIdentities": { "{{UserIdentity}}": {} } },
          "properties": { "configuration": {
            "secrets": [{ "name": "db" }, { "name": "vault", "keyVaultUrl": "https://kv/secrets/x", "identity": "system" }, { "name": "password" }],
            "registries": [{ "server": "contoso.azurecr.io", "username": "", "passwordSecretRef": "", "identity": "system" },
              { "server": "other.azurecr.io", "identity": "{{UserIdentity}}" }, { "server": "registry.example.com:5000", "username": "u", "passwordSecretRef": "password" },
              { "server": "https://index.docker.io/v1/", "username": "u", "passwordSecretRef": "gone" }, { "server": "bare.example.com" },
              { "server": "lost.azurecr.io", "identity": "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/lost" },
              { "server": "env.azurecr.io", "identity": "system-environment" }] } } }
        """;

    [Fact]
    public void What_refers_to_nothing_but_an_image_that_can_be_pulled_is_ready()
    {
        var readiness = Judge("""{ "containers": [{ "name": "web", "image": "contoso.azurecr.io/web@sha256:abc" }] }""");

        Assert.Equal(ReadinessResult.Ready, readiness.Result);
        Assert.Equal("Nothing that it needs is missing.", readiness.Message);
        Assert.Equal([ReadinessCheck.Registry, ReadinessCheck.Identity, ReadinessCheck.Image], readiness.Findings.Select(finding => finding.Check));
    }

    [Theory]
    [InlineData("contoso.azurecr.io/web:1", ReadinessResult.Ready, "identity 'system'")]
    [InlineData("CONTOSO.azurecr.io/web:1", ReadinessResult.Ready, "identity 'system'")]
    [InlineData("other.azurecr.io/web:1", ReadinessResult.Ready, "identity 'puller'")]
    [InlineData("registry.example.com:5000/web", ReadinessResult.Ready, "with a secret that it has")]
    [InlineData("env.azurecr.io/web:1", ReadinessResult.Ready, "identity 'system-environment'")]
    [InlineData("mcr.microsoft.com/k8se/quickstart:latest", ReadinessResult.Ready, "gives public images to everybody")]
    [InlineData("nginx", ReadinessResult.NotReady, "the secret 'gone', which it does not have any more")]
    [InlineData("qa.azurecr.io/web:1", ReadinessResult.NotReady, "no login for the registry 'qa.azurecr.io' any more")]
    [InlineData("qa.azurecr.cn/web:1", ReadinessResult.NotReady, "no login for the registry 'qa.azurecr.cn' any more")]
    [InlineData("bare.example.com/web:1", ReadinessResult.Unknown, "without a password or an identity")]
    [InlineData("gcr.example.com/web:1", ReadinessResult.Unknown, "nobody can see from here whether that needs one")]
    public void A_registry_is_held_against_the_logins_of_the_app(string image, ReadinessResult result, string words)
    {
        var readiness = Judge($$"""{ "containers": [{ "name": "web", "image": "{{image}}" }] }""");

        var finding = Assert.Single(readiness.Findings, finding => finding.Check == ReadinessCheck.Registry);
        Assert.Equal(result, finding.Result);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.Equal(result, readiness.Result);
    }

    [Fact]
    public void Where_the_app_logs_in_nowhere_a_registry_of_azure_may_let_it_in()
    {
        var readiness = Judge("""{ "containers": [{ "image": "contoso.azurecr.io/web:1" }] }""", app: "{}");

        Assert.Equal(ReadinessResult.Unknown, readiness.Result);
        Assert.Contains("anonymous pull", readiness.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Init_containers_count()
    {
        var readiness = Judge("""
            { "containers": [{ "image": "contoso.azurecr.io/web:1" }],
              "initContainers": [{ "name": "migrate", "image": "qa.azurecr.io/migrate:1", "env": [{ "name": "KEY", "secretRef": "lost" }] }] }
            """);

        Assert.Equal(["lost", "qa.azurecr.io"], Missing(readiness));
        Assert.Contains("environment variable 'KEY' of container 'migrate'", readiness.Message, StringComparison.Ordinal);
        Assert.EndsWith("1 more under Findings.", readiness.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "containers": [{ "name": "web", "env": [{ "name": "A", "secretRef": "NAME" }] }] }""", "environment variable 'A' of container 'web'")]
    [InlineData("""{ "scale": { "rules": [{ "name": "q", "custom": { "type": "x", "auth": [{ "secretRef": "NAME" }] } }] } }""", "scale rule 'q'")]
    [InlineData("""{ "scale": { "rules": [{ "name": "q", "azureQueue": { "auth": [{ "secretRef": "NAME" }] } }] } }""", "scale rule 'q'")]
    [InlineData("""{ "volumes": [{ "name": "v", "storageType": "Secret", "secrets": [{ "secretRef": "NAME" }] }] }""", "volume 'v'")]
    public void A_secret_is_looked_for_wherever_a_template_can_name_one(string template, string user)
    {
        var gone = Judge(template.Replace("NAME", "lost", StringComparison.Ordinal));
        var there = Judge(template.Replace("NAME", "DB", StringComparison.Ordinal));

        Assert.Equal(["lost"], Missing(gone));
        Assert.Contains(user, gone.Message, StringComparison.Ordinal);
        Assert.Equal(ReadinessResult.Ready, there.Result);
    }

    [Fact]
    public void A_secret_of_a_key_vault_needs_the_identity_that_reads_it()
    {
        const string Template = """{ "containers": [{ "env": [{ "name": "A", "secretRef": "vault" }] }] }""";

        Assert.Contains("key vault, which was not looked at", Judge(Template).Findings[0].Message, StringComparison.Ordinal);
        Assert.Equal(["system"], Missing(Judge(Template, app: App.Replace("SystemAssigned,UserAssigned", "UserAssigned", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("lost.azurecr.io/web:1", "lost")]
    public void A_registry_needs_its_identity(string image, string identity) =>
        Assert.Equal([identity], Missing(Judge($$"""{ "containers": [{ "image": "{{image}}" }] }""")));

    [Fact]
    public void A_scale_rule_needs_its_identity()
    {
        const string Template = """{ "scale": { "rules": [{ "name": "q", "azureQueue": { "identity": "ID" } }] } }""";

        Assert.Equal(ReadinessResult.Ready, Judge(Template.Replace("ID", UserIdentity.ToUpperInvariant(), StringComparison.Ordinal)).Result);
        Assert.Equal(["other"], Missing(Judge(Template.Replace("ID", "/subscriptions/s/other", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("AzureFile")]
    [InlineData("NfsAzureFile")]
    [InlineData("Smb")]
    public void A_volume_needs_its_storage(string kind)
    {
        var template = $$"""{ "volumes": [{ "name": "v", "storageType": "{{kind}}", "storageName": "files" }, { "name": "tmp", "storageType": "EmptyDir" }] }""";

        Assert.Equal(ReadinessResult.Ready, Judge(template, storages: new NameLook(["FILES"])).Result);
        Assert.Equal(["files"], Missing(Judge(template, storages: new NameLook(["other"]))));
        Assert.Equal(["files"], Missing(Judge(template, storages: new NameLook(null, "gone", IsGone: true))));
        var unseen = Judge(template, storages: new NameLook(null, "The account may not perform 'x/storages/read'."));
        Assert.Equal(ReadinessResult.Unknown, unseen.Result);
        Assert.Contains("x/storages/read", unseen.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_workload_profile_must_be_there()
    {
        Assert.Equal(ReadinessResult.Ready, Judge("{}", profiles: new NameLook(["d4"])).Result);
        Assert.Equal(["d4"], Missing(Judge("{}", profiles: new NameLook(["d8"]))));
        Assert.Equal(ReadinessResult.Unknown, Judge("{}", profiles: new NameLook(null, "no")).Result);
    }

    [Theory]
    [InlineData("contoso.azurecr.io/web:latest", "'latest'")]
    [InlineData("contoso.azurecr.io/web", "'latest'")]
    [InlineData("contoso.azurecr.io/web:1", "can be moved")]
    public void A_floating_image_is_said_and_does_not_stand_in_the_way(string image, string words)
    {
        var readiness = Judge($$"""{ "containers": [{ "image": "{{image}}" }] }""");

        Assert.Equal(ReadinessResult.Ready, readiness.Result);
        Assert.Contains(words, readiness.Findings[^1].Message, StringComparison.Ordinal);
        Assert.Contains("may differ", readiness.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_failed_when_it_last_ran_is_not_ready_in_the_words_of_azure()
    {
        var readiness = Judge("{}", revision => revision with { Active = false, ProvisioningState = "Failed", ProvisioningError = "ImagePullBackOff: contoso" });

        Assert.Equal(ReadinessResult.NotReady, readiness.Result);
        Assert.Equal("It failed when it last ran: provisioning failed: ImagePullBackOff: contoso. The image cannot be pulled.", readiness.Message);
    }

    [Fact]
    public void A_service_it_is_bound_to_is_not_known() =>
        Assert.Equal(ReadinessResult.Unknown, Judge("""{ "serviceBinds": [{ "name": "redis", "serviceId": "/subscriptions/s/redis" }] }""").Result);

    [Fact]
    public void What_the_platform_builds_needs_no_login() =>
        Assert.Equal(ReadinessResult.Ready, Judge("""{ "containers": [{ "image": "builds.azurecr.io/web:1", "imageType": "CloudBuild" }] }""").Result);

    [Fact]
    public void Missing_beats_unknown_and_unknown_beats_ready()
    {
        const string Unknown = """{ "image": "bare.example.com/web:1" }""";
        const string Missing = """{ "image": "qa.azurecr.io/web:1" }""";
        const string Ready = """{ "image": "contoso.azurecr.io/web:1" }""";

        Assert.Equal(ReadinessResult.Unknown, Judge($$"""{ "containers": [{{Ready}}, {{Unknown}}] }""").Result);
        Assert.Equal(ReadinessResult.NotReady, Judge($$"""{ "containers": [{{Ready}}, {{Unknown}}, {{Missing}}] }""").Result);
    }

    [Theory]
    [InlineData("""{ "containers": 5, "scale": [], "volumes": "x", "initContainers": null }""")]
    [InlineData("""{ "containers": [null, 5, { "env": [{ "secretRef": 5 }, { "secretRef": "" }], "image": 5 }] }""")]
    public void What_is_not_of_the_expected_kind_counts_as_absent(string template) => Assert.Empty(Judge(template).Findings);

    [Fact]
    public void Text_of_the_app_is_harmless()
    {
        var readiness = Judge("""{ "containers": [{ "name": "##vso[task]", "env": [{ "name": "A\n\u001b[31m", "secretRef": "b\u202e" }] }] }""");

        Assert.DoesNotContain("##vso[", readiness.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(readiness.Message + readiness.Findings[0].Subject, character => char.IsControl(character) || character == '\u202e');
    }

    private static IEnumerable<string> Missing(RevisionReadiness readiness) =>
        readiness.Findings.Where(finding => finding.Result == ReadinessResult.NotReady).Select(finding => finding.Subject);

    private static RevisionReadiness Judge(
        string template, Func<RevisionResource, RevisionResource>? change = null, NameLook? profiles = null, NameLook? storages = null, string app = App)
    {
        var typed = Given.App() with { WorkloadProfileName = "d4" };
        var parts = AppParts.Of(new AppDocument(typed, (JsonObject)JsonNode.Parse(app)!));
        var revision = (change ?? (same => same))(Given.Resource(1));
        return new ReadinessRules(typed, parts, profiles, storages).Judge(new RevisionDocument(revision, (JsonObject)JsonNode.Parse(template)!));
    }
}
