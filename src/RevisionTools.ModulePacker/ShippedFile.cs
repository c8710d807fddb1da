namespace RevisionTools.ModulePacker;

/// <summary>An assembly that ships.</summary>
/// <param name="ModulePath">Where it lies in the module, with slashes.</param>
/// <param name="File">The file that is copied there.</param>
internal sealed record ShippedFile(string ModulePath, string File)
{
    /// <summary>Reads the form of the command line.</summary>
    /// <param name="text">Both, with an equals sign between them.</param>
    /// <returns>The file.</returns>
    /// <exception cref="PackingException">There is no equals sign, or no such file.</exception>
    public static ShippedFile Parse(string text)
    {
        if (text.Split('=', 2) is not [var modulePath, var file])
        {
            throw new PackingException($"'{text}' does not have the form PATH=FILE; {PackingOptions.Usage}");
        }

        return System.IO.File.Exists(file) ? new ShippedFile(modulePath, file) : throw new PackingException($"There is no file {file}.");
    }
}
