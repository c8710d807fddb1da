using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace RevisionTools.ModulePacker.Packages;

/// <summary>An assembly that ships, as its bytes say.</summary>
/// <param name="ModulePath">Where it lies in the module, with slashes.</param>
/// <param name="Name">The name of the assembly.</param>
/// <param name="Version">The version of the assembly.</param>
/// <param name="Sha256">SHA-256 of the file, in lower-case hexadecimal digits.</param>
/// <param name="Sha512">SHA-512 of the file, in lower-case hexadecimal digits.</param>
/// <param name="References">The names of the assemblies that it refers to, sorted.</param>
internal sealed record ShippedAssembly(string ModulePath, string Name, string Version, string Sha256, string Sha512, IReadOnlyList<string> References)
{
    /// <summary>Reads an assembly.</summary>
    /// <param name="file">The file.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="PackingException">It is not an assembly.</exception>
    public static ShippedAssembly Read(ShippedFile file)
    {
        var bytes = File.ReadAllBytes(file.File);
        try
        {
            using PEReader image = new([.. bytes]);
            var metadata = image.GetMetadataReader();
            var definition = metadata.GetAssemblyDefinition();
            return new ShippedAssembly(
                file.ModulePath,
                metadata.GetString(definition.Name),
                definition.Version.ToString(),
                Convert.ToHexStringLower(SHA256.HashData(bytes)),
                Convert.ToHexStringLower(SHA512.HashData(bytes)),
                [.. metadata.AssemblyReferences
                    .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
                    .Order(StringComparer.Ordinal)]);
        }
        catch (Exception exception) when (exception is BadImageFormatException or InvalidOperationException)
        {
            throw new PackingException($"{file.File} is not an assembly: {exception.Message}");
        }
    }
}
