using System.Text;
using RevisionTools.ModulePacker.Manifest;
using RevisionTools.ModulePacker.Packages;

namespace RevisionTools.ModulePacker.Output;

/// <summary>Writes the licence notices of the libraries that ship inside the module, from what their packages say.</summary>
internal static class NoticesWriter
{
    /// <summary>Writes the text.</summary>
    /// <param name="module">The module.</param>
    /// <param name="content">What it ships.</param>
    /// <param name="licence">The licence whose terms are known.</param>
    /// <returns>The text.</returns>
    /// <exception cref="PackingException">A package is under a licence whose terms are not known.</exception>
    public static string Write(ModuleManifest module, ModuleContent content, OwnLicence licence)
    {
        StringBuilder text = new();
        text.Append($"{module.Name} {module.Version.ToNormalizedString()} ships the libraries below, each under its own licence, unchanged.\n");
        text.Append($"{module.Name} itself is under the licence in the file LICENSE.\n");
        foreach (var library in content.Libraries)
        {
            WritePackage(text, library.Key, library.Select(assembly => assembly.ModulePath));
        }

        foreach (var group in content.Libraries.GroupBy(library => library.Key.Licence, library => library.Key, StringComparer.Ordinal))
        {
            if (group.Key != licence.Id)
            {
                throw new PackingException($"{string.Join(", ", group.Select(package => package.Id))}: the terms of the licence {group.Key} are not known here. Add them before shipping it.");
            }

            WriteRule(text);
            text.Append($"Licence {group.Key}, of all libraries above that name it\n\n{string.Join('\n', group.Select(package => package.Copyright).Distinct(StringComparer.Ordinal))}\n\n{licence.Terms}\n");
        }

        foreach (var group in content.Libraries
            .SelectMany(library => library.Key.Notices.Select(notice => (library.Key.Id, Notice: notice)))
            .GroupBy(pair => pair.Notice, pair => pair.Id, StringComparer.Ordinal))
        {
            WriteRule(text);
            text.Append($"The notices that these packages carry themselves: {string.Join(", ", group)}\n\n{group.Key}\n");
        }

        return text.ToString();
    }

    private static void WritePackage(StringBuilder text, LibraryPackage package, IEnumerable<string> files)
    {
        WriteRule(text);
        text.Append($"{package.Id} {package.Version}\n\n");
        text.Append($"Files: {string.Join(", ", files)}\n");
        text.Append($"Authors: {package.Authors}\n");
        text.Append($"Copyright: {package.Copyright}\n");
        text.Append($"Licence: {package.Licence}\n");
        text.Append($"Project: {package.ProjectUrl}\n");
        if (package.Repository.Length > 0)
        {
            text.Append($"Source: {package.Repository} {package.Commit}".TrimEnd()).Append('\n');
        }
    }

    private static void WriteRule(StringBuilder text) => text.Append('\n').Append('-', 80).Append("\n\n");
}
