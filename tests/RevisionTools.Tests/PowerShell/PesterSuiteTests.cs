namespace RevisionTools.Tests.PowerShell;

/// <summary>Runs each Pester file against the module as it is installed from its package.</summary>
public sealed class PesterSuiteTests(InstalledModule module) : IClassFixture<InstalledModule>
{
    private static readonly string s_folder = Path.Combine(RepositoryRoot.Path, "tests", "Pester");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(s_folder, "*.Tests.ps1").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [PowerShellTheory]
    [MemberData(nameof(Files))]
    public void All_tests_of_the_file_pass_inside_PowerShell(string file)
    {
        var (exitCode, output) = module.Run(
            "-File", Path.Combine(s_folder, "Invoke-Suite.ps1"), "-Path", Path.Combine(s_folder, file));
        Assert.True(exitCode == 0, output);
    }
}
