namespace RevisionTools.Pipelines;

/// <summary>
/// Lines that the agent of Azure Pipelines carries out, and no other place makes such text. Whatever a value holds, the line is this one
/// command with that value, as <see cref="SafeText"/> leaves it.
/// </summary>
internal static class LoggingCommand
{
    // The percent sign comes first, since the others are written with it. The agent knows no shorter escape for it.
    private static readonly (string Token, string Escape)[] s_escapes =
        [("%", "%AZP25"), (";", "%3B"), ("\r", "%0D"), ("\n", "%0A"), ("]", "%5D")];

    /// <summary>An error that the page of the run lists; it does not fail the step.</summary>
    public static string Error(string code, string message) => Command($"task.logissue type=error;code={Value(code)}", Value(message));

    /// <summary>A warning that the page of the run lists.</summary>
    public static string Warning(string message) => Command("task.logissue type=warning", Value(message));

    /// <param name="percent">0 to 100.</param>
    /// <param name="activity">What is being done.</param>
    public static string Progress(int percent, string activity) => Command($"task.setprogress value={percent}", Value(activity));

    /// <summary>A variable that later steps, jobs and stages can read.</summary>
    public static string Variable(string name, string value) => Command($"task.setvariable variable={Value(name)};isOutput=true", Value(value));

    /// <param name="path">The absolute path of a Markdown file. It is escaped and otherwise left alone, so that the file is found.</param>
    public static string UploadSummary(string path) => Command("task.uploadsummary", Escape(path));

    /// <summary>A line that stands out in the log; the agent itself does nothing about it.</summary>
    public static string Section(string text) => $"##[section]{SafeText.Clean(text)}";

    private static string Command(string head, string data) => $"##vso[{head}]{data}";

    private static string Value(string text) => Escape(SafeText.Clean(text));

    private static string Escape(string text) =>
        s_escapes.Aggregate(text, (escaped, pair) => escaped.Replace(pair.Token, pair.Escape, StringComparison.Ordinal));
}
