namespace RevisionTools.ModulePacker.Packages;

/// <summary>The assemblies of the module: its own, and those of packages.</summary>
/// <param name="Own">Assemblies that were built here, by path.</param>
/// <param name="Libraries">Assemblies out of packages, by path, each group under its package; the packages by name.</param>
internal sealed record ModuleContent(IReadOnlyList<ShippedAssembly> Own, IReadOnlyList<IGrouping<LibraryPackage, ShippedAssembly>> Libraries)
{
    /// <summary>Reads assemblies and finds out where they come from.</summary>
    /// <param name="files">The assemblies, in any order.</param>
    /// <returns>The assemblies, sorted.</returns>
    /// <exception cref="PackingException">A package does not say what must be said of it.</exception>
    public static ModuleContent Read(IEnumerable<ShippedFile> files)
    {
        Dictionary<string, LibraryPackage> packages = [];
        List<(LibraryPackage? Package, ShippedAssembly Assembly)> assemblies = [];
        foreach (var file in files.OrderBy(file => file.ModulePath, StringComparer.Ordinal))
        {
            LibraryPackage? package = null;
            if (LibraryPackage.FindDescription(file.File) is { } nuspec && !packages.TryGetValue(nuspec.FullName, out package))
            {
                package = LibraryPackage.Read(nuspec);
                packages.Add(nuspec.FullName, package);
            }

            assemblies.Add((package, ShippedAssembly.Read(file)));
        }

        return new ModuleContent(
            [.. assemblies.Where(pair => pair.Package is null).Select(pair => pair.Assembly)],
            [.. assemblies.Where(pair => pair.Package is not null)
                .GroupBy(pair => pair.Package!, pair => pair.Assembly)
                .OrderBy(library => library.Key.Id, StringComparer.OrdinalIgnoreCase)]);
    }
}
