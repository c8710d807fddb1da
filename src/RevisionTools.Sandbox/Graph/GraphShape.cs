using System.Text.RegularExpressions;

namespace RevisionTools.Sandbox;

/// <summary>A kind of clause that the sandbox knows, by name.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Pattern">What a clause of this kind looks like.</param>
/// <param name="Apply">Adds a clause that looks so to a query.</param>
internal sealed record GraphShape(string Name, Regex Pattern, Action<GraphQuery, Match> Apply);
