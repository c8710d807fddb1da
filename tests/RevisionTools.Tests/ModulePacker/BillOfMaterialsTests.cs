using System.Security.Cryptography;
using CycloneDX;
using CycloneDX.Models;
using Json = CycloneDX.Json;

namespace RevisionTools.Tests.ModulePacker;

/// <summary>The bill of materials that the build puts into the module, read and judged by the library of those who define the form.</summary>
public sealed class BillOfMaterialsTests
{
    private static readonly string s_text = File.ReadAllText(Path.Combine(BuiltModule.Folder, "RevisionTools.cdx.json"));
    private static readonly Bom s_bom = Json.Serializer.Deserialize(s_text);

    private static IEnumerable<Component> Files => s_bom.Components.Append(s_bom.Metadata.Component).SelectMany(component => component.Components);

    [Fact]
    public void It_is_a_valid_CycloneDX_document()
    {
        var result = Json.Validator.Validate(s_text, SpecificationVersion.v1_6);
        Assert.True(result.Valid, string.Join('\n', result.Messages ?? []));
        Assert.False(Json.Validator.Validate(s_text.Replace("\"SHA-256\"", "\"SHA-257\"", StringComparison.Ordinal), SpecificationVersion.v1_6).Valid);
    }

    [Fact]
    public void It_names_every_assembly_that_lies_in_the_module_and_nothing_else() =>
        Assert.Equal(BuiltModule.Assemblies, Files.Select(file => file.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Its_hashes_are_those_of_the_files() => Assert.All(Files, file =>
    {
        var bytes = File.ReadAllBytes(Path.Combine(BuiltModule.Folder, file.Name));
        Assert.Equal(
            [(Hash.HashAlgorithm.SHA_256, Convert.ToHexStringLower(SHA256.HashData(bytes))), (Hash.HashAlgorithm.SHA_512, Convert.ToHexStringLower(SHA512.HashData(bytes)))],
            file.Hashes.Select(hash => (hash.Alg, hash.Content)));
    });

    [Fact]
    public void Every_library_has_its_package_version_licence_and_hash() => Assert.All(s_bom.Components, library =>
    {
        Assert.Equal($"pkg:nuget/{library.Name}@{library.Version}", library.Purl);
        Assert.Equal("MIT", Assert.Single(library.Licenses).License.Id);
        Assert.Equal(Hash.HashAlgorithm.SHA_512, Assert.Single(library.Hashes).Alg);
        Assert.NotEmpty(library.Copyright);
        Assert.DoesNotContain(library.Components, file => file.Name.Contains("RevisionTools", StringComparison.Ordinal));
    });

    [Fact]
    public void The_module_is_the_subject_and_our_own_assemblies_are_its_parts()
    {
        var module = s_bom.Metadata.Component;
        Assert.Equal("RevisionTools", module.Name);
        Assert.Equal(BuiltModule.Manifest.Version.ToNormalizedString(), module.Version);
        Assert.Equal("MIT", Assert.Single(module.Licenses).License.Id);
        Assert.Equal(BuiltModule.Assemblies.Where(path => path.Contains("RevisionTools.", StringComparison.Ordinal)), module.Components.Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void From_the_module_every_library_is_reached()
    {
        var graph = s_bom.Dependencies.ToDictionary(dependency => dependency.Ref, dependency => dependency.Dependencies?.Select(other => other.Ref).ToList() ?? []);
        HashSet<string> reached = [s_bom.Metadata.Component.BomRef];
        Queue<string> open = new(reached);
        while (open.TryDequeue(out var reference))
        {
            foreach (var next in graph[reference].Where(reached.Add))
            {
                open.Enqueue(next);
            }
        }

        Assert.Empty(s_bom.Components.Select(library => library.BomRef).Except(reached));
    }

    [Fact]
    public void It_says_nothing_of_when_and_where_it_was_made()
    {
        Assert.Null(s_bom.SerialNumber);
        Assert.Null(s_bom.Metadata.Timestamp);
        Assert.DoesNotContain(RepositoryRoot.Path, s_text, StringComparison.Ordinal);
    }
}
