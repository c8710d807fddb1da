using System.ComponentModel;
using RevisionTools.Pruning.Saved;

namespace RevisionTools.Cmdlets;

/// <summary>A prune plan, or the file that holds some. PowerShell makes it of either.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PrunePlanSource
{
    private readonly PrunePlan? _plan;
    private readonly string? _path;

    internal PrunePlanSource(PrunePlan plan) => _plan = plan;

    internal PrunePlanSource(string path) => _path = path;

    /// <summary>The plan or the path.</summary>
    public override string ToString() => _path ?? _plan!.ToString();

    /// <summary>The plans; read when they are asked for, since what is wrong with a file is an error of the command.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidPrunePlan"/></exception>
    internal IReadOnlyList<PrunePlan> Read(Func<string, string> resolvePath) => _plan is null ? PlanFile.ReadFile(resolvePath(_path!)) : [_plan];
}
