using System.Text.Json.Nodes;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Traffic;

public sealed class TrafficExportTests
{
    private static readonly ContainerApp s_app = Given.App(traffic: [Given.To(2, 90, "stable"), Given.ToLatest(10)]);

    // What no revision or label can be called, in case Azure ever lets them.
    private static readonly ContainerApp s_odd = Given.App(traffic: [new TrafficEntry { RevisionName = "web-shop--a'b\\c${d}%{e}\"f", Weight = 100 }]);

    [Fact]
    public void Bicep_is_the_property_of_the_ingress() => Assert.Equal(
        """
        // web-shop (rg-shop)
        traffic: [
          {
            revisionName: 'web-shop--0000002'
            weight: 90
            label: 'stable'
          }
          {
            latestRevision: true
            weight: 10
          }
        ]
        """.ReplaceLineEndings("\n"),
        TrafficExport.Write(s_app, TrafficFormat.Bicep));

    [Fact]
    public void Terraform_is_the_blocks_of_the_ingress_with_suffixes() => Assert.Equal(
        """
        # web-shop (rg-shop)
        ingress {
          traffic_weight {
            revision_suffix = "0000002"
            percentage      = 90
            label           = "stable"
          }
          traffic_weight {
            latest_revision = true
            percentage      = 10
          }
        }
        """.ReplaceLineEndings("\n"),
        TrafficExport.Write(s_app, TrafficFormat.Terraform));

    [Fact]
    public void Json_is_the_array_that_Azure_takes() => Assert.True(JsonNode.DeepEquals(
        JsonNode.Parse("""[{"revisionName":"web-shop--0000002","weight":90,"label":"stable"},{"latestRevision":true,"weight":10}]"""),
        JsonNode.Parse(TrafficExport.Write(s_app, TrafficFormat.Json))));

    [Fact]
    public void Names_are_quoted_as_each_language_wants_it()
    {
        Assert.Contains(@"revisionName: 'web-shop--a\'b\\c\${d}%{e}""f'", TrafficExport.Write(s_odd, TrafficFormat.Bicep), StringComparison.Ordinal);
        Assert.Contains(@"revision_suffix = ""a'b\\c$${d}%%{e}\""f""", TrafficExport.Write(s_odd, TrafficFormat.Terraform), StringComparison.Ordinal);
        Assert.Equal(s_odd.Traffic[0].RevisionName, JsonNode.Parse(TrafficExport.Write(s_odd, TrafficFormat.Json))![0]!["revisionName"]!.GetValue<string>());
    }
}
