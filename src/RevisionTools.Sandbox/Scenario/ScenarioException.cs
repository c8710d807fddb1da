namespace RevisionTools.Sandbox;

/// <summary>A scenario cannot be used: where in its JSON, and why. The message is one line with both.</summary>
public sealed class ScenarioException : Exception
{
    /// <summary>A fault in a scenario.</summary>
    /// <param name="path">The JSON path, from <c>$</c>.</param>
    /// <param name="reason">What is wrong there.</param>
    /// <param name="innerException">What caused it.</param>
    internal ScenarioException(string path, string reason, Exception? innerException = null)
        : base(OneLine($"{path}: {reason}"), innerException) => (Path, Reason) = (path, OneLine(reason));

    /// <summary>The JSON path of what is wrong; <c>$</c> is the whole.</summary>
    public string Path { get; }

    /// <summary>What is wrong there.</summary>
    public string Reason { get; }

    /// <summary>What a file says must not reach a terminal as a command.</summary>
    private static string OneLine(string text) =>
        string.Concat(text.ReplaceLineEndings(" ").Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));
}
