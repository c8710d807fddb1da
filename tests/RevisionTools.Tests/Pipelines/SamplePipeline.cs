using YamlDotNet.RepresentationModel;

namespace RevisionTools.Tests.Pipelines;

/// <summary>A pipeline among the samples, and the steps in it.</summary>
internal sealed class SamplePipeline
{
    private SamplePipeline(string name, YamlMappingNode root)
    {
        Name = name;
        Text = File.ReadAllText(System.IO.Path.Combine(Folder, name));
        Steps = [.. StepsIn(root, "", "")];
    }

    public static string Folder { get; } = System.IO.Path.Combine(RepositoryRoot.Path, "module", "samples", "azure-pipelines");

    public static IReadOnlyList<SamplePipeline> All { get; } = [.. Directory.GetFiles(Folder, "*.yml").Order(StringComparer.Ordinal).Select(Read)];

    public string Name { get; }

    public string Text { get; }

    public IReadOnlyList<SampleStep> Steps { get; }

    public override string ToString() => Name;

    private static SamplePipeline Read(string file)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(file);
        yaml.Load(text);
        return new SamplePipeline(System.IO.Path.GetFileName(file), (YamlMappingNode)Assert.Single(yaml.Documents).RootNode);
    }

    // Steps stand in a job, in the strategy of a deployment, or in the pipeline itself.
    private static IEnumerable<SampleStep> StepsIn(YamlMappingNode node, string stage, string job)
    {
        stage = SampleStep.Value(node, "stage") ?? stage;
        job = SampleStep.Value(node, "job") ?? SampleStep.Value(node, "deployment") ?? job;
        foreach (var (key, value) in node.Children)
        {
            var below = value switch
            {
                YamlSequenceNode items => items.OfType<YamlMappingNode>(),
                YamlMappingNode mapping => [mapping],
                _ => [],
            };
            foreach (var step in key.ToString() == "steps" ? below.Select(item => new SampleStep(stage, job, item)) : below.SelectMany(item => StepsIn(item, stage, job)))
            {
                yield return step;
            }
        }
    }
}
