namespace RevisionTools.FaultRuns.Oracle;

/// <summary>What a request is about.</summary>
/// <param name="Group">The resource group.</param>
/// <param name="App">The app.</param>
/// <param name="Revision">The revision; null for the app or a list.</param>
/// <param name="Action">The last part behind the app or the revision; null for the thing itself.</param>
internal sealed record AppPath(string Group, string App, string? Revision, string? Action)
{
    private const int AppAt = 8;

    public string Key => $"{Group}/{App}";

    public bool IsApp => Revision is null && Action is null;

    public bool IsRevisionList => Revision is null && Action == "revisions";

    /// <summary>Reads a path; null where it is about no app.</summary>
    public static AppPath? Of(string path)
    {
        var parts = Uri.UnescapeDataString(path).Split('/');
        if (parts.Length <= AppAt || !parts[AppAt - 1].Equals("containerApps", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var isRevision = parts.Length > AppAt + 2 && parts[AppAt + 1] == "revisions";
        var action = parts.ElementAtOrDefault(isRevision ? AppAt + 3 : AppAt + 1);
        return new AppPath(parts[4], parts[AppAt], isRevision ? parts[AppAt + 2] : null, action);
    }
}
