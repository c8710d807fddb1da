namespace RevisionTools.Tests.Support;

/// <summary>A test that needs the recorded traffic.</summary>
public sealed class RecordingsFactAttribute : FactAttribute
{
    /// <summary>Skips the test where the recordings are not there.</summary>
    public RecordingsFactAttribute() => Skip = Recordings.Missing;
}
