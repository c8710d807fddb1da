using System.Text;
using RevisionTools.ModulePacker.Manifest;
using RevisionTools.ModulePacker.Output;
using RevisionTools.ModulePacker.Packages;

namespace RevisionTools.ModulePacker;

/// <summary>One run: read, check, write.</summary>
internal static class PackingRun
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Makes what the options ask for.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="PackingException">Something is missing or not as it must be.</exception>
    public static void Execute(PackingOptions options)
    {
        if (options.Notices is string || options.Bom is string)
        {
            var licence = OwnLicence.Read(Need(options.Licence, "--licence"));
            var module = ModuleManifest.Read(Need(options.Manifest, "--manifest"));
            var content = ModuleContent.Read(options.Files);
            Write(options.Notices, () => NoticesWriter.Write(module, content, licence));
            Write(options.Bom, () => BomWriter.Write(module, content, licence));
        }

        if (options.Package is string package)
        {
            PackageWriter.Write(Need(options.Module, "--module"), package);
        }
    }

    private static string Need(string? value, string option) =>
        value ?? throw new PackingException($"{option} is missing; {PackingOptions.Usage}");

    private static void Write(string? path, Func<string> text)
    {
        if (path is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(path, text(), s_utf8);
        }
    }
}
