using RevisionTools.FaultRuns.Oracle;
using RevisionTools.Lifecycle;

namespace RevisionTools.FaultRuns.Mutants;

/// <summary>A way in which the code under test is made wrong, to see that it is noticed.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Interlocks">The rules in place of the right ones.</param>
/// <param name="Notices">What has to be said of it; null for anything.</param>
internal sealed record Mutant(string Name, InterlockRules Interlocks, Shield? Notices = null);
