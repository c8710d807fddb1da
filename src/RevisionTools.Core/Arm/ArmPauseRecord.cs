namespace RevisionTools.Arm;

/// <summary>What may be told of a pause before a request goes out, or goes out again.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, without the query; of a request for a token with the host before it.</param>
/// <param name="Try">Which sending comes after it; 1 for the first.</param>
/// <param name="Pause">How long it will be.</param>
/// <param name="Reason">Why.</param>
internal readonly record struct ArmPauseRecord(string Method, string Path, int Try, TimeSpan Pause, string Reason);
