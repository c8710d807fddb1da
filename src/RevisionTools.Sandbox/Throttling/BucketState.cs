namespace RevisionTools.Sandbox;

/// <summary>What is left in a token bucket.</summary>
/// <param name="Scope"><c>subscription</c>, <c>tenant</c> or <c>subscription-global</c>.</param>
/// <param name="Principal">Whose bucket it is; null for all principals together.</param>
/// <param name="Class">The class of requests.</param>
/// <param name="Left">Whole tokens.</param>
internal sealed record BucketState(string Scope, string? Principal, string Class, int Left);
