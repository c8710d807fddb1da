namespace RevisionTools.Tests.Accounts.StandIns;

/// <summary>What a stand-in answers.</summary>
internal sealed record StandInAnswer(int Status, string Body, string ContentType = "application/json; charset=utf-8")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
