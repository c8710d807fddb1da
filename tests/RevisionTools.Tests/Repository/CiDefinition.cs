using YamlDotNet.RepresentationModel;

namespace RevisionTools.Tests.Repository;

/// <summary>A definition of the project's own CI, as far as the tests look at it.</summary>
/// <param name="File">Its path in the repository.</param>
/// <param name="Root">What it holds.</param>
public sealed record CiDefinition(string File, YamlMappingNode Root)
{
    private static readonly string[] s_scripts = ["run", "bash", "pwsh", "script", "postCreateCommand"];

    /// <summary>The lines that its steps run.</summary>
    public IEnumerable<string> ScriptLines => Scalars(Root)
        .Where(pair => s_scripts.Contains(pair.Key))
        .SelectMany(pair => pair.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>Reads a definition.</summary>
    /// <param name="file">Its path in the repository.</param>
    /// <returns>The definition.</returns>
    public static CiDefinition Read(string file)
    {
        YamlStream stream = new();
        using var reader = System.IO.File.OpenText(Path.Combine(RepositoryRoot.Path, file));
        stream.Load(reader);
        return new CiDefinition(file, (YamlMappingNode)Assert.Single(stream.Documents).RootNode);
    }

    /// <summary>All values under a key, however deep.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The values.</returns>
    public IEnumerable<string> Values(string key) => Scalars(Root).Where(pair => pair.Key == key).Select(pair => pair.Value);

    private static IEnumerable<(string Key, string Value)> Scalars(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(pair => pair.Value is YamlScalarNode value
            ? [(((YamlScalarNode)pair.Key).Value!, value.Value!)]
            : Scalars(pair.Value)),
        YamlSequenceNode list => list.Children.SelectMany(Scalars),
        _ => [],
    };
}
