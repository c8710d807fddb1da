using System.ComponentModel;
using RevisionTools.Pruning.Saved;

namespace RevisionTools.Cmdlets;

/// <summary>A prune plan, or the file that holds some. PowerShell makes it of either.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PrunePlanSource
{
    private readonly PrunePlan? _plan;
    private readonly string? _path;

    private PrunePlanSource()
    {
    }

    internal PrunePlanSource(PrunePlan plan) => _plan = plan;

    internal PrunePlanSource(string path) => _path = path;

    /// <summary>What looks like a plan and is none: bound as one, since by its resource id the app would be planned anew, by other rules.</summary>
    internal static PrunePlanSource OfCopy() => new();

    /// <summary>The plan or the path.</summary>
    public override string ToString() => _path ?? _plan?.ToString() ?? "copy of a plan";

    /// <summary>The plans; read when they are asked for, since what is wrong with a file is an error of the command.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidPrunePlan"/></exception>
    internal IReadOnlyList<PrunePlan> Read(Func<string, string> resolvePath) =>
        _plan is not null ? [_plan]
        : _path is not null ? PlanFile.ReadFile(resolvePath(_path))
        : throw new RevisionToolsException(
            FailureKind.InvalidPrunePlan,
            "What was given is a copy of a plan without what the plan was made from, as Export-Clixml, a remote session or Select-Object makes it. It cannot be carried out; save plans with -PlanPath.");
}
