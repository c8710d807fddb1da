using System.Reflection;
using RevisionTools.HelpBuilder.Documentation;
using RevisionTools.HelpBuilder.Metadata;
using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.HelpBuilder;

/// <summary>Reads the commands of an assembly without running any of its code.</summary>
internal static class CommandReader
{
    /// <summary>Reads all commands.</summary>
    /// <param name="assemblyPath">The assembly that holds the cmdlets.</param>
    /// <param name="references">The assemblies that it was compiled against, the runtime's among them.</param>
    /// <param name="documentation">The documentation comments.</param>
    /// <returns>The commands in order of name.</returns>
    /// <exception cref="HelpException">The assembly is missing or a command is not documented well enough.</exception>
    public static IReadOnlyList<Command> Read(string assemblyPath, IEnumerable<string> references, XmlDocumentation documentation)
    {
        if (!File.Exists(assemblyPath))
        {
            throw new HelpException([$"the assembly {assemblyPath} does not exist"]);
        }

        using MetadataLoadContext context = new(new PathAssemblyResolver([.. references, assemblyPath]));
        List<CmdletClass> classes =
            [.. context.LoadFromAssemblyPath(Path.GetFullPath(assemblyPath)).GetExportedTypes().Select(CmdletClass.From).OfType<CmdletClass>()];
        List<string> faults = [];
        CommandDocumenter documenter = new(documentation, new CommentReader(new MemberNames(classes)), faults);
        List<Command> commands = [.. classes.Select(documenter.Document).OrderBy(command => command.Name, StringComparer.Ordinal)];
        return faults.Count == 0 ? commands : throw new HelpException(faults);
    }
}
