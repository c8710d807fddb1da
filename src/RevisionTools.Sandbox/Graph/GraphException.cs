namespace RevisionTools.Sandbox;

/// <summary>A query has a clause that the sandbox does not know; it never leaves the sandbox.</summary>
internal sealed class GraphException(string clause) : Exception($"No query shape of the sandbox fits '{clause}'.");
