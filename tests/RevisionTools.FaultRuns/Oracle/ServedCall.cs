namespace RevisionTools.FaultRuns.Oracle;

/// <summary>A write about a revision that the service has seen.</summary>
/// <param name="Life">The process that sent it.</param>
/// <param name="Action">activate or deactivate.</param>
/// <param name="TookEffect">Whether it was accepted.</param>
/// <param name="MayBeLost">Whether its answer leaves open whether it took effect, or never came.</param>
internal sealed record ServedCall(int Life, string Action, bool TookEffect, bool MayBeLost);
