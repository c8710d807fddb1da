using System.Text.RegularExpressions;

namespace RevisionTools.Tests.Sandbox.Fidelity;

/// <summary>FIDELITY.md of the sandbox, read.</summary>
internal sealed partial class FidelityTable
{
    internal static readonly string[] s_evidence = ["recorded", "documented", "reported", "unconfirmed"];

    private readonly string[] _lines = File.ReadAllLines(Path.Combine(Sources, "FIDELITY.md"));

    /// <summary>The sources of the sandbox.</summary>
    internal static string Sources { get; } = Path.Combine(RepositoryRoot.Path, "src", "RevisionTools.Sandbox");

    /// <summary>The rows of the table of behaviour.</summary>
    internal IReadOnlyList<FidelityRow> Rows =>
        [.. Section("Behaviour").Select(cells => new FidelityRow(cells[0], cells[1], cells[2], InBackticks(cells[3])))];

    /// <summary>The shares: evidence, number of rows and per cent.</summary>
    internal IReadOnlyList<string[]> Shares => Section("Shares");

    /// <summary>What is not modelled: section, what, why.</summary>
    internal IReadOnlyList<string[]> NotModelled => Section("Not modelled");

    /// <summary>What differs from the recordings: sequences, difference, why.</summary>
    internal IReadOnlyList<string[]> Differences => Section("Differences from the recordings");

    internal static string[] InBackticks(string text) => [.. Backticks().Matches(text).Select(match => match.Groups[1].Value)];

    /// <summary>The cells of the table under a heading, without its head.</summary>
    private string[][] Section(string heading) =>
    [
        .. _lines.SkipWhile(line => line != $"## {heading}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray()),
    ];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Backticks();
}
