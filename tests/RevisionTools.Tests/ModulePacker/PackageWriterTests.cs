using System.IO.Compression;
using NuGet.Packaging;
using RevisionTools.ModulePacker;
using RevisionTools.ModulePacker.Output;

namespace RevisionTools.Tests.ModulePacker;

public sealed class PackageWriterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("revisiontools-package-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_package_holds_every_file_of_the_module_as_it_is()
    {
        var path = Pack("a.nupkg");

        using PackageArchiveReader reader = new(path);
        var packed = reader.GetFiles().Where(name => name is not ("[Content_Types].xml" or "RevisionTools.nuspec") && !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal));
        var files = Directory.GetFiles(BuiltModule.Folder, "*", SearchOption.AllDirectories);
        Assert.Equal(files.Select(BuiltModule.InModule).Order(StringComparer.Ordinal), packed.Order(StringComparer.Ordinal));
        using var archive = ZipFile.OpenRead(path);
        Assert.All(files, file =>
        {
            using MemoryStream content = new();
            using var entry = archive.GetEntry(BuiltModule.InModule(file))!.Open();
            entry.CopyTo(content);
            Assert.Equal(File.ReadAllBytes(file), content.ToArray());
        });
    }

    [Fact]
    public void The_same_files_give_the_same_bytes()
    {
        var copy = _folder.CreateSubdirectory("copy");
        foreach (var file in Directory.GetFiles(BuiltModule.Folder, "*", SearchOption.AllDirectories).Reverse())
        {
            var target = Path.Combine(copy.FullName, BuiltModule.InModule(file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            File.SetLastWriteTimeUtc(target, new DateTime(2031, 5, 6, 7, 8, 9, DateTimeKind.Utc));
        }

        PackageWriter.Write(copy.FullName, Path.Combine(_folder.FullName, "b.nupkg"));
        Assert.Equal(File.ReadAllBytes(Pack("a.nupkg")), File.ReadAllBytes(Path.Combine(_folder.FullName, "b.nupkg")));
    }

    [Fact]
    public void Commands_are_found_by_their_tags()
    {
        using PackageArchiveReader reader = new(Pack("a.nupkg"));
        var tags = reader.NuspecReader.GetTags().Split(' ');
        Assert.Equal(
            BuiltModule.Manifest.Tags.Append("PSModule").Append("PSIncludes_Cmdlet").Concat(BuiltModule.Manifest.Cmdlets.SelectMany(name => new[] { $"PSCmdlet_{name}", $"PSCommand_{name}" })),
            tags);
        Assert.NotEmpty(BuiltModule.Manifest.Cmdlets);
    }

    [Fact]
    public void A_folder_without_a_manifest_is_refused() =>
        Assert.StartsWith(
            "There is no module with one manifest in", Assert.Throws<PackingException>(() => PackageWriter.Write(_folder.FullName, "x.nupkg")).Message, StringComparison.Ordinal);

    private string Pack(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        PackageWriter.Write(BuiltModule.Folder, path);
        return path;
    }
}
