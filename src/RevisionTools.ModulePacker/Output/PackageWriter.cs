using NuGet.Packaging;
using RevisionTools.ModulePacker.Manifest;

namespace RevisionTools.ModulePacker.Output;

/// <summary>Packs the folder of a module in the form that PSResourceGet publishes and installs. The same files give the same bytes.</summary>
internal static class PackageWriter
{
    // The oldest moment that an archive can name.
    private const string Timestamp = "1980-01-01T00:00:00Z";

    /// <summary>Writes the package.</summary>
    /// <param name="folder">The folder of the module, with its manifest at the top.</param>
    /// <param name="path">The file to write.</param>
    /// <exception cref="PackingException">There is not one manifest in the folder, or it lacks what a package needs.</exception>
    public static void Write(string folder, string path)
    {
        if (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.psd1") is not [var manifestPath])
        {
            throw new PackingException($"There is no module with one manifest in {folder}.");
        }

        var manifest = ModuleManifest.Read(manifestPath);
        PackageBuilder builder = new(deterministic: true)
        {
            Id = manifest.Name,
            Version = manifest.Version,
            Description = manifest.Description,
            Copyright = manifest.Copyright,
            LicenseUrl = manifest.LicenceUri,
            ProjectUrl = manifest.ProjectUri,
            ReleaseNotes = manifest.ReleaseNotes,
            DeterministicTimestamp = Timestamp,
        };
        builder.Authors.Add(manifest.Author);
        builder.Owners.Add(manifest.CompanyName);
        builder.Tags.UnionWith(Tags(manifest));
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            builder.Files.Add(new PhysicalPackageFile { SourcePath = file, TargetPath = Path.GetRelativePath(folder, file) });
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var stream = File.Create(path);
        builder.Save(stream);
    }

    // By these PSResourceGet finds a package as a module, and by the commands in it.
    private static IEnumerable<string> Tags(ModuleManifest manifest) =>
        [.. manifest.Tags, "PSModule", "PSIncludes_Cmdlet", .. manifest.Cmdlets.SelectMany(cmdlet => new[] { $"PSCmdlet_{cmdlet}", $"PSCommand_{cmdlet}" })];
}
