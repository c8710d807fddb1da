namespace RevisionTools.ModulePacker;

/// <summary>What the command line asks for.</summary>
internal sealed record PackingOptions
{
    /// <summary>How to call the program.</summary>
    public const string Usage =
        "usage: RevisionTools.ModulePacker --manifest FILE --licence FILE --file PATH=FILE... --notices FILE --bom FILE "
        + "or --module DIRECTORY --package FILE; @FILE reads arguments from a file, one a line";

    private static readonly HashSet<string> s_names = ["--manifest", "--licence", "--file", "--notices", "--bom", "--module", "--package"];

    /// <summary>The manifest of the module.</summary>
    public string? Manifest { get; init; }

    /// <summary>The licence of the module, whose terms are also those of the libraries that it ships.</summary>
    public string? Licence { get; init; }

    /// <summary>The assemblies that ship.</summary>
    public required IReadOnlyList<ShippedFile> Files { get; init; }

    /// <summary>The file of licence notices to write; <see langword="null"/> for none.</summary>
    public string? Notices { get; init; }

    /// <summary>The software bill of materials to write; <see langword="null"/> for none.</summary>
    public string? Bom { get; init; }

    /// <summary>The folder of the module to pack.</summary>
    public string? Module { get; init; }

    /// <summary>The package to write; <see langword="null"/> for none.</summary>
    public string? Package { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">Its words.</param>
    /// <returns>The options.</returns>
    /// <exception cref="PackingException">A word is unknown, or a value is missing.</exception>
    public static PackingOptions Parse(IEnumerable<string> arguments)
    {
        var values = Pairs(arguments.SelectMany(Expand)).ToLookup(pair => pair.Name, pair => pair.Value);
        return new PackingOptions
        {
            Manifest = values["--manifest"].LastOrDefault(),
            Licence = values["--licence"].LastOrDefault(),
            Files = [.. values["--file"].Select(ShippedFile.Parse)],
            Notices = values["--notices"].LastOrDefault(),
            Bom = values["--bom"].LastOrDefault(),
            Module = values["--module"].LastOrDefault(),
            Package = values["--package"].LastOrDefault(),
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
            if (!s_names.Contains(name))
            {
                throw new PackingException($"'{name}' is not an option; {Usage}");
            }

            yield return word.MoveNext() ? (name, word.Current) : throw new PackingException($"{name} needs a value; {Usage}");
        }
    }
}
