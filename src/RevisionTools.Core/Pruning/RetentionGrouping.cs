namespace RevisionTools;

/// <summary>What the keep rules that count are applied to, each group by itself.</summary>
public enum RetentionGrouping
{
    /// <summary>All revisions of the app together.</summary>
    App,

    /// <summary>Revisions with the same image repositories; tag and digest do not count.</summary>
    Image,

    /// <summary>Revisions that have or had the same label; those that never had one are a group too, and one that had several belongs to several.</summary>
    Label,
}
