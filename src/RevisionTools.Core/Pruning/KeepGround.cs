namespace RevisionTools.Pruning;

/// <summary>What a revision is kept on, the weakest first.</summary>
internal enum KeepGround
{
    /// <summary>It is the oldest of its group, and stands in for days, weeks or months that are not there yet.</summary>
    StandIn,

    /// <summary>Age, or its place in the calendar. Gives way to <see cref="RetentionPolicy.MaxActive"/>.</summary>
    Time,

    /// <summary>Its place among others: the newest, of a label, of an image, ready; or a date that lies ahead.</summary>
    Place,

    /// <summary>Somebody named it, or its app, by a pattern or a tag. Nothing outdoes that.</summary>
    Name,
}
