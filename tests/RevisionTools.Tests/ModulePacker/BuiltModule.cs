using RevisionTools.ModulePacker.Manifest;

namespace RevisionTools.Tests.ModulePacker;

/// <summary>The module that the build has laid out.</summary>
internal static class BuiltModule
{
    /// <summary>What its manifest says.</summary>
    public static ModuleManifest Manifest { get; } = ModuleManifest.Read(Path.Combine(RepositoryRoot.Path, "module", "RevisionTools.psd1"));

    /// <summary>Its folder.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "output", Manifest.Name, Manifest.Version.ToNormalizedString());

    /// <summary>Its assemblies, by their paths in the module.</summary>
    public static IReadOnlyList<string> Assemblies { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.dll", SearchOption.AllDirectories).Select(InModule).Order(StringComparer.Ordinal)];

    /// <summary>Names a file as the module knows it.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The path in the module, with slashes.</returns>
    public static string InModule(string file) => Path.GetRelativePath(Folder, file).Replace('\\', '/');
}
