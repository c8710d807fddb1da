using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RevisionTools.ModulePacker.Manifest;
using RevisionTools.ModulePacker.Packages;

namespace RevisionTools.ModulePacker.Output;

/// <summary>
/// Writes the software bill of materials, in CycloneDX 1.6. It has neither a serial number nor a time, so that the same sources give the
/// same bytes.
/// </summary>
internal static class BomWriter
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document.</summary>
    /// <param name="module">The module.</param>
    /// <param name="content">What it ships.</param>
    /// <param name="licence">The licence of the module.</param>
    /// <returns>The document.</returns>
    public static string Write(ModuleManifest module, ModuleContent content, OwnLicence licence)
    {
        var purl = $"pkg:nuget/{module.Name}@{module.Version.ToNormalizedString()}";
        JsonObject document = new()
        {
            ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject
                {
                    ["type"] = "application",
                    ["bom-ref"] = purl,
                    ["supplier"] = new JsonObject { ["name"] = module.CompanyName },
                    ["name"] = module.Name,
                    ["version"] = module.Version.ToNormalizedString(),
                    ["description"] = module.Description,
                    ["licenses"] = Licences(licence.Id),
                    ["copyright"] = module.Copyright,
                    ["purl"] = purl,
                    ["components"] = new JsonArray([.. content.Own.Select(assembly => Assembly(assembly, licence.Id))]),
                },
            },
            ["components"] = new JsonArray([.. content.Libraries.Select(Package)]),
            ["dependencies"] = Dependencies(purl, content),
        };
        return document.ToJsonString(s_options) + "\n";
    }

    private static JsonObject Package(IGrouping<LibraryPackage, ShippedAssembly> library)
    {
        var package = library.Key;
        JsonArray references = [new JsonObject { ["type"] = "website", ["url"] = package.ProjectUrl }];
        if (package.Repository.Length > 0)
        {
            references.Add(new JsonObject { ["type"] = "vcs", ["url"] = package.Repository, ["comment"] = package.Commit });
        }

        return new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = package.Purl,
            ["authors"] = new JsonArray(new JsonObject { ["name"] = package.Authors }),
            ["name"] = package.Id,
            ["version"] = package.Version,
            ["hashes"] = new JsonArray(Hash("SHA-512", package.Sha512)),
            ["licenses"] = Licences(package.Licence),
            ["copyright"] = package.Copyright,
            ["purl"] = package.Purl,
            ["externalReferences"] = references,
            ["components"] = new JsonArray([.. library.Select(assembly => Assembly(assembly, package.Licence))]),
        };
    }

    // The hashes of a package are those of its archive; what lies in the module has its own.
    private static JsonObject Assembly(ShippedAssembly assembly, string licence) => new()
    {
        ["type"] = "file",
        ["bom-ref"] = assembly.ModulePath,
        ["name"] = assembly.ModulePath,
        ["version"] = assembly.Version,
        ["hashes"] = new JsonArray(Hash("SHA-256", assembly.Sha256), Hash("SHA-512", assembly.Sha512)),
        ["licenses"] = Licences(licence),
    };

    private static JsonArray Dependencies(string purl, ModuleContent content)
    {
        var owners = content.Own.Select(assembly => (assembly, Owner: purl))
            .Concat(content.Libraries.SelectMany(library => library.Select(assembly => (assembly, Owner: library.Key.Purl))))
            .ToList();
        var ownerOf = owners.ToDictionary(pair => pair.assembly.Name, pair => pair.Owner, StringComparer.OrdinalIgnoreCase);
        return new JsonArray([.. owners.GroupBy(pair => pair.Owner, StringComparer.Ordinal).Select(group => new JsonObject
        {
            ["ref"] = group.Key,
            ["dependsOn"] = new JsonArray([.. group
                .SelectMany(pair => pair.assembly.References)
                .Where(ownerOf.ContainsKey)
                .Select(name => ownerOf[name])
                .Where(owner => owner != group.Key)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(owner => JsonValue.Create(owner))]),
        })]);
    }

    private static JsonArray Licences(string expression) => [new JsonObject { ["license"] = new JsonObject { ["id"] = expression } }];

    private static JsonObject Hash(string algorithm, string value) => new() { ["alg"] = algorithm, ["content"] = value };
}
