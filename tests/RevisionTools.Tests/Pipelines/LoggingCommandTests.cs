using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RevisionTools.Pipelines;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pipelines;

public sealed class LoggingCommandTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("100 %", "100 %AZP25")]
    [InlineData("a;b]c", "a%3Bb%5Dc")]
    [InlineData("%3B %5D %AZP25", "%AZP253B %AZP255D %AZP25AZP25")]
    [InlineData("two\r\nlines", "two  lines")]
    [InlineData("##vso[a.b]c", "## vso[a.b%5Dc")]
    [InlineData("", "")]
    public void A_value_is_escaped_as_the_agent_unescapes_it(string value, string expected) =>
        Assert.Equal($"##vso[task.setvariable variable=Name;isOutput=true]{expected}", LoggingCommand.Variable("Name", value));

    [Fact]
    public void Each_line_says_what_the_agent_documents()
    {
        Assert.Equal("##vso[task.logissue type=error;code=AccessDenied]No.", LoggingCommand.Error("AccessDenied", "No."));
        Assert.Equal("##vso[task.logissue type=warning]Hm.", LoggingCommand.Warning("Hm."));
        Assert.Equal("##vso[task.setprogress value=40]Pruning", LoggingCommand.Progress(40, "Pruning"));
        Assert.Equal("##vso[task.uploadsummary]/a b/c%5D.md", LoggingCommand.UploadSummary("/a b/c].md"));
        Assert.Equal("##[section]Pruning [2]", LoggingCommand.Section("Pruning [2]"));
    }

    [Fact]
    public void Whatever_a_text_holds_the_agent_finds_the_one_command_and_the_text() =>
        Hold(text =>
        {
            var clean = AsWritten(SafeText.Clean(text));
            return IsOne(LoggingCommand.Error("Kind", text), "logissue", clean, ("type", "error"), ("code", "Kind"))
                && IsOne(LoggingCommand.Warning(text), "logissue", clean, ("type", "warning"))
                && IsOne(LoggingCommand.Progress(7, text), "setprogress", clean, ("value", "7"))
                && IsOne(LoggingCommand.Variable("Name", text), "setvariable", clean, ("variable", "Name"), ("isOutput", "true"))
                && IsOne(LoggingCommand.Error(text, "message"), "logissue", "message", ("type", "error"), ("code", clean));
        });

    [Fact]
    public void Lines_after_each_other_stay_as_many_commands() =>
        Hold(text =>
        {
            var log = $"{LoggingCommand.Warning(text)}\n{text.Length}{SafeText.Clean(text)}\n{LoggingCommand.Variable("Name", text)}\n{LoggingCommand.Section(text)}\n";
            return AgentLog.Commands(log).Select(command => command.Action).SequenceEqual(["logissue", "setvariable"])
                && AgentLog.Formats(log).SequenceEqual([AsWritten(LoggingCommand.Section(text))]);
        });

    [Fact]
    public void A_section_is_a_format_and_no_command() =>
        Hold(text =>
        {
            var line = LoggingCommand.Section(text);
            return AgentLog.Commands(line).Count == 0 && AgentLog.Formats(line).Count == 1 && line.LastIndexOf("##[", StringComparison.Ordinal) == 0;
        });

    [Fact]
    public void A_path_arrives_unchanged() =>
        Hold(text => text.AsSpan().IndexOfAny("\v\f\u0085\u2028\u2029") >= 0
            || (AgentLog.Commands(LoggingCommand.UploadSummary(text)) is [{ Action: "uploadsummary" } command] && command.Data == AsWritten(text)));

    [Fact]
    public void The_samples_are_commands_until_they_are_cleaned()
    {
        Assert.All(HostileText.Samples, sample => Assert.False(AgentLog.IsPlain(sample), sample));
        Assert.All(HostileText.Samples, sample => Assert.True(AgentLog.IsPlain(SafeText.Clean(sample)), sample));
    }

    [Fact]
    public void Clean_text_is_plain_text() => Hold(text => AgentLog.IsPlain(SafeText.Clean(text)));

    private static void Hold(Func<string, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithReplay(20261120, 7).WithMaxTest(3000), Prop.ForAll(HostileText.Any, property));

    private static bool IsOne(string line, string action, string data, params (string Name, string Value)[] properties) =>
        AgentLog.Commands(line) is [var command]
        && (command.Area, command.Action, command.Data) == ("task", action, data)
        && command.Properties.Count == properties.Length
        && properties.All(property => command.Properties[property.Name] == property.Value);

    // Half of a pair is no character, and the standard output has a sign in its place.
    private static string AsWritten(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
