namespace RevisionTools.Tests.Sandbox.Fidelity;

/// <summary>A row of the table of behaviour.</summary>
/// <param name="Section">The section of ARM-FACTS.</param>
/// <param name="Behaviour">What the sandbox does.</param>
/// <param name="Evidence">How it is known that the service does so.</param>
/// <param name="Tests">The tests that show it, as <c>Class.Method</c>.</param>
internal sealed record FidelityRow(string Section, string Behaviour, string Evidence, IReadOnlyList<string> Tests)
{
    /// <summary>The sources that the row names.</summary>
    internal IEnumerable<string> Sources => FidelityTable.InBackticks(Behaviour).Where(word => word.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The error codes that the row names.</summary>
    internal IEnumerable<string> ErrorCodes => FidelityTable.InBackticks(Behaviour)
        .Where(word => char.IsUpper(word[0]) && word.All(char.IsLetterOrDigit) && word.Count(char.IsUpper) > 1);
}
