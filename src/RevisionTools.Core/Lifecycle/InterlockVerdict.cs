namespace RevisionTools.Lifecycle;

/// <summary>What an interlock means for a single revision that a person has named; the greater value wins.</summary>
internal enum InterlockVerdict
{
    /// <summary>Nothing to say: taking it down may be the very point.</summary>
    Allow,

    /// <summary>Allowed; the person is told.</summary>
    Tell,

    /// <summary>Only after the person has said yes.</summary>
    Ask,

    /// <summary>Not done.</summary>
    Refuse,
}
