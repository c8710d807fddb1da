namespace RevisionTools.Arm;

/// <summary>What may be told of a request: no query, no body, no header of it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, without the query; of a request that does not go to Azure Resource Manager with the host before it.</param>
/// <param name="Try">1 for the first sending, one more for each retry after passing trouble or with a new token; 1 for each request to anybody else.</param>
/// <param name="Status">The HTTP status, 0 when no answer came.</param>
/// <param name="Milliseconds">From sending to the last byte of the answer; of a request to anybody else to its first.</param>
/// <param name="CorrelationId">The id by which Microsoft support finds the request.</param>
internal readonly record struct ArmRequestRecord(
    string Method, string Path, int Try, int Status, double Milliseconds, string? CorrelationId);
