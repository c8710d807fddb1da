using RevisionTools.ModulePacker;
using RevisionTools.ModulePacker.Output;
using RevisionTools.ModulePacker.Packages;

namespace RevisionTools.Tests.ModulePacker;

public sealed class NoticesTests : IDisposable
{
    private static readonly OwnLicence s_licence = OwnLicence.Read(Path.Combine(RepositoryRoot.Path, "LICENSE"));

    private readonly DirectoryInfo _packages = Directory.CreateTempSubdirectory("revisiontools-notices-");

    public void Dispose() => _packages.Delete(recursive: true);

    [Fact]
    public void Every_library_in_the_module_is_named_with_its_file_and_licence()
    {
        var text = File.ReadAllText(Path.Combine(BuiltModule.Folder, "THIRD-PARTY-NOTICES.txt"));

        Assert.All(
            BuiltModule.Assemblies.Where(path => !path.Contains("RevisionTools.", StringComparison.Ordinal)),
            path => Assert.Contains($"\nFiles: {path}\n", text, StringComparison.Ordinal));
        Assert.Contains("© Microsoft Corporation. All rights reserved.\n\nPermission is hereby granted, free of charge,", text, StringComparison.Ordinal);
        Assert.DoesNotContain(RepositoryRoot.Path, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Terms_and_notices_that_several_packages_share_stand_there_once()
    {
        var text = Write(Package("One", notices: "Notice of a third."), Package("Two", notices: "Notice of a third."), Package("Three", copyright: "(c) Somebody"));

        Assert.Equal(2, text.Split("Permission is hereby granted").Length);
        Assert.Contains("(c) Contoso\n(c) Somebody\n\nPermission", text, StringComparison.Ordinal);
        Assert.Contains("carry themselves: One, Two\n\nNotice of a third.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_licence_whose_terms_are_not_known_stops_the_build() =>
        Assert.Equal(
            "Odd: the terms of the licence Apache-2.0 are not known here. Add them before shipping it.",
            Assert.Throws<PackingException>(() => Write(Package("Odd", licence: """<license type="expression">Apache-2.0</license>"""))).Message);

    [Theory]
    [InlineData("", "(c) Contoso", "SPDX expression")]
    [InlineData("""<license type="file">LICENSE.txt</license>""", "(c) Contoso", "SPDX expression")]
    [InlineData("""<license type="expression">MIT</license>""", "", "copyright line")]
    public void A_package_that_does_not_say_what_a_notice_needs_stops_the_build(string licence, string copyright, string missing)
    {
        var package = Package("Silent", licence, copyright);
        Assert.Contains($"The package Silent 1.2.3 has no {missing}", Assert.Throws<PackingException>(() => Write(package)).Message, StringComparison.Ordinal);
    }

    private static string Write(params ShippedFile[] files) => NoticesWriter.Write(BuiltModule.Manifest, ModuleContent.Read(files), s_licence);

    private ShippedFile Package(
        string id, string licence = """<license type="expression">MIT</license>""", string copyright = "(c) Contoso", string? notices = null)
    {
        var folder = _packages.CreateSubdirectory(Path.Combine(id, "1.2.3"));
        File.WriteAllText(Path.Combine(folder.FullName, $"{id}.nuspec"), $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{id}</id>
                <version>1.2.3</version>
                <authors>Contoso</authors>
                {licence}
                <copyright>{copyright}</copyright>
                <description>A library.</description>
              </metadata>
            </package>
            """);
        File.WriteAllText(Path.Combine(folder.FullName, $"{id}.1.2.3.nupkg.sha512"), Convert.ToBase64String(new byte[64]));
        if (notices is not null)
        {
            File.WriteAllText(Path.Combine(folder.FullName, "THIRD-PARTY-NOTICES.TXT"), notices);
        }

        var file = Path.Combine(folder.CreateSubdirectory("lib").FullName, $"{id}.dll");
        File.Copy(typeof(NoticesTests).Assembly.Location, file);
        return new ShippedFile($"bin/lib/{id}.dll", file);
    }
}
