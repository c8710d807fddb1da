namespace RevisionTools.Tests.Architecture;

/// <summary>Holds that text for a pipeline's agent is made in one place, and that no command can pass by those who tell it.</summary>
public sealed class PipelineTextTests
{
    private static readonly string s_sources = Path.Combine(RepositoryRoot.Path, "src");

    [Fact]
    public void One_file_makes_commands_for_the_agent() =>
        Assert.Equal(["LoggingCommand.cs"], FilesWith("", line => line.Contains("##vso[", StringComparison.Ordinal) || line.Contains("##[", StringComparison.Ordinal)));

    [Theory]
    [InlineData("WriteError(")]
    [InlineData("WriteWarning(")]
    [InlineData("WriteStreamObject(")]
    [InlineData("ThrowTerminatingError(")]
    public void One_class_writes_errors_and_warnings_and_tells_pipelines_of_them(string call) =>
        Assert.Equal(["AcaCmdlet.cs"], FilesWith("RevisionTools.Cmdlets", line => line.Contains(call, StringComparison.Ordinal)));

    [Theory]
    [InlineData("Console.Write")]
    [InlineData("Console.Out")]
    [InlineData("Console.Error")]
    [InlineData("Console.OpenStandard")]
    [InlineData("LASTEXITCODE")]
    public void No_command_writes_past_PowerShell(string text) =>
        Assert.Empty(FilesWith("RevisionTools.Cmdlets", line => line.Contains(text, StringComparison.Ordinal)));

    private static IEnumerable<string> FilesWith(string folder, Func<string, bool> isMeant) => Directory
        .EnumerateFiles(Path.Combine(s_sources, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Where(file => File.ReadLines(file).Any(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && isMeant(line)))
        .Select(file => Path.GetFileName(file)!);
}
