namespace RevisionTools.HelpBuilder;

/// <summary>What the command line asks for.</summary>
internal sealed record HelpOptions
{
    /// <summary>How to call the program.</summary>
    public const string Usage =
        "usage: RevisionTools.HelpBuilder --assembly FILE --documentation FILE... --reference FILE... "
        + "[--topic FILE...] [--online URL] [--maml FILE] [--topics DIRECTORY] [--markdown DIRECTORY]; "
        + "@FILE reads arguments from a file, one a line";

    /// <summary>The assembly that holds the cmdlets.</summary>
    public required string Assembly { get; init; }

    /// <summary>XML documentation files: that of the assembly and those of the types that it takes and gives.</summary>
    public required IReadOnlyList<string> Documentation { get; init; }

    /// <summary>The assemblies that the cmdlets were compiled against.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>Pages of Markdown that are about topics.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>The address of the folder docs, below which the Markdown pages are published; <see langword="null"/> for none.</summary>
    public string? Online { get; init; }

    /// <summary>The help file to write; <see langword="null"/> for none.</summary>
    public string? Maml { get; init; }

    /// <summary>The folder to write the texts of the topics to; <see langword="null"/> for none.</summary>
    public string? TopicFolder { get; init; }

    /// <summary>The folder of the command reference to write; <see langword="null"/> for none.</summary>
    public string? Markdown { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">Its words.</param>
    /// <returns>The options.</returns>
    /// <exception cref="HelpException">A word is unknown, a value or a needed option is missing.</exception>
    public static HelpOptions Parse(IEnumerable<string> arguments)
    {
        var values = Pairs(arguments.SelectMany(Expand)).ToLookup(pair => pair.Name, pair => pair.Value);
        return new HelpOptions
        {
            Assembly = values["--assembly"].LastOrDefault() ?? throw new HelpException([$"--assembly is missing; {Usage}"]),
            Documentation = [.. values["--documentation"]],
            References = [.. values["--reference"]],
            Topics = [.. values["--topic"]],
            Online = values["--online"].LastOrDefault(),
            Maml = values["--maml"].LastOrDefault(),
            TopicFolder = values["--topics"].LastOrDefault(),
            Markdown = values["--markdown"].LastOrDefault(),
        };
    }

    private static IEnumerable<string> Expand(string argument) =>
        argument.StartsWith('@') ? File.ReadLines(argument[1..]).Where(line => line.Length > 0) : [argument];

    private static IEnumerable<(string Name, string Value)> Pairs(IEnumerable<string> words)
    {
        using var word = words.GetEnumerator();
        while (word.MoveNext())
        {
            var name = word.Current;
            if (name is not ("--assembly" or "--documentation" or "--reference" or "--topic" or "--online" or "--maml" or "--topics" or "--markdown"))
            {
                throw new HelpException([$"'{name}' is not an option; {Usage}"]);
            }

            yield return word.MoveNext()
                ? (name, word.Current)
                : throw new HelpException([$"{name} needs a value; {Usage}"]);
        }
    }
}
