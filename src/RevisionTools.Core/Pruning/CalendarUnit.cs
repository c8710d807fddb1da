namespace RevisionTools.Pruning;

/// <summary>What a calendar rule counts.</summary>
internal enum CalendarUnit
{
    /// <summary>From midnight to midnight.</summary>
    Day,

    /// <summary>From Monday to Sunday.</summary>
    Week,

    /// <summary>From the first to the last.</summary>
    Month,
}
