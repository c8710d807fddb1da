using NuGet.Packaging;

namespace RevisionTools.ModulePacker.Packages;

/// <summary>A package that assemblies of the module come from, as its own description tells.</summary>
internal sealed record LibraryPackage
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string Authors { get; init; }

    /// <summary>Its copyright line.</summary>
    public required string Copyright { get; init; }

    /// <summary>The SPDX expression of its licence.</summary>
    public required string Licence { get; init; }

    /// <summary>Where its project lives.</summary>
    public required string ProjectUrl { get; init; }

    /// <summary>Where its sources live; empty when it does not say.</summary>
    public required string Repository { get; init; }

    /// <summary>The commit that it was made from; empty when it does not say.</summary>
    public required string Commit { get; init; }

    /// <summary>SHA-512 of the package, in lower-case hexadecimal digits.</summary>
    public required string Sha512 { get; init; }

    /// <summary>The notices of others that it carries, in the order of their names.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>The package URL.</summary>
    public string Purl => $"pkg:nuget/{Id}@{Version}";

    /// <summary>Finds the package of an assembly in the folder of expanded packages.</summary>
    /// <param name="file">The assembly.</param>
    /// <returns>The description of the package; <see langword="null"/> when the assembly does not come from one.</returns>
    public static FileInfo? FindDescription(string file)
    {
        for (var folder = Directory.GetParent(Path.GetFullPath(file)); folder is not null; folder = folder.Parent)
        {
            if (folder.GetFiles("*.nuspec") is [var nuspec])
            {
                return nuspec;
            }
        }

        return null;
    }

    /// <summary>Reads a package.</summary>
    /// <param name="nuspec">Its description, in the folder that it was expanded to.</param>
    /// <returns>What it says of itself.</returns>
    /// <exception cref="PackingException">It does not say what must be said of it.</exception>
    public static LibraryPackage Read(FileInfo nuspec)
    {
        NuspecReader reader = new(nuspec.FullName);
        var folder = nuspec.Directory!;
        var identity = $"{reader.GetId()} {reader.GetVersion()}";
        var licence = reader.GetLicenseMetadata() is { Type: LicenseType.Expression } metadata
            ? metadata.License
            : throw new PackingException($"The package {identity} has no SPDX expression for its licence, so no notice can be made for it.");
        var copyright = reader.GetCopyright() is { Length: > 0 } line
            ? line
            : throw new PackingException($"The package {identity} has no copyright line, so no notice can be made for it.");
        var hash = folder.GetFiles("*.nupkg.sha512") is [var hashFile]
            ? Convert.ToHexStringLower(Convert.FromBase64String(File.ReadAllText(hashFile.FullName)))
            : throw new PackingException($"The package {identity} lies in {folder} without its hash.");
        return new LibraryPackage
        {
            Id = reader.GetId(),
            Version = reader.GetVersion().ToNormalizedString(),
            Authors = reader.GetAuthors(),
            Copyright = copyright,
            Licence = licence,
            ProjectUrl = reader.GetProjectUrl(),
            Repository = reader.GetRepositoryMetadata()?.Url ?? string.Empty,
            Commit = reader.GetRepositoryMetadata()?.Commit ?? string.Empty,
            Sha512 = hash,
            Notices =
            [
                .. folder.EnumerateFiles("THIRD-PARTY-NOTICES*", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive })
                    .OrderBy(file => file.Name, StringComparer.Ordinal)
                    .Select(file => File.ReadAllText(file.FullName).ReplaceLineEndings("\n").Trim()),
            ],
        };
    }
}
