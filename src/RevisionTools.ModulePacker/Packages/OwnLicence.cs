namespace RevisionTools.ModulePacker.Packages;

/// <summary>The licence of the module. Its terms, without its copyright line, are those of every library under the same licence.</summary>
/// <param name="Id">The SPDX identifier.</param>
/// <param name="Terms">The terms.</param>
internal sealed record OwnLicence(string Id, string Terms)
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The licence.</returns>
    /// <exception cref="PackingException">It is not the MIT licence with a copyright line.</exception>
    public static OwnLicence Read(string path)
    {
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        const string Title = "MIT License\n";
        var start = text.IndexOf("Permission is hereby granted", StringComparison.Ordinal);
        return text.StartsWith(Title, StringComparison.Ordinal) && start > 0
            ? new OwnLicence("MIT", text[start..].Trim())
            : throw new PackingException($"{path} does not hold the MIT licence.");
    }
}
