using RevisionTools.Pipelines;

namespace RevisionTools.Tests.Pipelines;

public sealed class SummaryFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("revisiontools-").FullName;

    [Fact]
    public void Each_summary_of_a_job_has_a_file_of_its_own()
    {
        var paths = Enumerable.Range(0, 3).Select(number => SummaryFile.Write(_folder, "Set-AcaTraffic", $"# {number}\n")).ToList();

        Assert.Equal(["Set-AcaTraffic.md", "Set-AcaTraffic-2.md", "Set-AcaTraffic-3.md"], paths.Select(Path.GetFileName));
        Assert.All(paths, path => Assert.True(Path.IsPathFullyQualified(path)));
        Assert.Equal(["# 0\n", "# 1\n", "# 2\n"], paths.Select(File.ReadAllText));
        Assert.Equal((byte)'#', File.ReadAllBytes(paths[0])[0]);
    }

    [Fact]
    public async Task Summaries_that_are_written_at_the_same_time_do_not_meet()
    {
        var paths = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => SummaryFile.Write(_folder, "a", $"{number}"))));

        Assert.Equal(20, paths.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 20), paths.Select(path => int.Parse(File.ReadAllText(path), null)).Order());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no such folder")]
    public void Without_the_folder_of_a_job_the_one_of_the_machine_does(string? missing)
    {
        var path = SummaryFile.Write(missing is null ? null : Path.Combine(_folder, missing), $"summary-{Path.GetFileName(_folder)}", "x");

        Assert.Equal(Path.GetFullPath(Path.GetTempPath()).TrimEnd(Path.DirectorySeparatorChar), Path.GetDirectoryName(path));
        File.Delete(path);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
