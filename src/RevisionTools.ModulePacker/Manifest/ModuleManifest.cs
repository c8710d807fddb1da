using NuGet.Versioning;

namespace RevisionTools.ModulePacker.Manifest;

/// <summary>What the manifest says about the module.</summary>
internal sealed record ModuleManifest
{
    /// <summary>Its name, which is that of the manifest.</summary>
    public required string Name { get; init; }

    /// <summary>Its version, with the label of a preview if it has one.</summary>
    public required NuGetVersion Version { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string Author { get; init; }

    /// <summary>Who publishes it.</summary>
    public required string CompanyName { get; init; }

    /// <summary>The copyright line.</summary>
    public required string Copyright { get; init; }

    /// <summary>What it is for.</summary>
    public required string Description { get; init; }

    /// <summary>The words under which it is found.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The cmdlets that it exports.</summary>
    public required IReadOnlyList<string> Cmdlets { get; init; }

    /// <summary>Where the licence can be read.</summary>
    public required Uri LicenceUri { get; init; }

    /// <summary>Where the project lives.</summary>
    public required Uri ProjectUri { get; init; }

    /// <summary>What is new.</summary>
    public required string ReleaseNotes { get; init; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="PackingException">It cannot be read, or lacks what a package needs.</exception>
    public static ModuleManifest Read(string path)
    {
        var root = DataFileReader.Read(File.ReadAllText(path));
        var gallery = Get<IReadOnlyDictionary<string, object>>(Get<IReadOnlyDictionary<string, object>>(root, "PrivateData"), "PSData");
        var version = Get<string>(root, "ModuleVersion");
        return new ModuleManifest
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Version = NuGetVersion.Parse(gallery.TryGetValue("Prerelease", out var label) ? $"{version}-{label}" : version),
            Author = Get<string>(root, "Author"),
            CompanyName = Get<string>(root, "CompanyName"),
            Copyright = Get<string>(root, "Copyright"),
            Description = Get<string>(root, "Description"),
            Tags = [.. Get<List<object>>(gallery, "Tags").Cast<string>()],
            Cmdlets = [.. Get<List<object>>(root, "CmdletsToExport").Cast<string>()],
            LicenceUri = new Uri(Get<string>(gallery, "LicenseUri")),
            ProjectUri = new Uri(Get<string>(gallery, "ProjectUri")),
            ReleaseNotes = Get<string>(gallery, "ReleaseNotes"),
        };
    }

    private static T Get<T>(IReadOnlyDictionary<string, object> table, string key) =>
        table.TryGetValue(key, out var value) && value is T wanted ? wanted : throw new PackingException($"The manifest has no {key} of the kind that a package needs.");
}
