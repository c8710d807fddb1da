using System.Collections;
using System.ComponentModel;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Lets prune plans be given as objects, or as the path of a file that holds them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public sealed class PrunePlanTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The plans or the path.</summary>
    /// <param name="engineIntrinsics">PowerShell's engine.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>A <see cref="PrunePlanSource"/>, an array of them, or what was given where it is neither plan nor path.</returns>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            not PrunePlan when inputData is PSObject { TypeNames: var names } && names.Any(IsCopy) => PrunePlanSource.OfCopy(),
            PrunePlan plan => new PrunePlanSource(plan),
            string { Length: > 0 } path => new PrunePlanSource(path),
            FileInfo file => new PrunePlanSource(file.FullName),
            IList items => items.Cast<object?>().Select(item => Transform(engineIntrinsics, item)).ToArray(),
            _ => inputData,
        };
    }

    // Deserialized.RevisionTools.PrunePlan, Selected.RevisionTools.PrunePlan and the like.
    private static bool IsCopy(string typeName) => typeName.EndsWith($".{typeof(PrunePlan).FullName}", StringComparison.OrdinalIgnoreCase);
}
