using System.Text;
using RevisionTools.HelpBuilder.Documentation;
using RevisionTools.HelpBuilder.Model;
using RevisionTools.HelpBuilder.Output;

namespace RevisionTools.HelpBuilder;

/// <summary>One run: read, check, write.</summary>
internal static class HelpRun
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Makes what the options ask for.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="HelpException">A command is not documented well enough; nothing has been written.</exception>
    public static void Execute(HelpOptions options)
    {
        var documentation = XmlDocumentation.Load(options.Documentation);
        var commands = CommandReader.Read(options.Assembly, options.References, documentation);
        if (options.Maml is string maml)
        {
            Write(maml, new MamlWriter(options.Online).Write(commands));
        }

        if (options.Markdown is string folder)
        {
            WriteReference(folder, commands);
        }
    }

    private static void WriteReference(string folder, IReadOnlyList<Command> commands)
    {
        var pages = MarkdownWriter.Write(commands);
        if (Directory.Exists(folder))
        {
            foreach (var stale in Directory.EnumerateFiles(folder, "*-*.md").Where(file => !pages.ContainsKey(Path.GetFileName(file))))
            {
                File.Delete(stale);
            }
        }

        foreach ((var name, var text) in pages)
        {
            Write(Path.Combine(folder, name), text);
        }
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, text, s_utf8);
    }
}
