using System.Text;
using RevisionTools.HelpBuilder.Documentation;
using RevisionTools.HelpBuilder.Model;
using RevisionTools.HelpBuilder.Output;
using RevisionTools.HelpBuilder.Topics;

namespace RevisionTools.HelpBuilder;

/// <summary>One run: read, check, write.</summary>
internal static class HelpRun
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Makes what the options ask for.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="HelpException">A command is not documented well enough, or a page is not fit to be a topic; nothing has been written.</exception>
    public static void Execute(HelpOptions options)
    {
        var documentation = XmlDocumentation.Load(options.Documentation);
        var commands = CommandReader.Read(options.Assembly, options.References, documentation);
        List<Topic> topics = [.. options.Topics.Select(path => ReadTopic(path, options.Online)).OrderBy(topic => topic.Name, StringComparer.Ordinal)];
        if (options.Maml is string maml)
        {
            Write(maml, new MamlWriter(options.Online is null ? null : options.Online + "/commands").Write(commands));
        }

        if (options.TopicFolder is string texts)
        {
            topics.ForEach(topic => Write(Path.Combine(texts, topic.Name + ".help.txt"), topic.Text));
        }

        if (options.Markdown is string folder)
        {
            WriteReference(folder, commands, topics);
        }
    }

    private static Topic ReadTopic(string path, string? online)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return TopicPage.Read(name, File.ReadAllText(path), online is null ? null : new Uri($"{online}/about/{name}.md"));
    }

    private static void WriteReference(string folder, IReadOnlyList<Command> commands, IReadOnlyList<Topic> topics)
    {
        var pages = MarkdownWriter.Write(commands, topics);
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
