using System.ComponentModel;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Lets a retention policy be given as an object or as the path of a file.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public sealed class RetentionPolicyTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The policy.</summary>
    /// <param name="engineIntrinsics">PowerShell's engine.</param>
    /// <param name="inputData">A policy, or a path.</param>
    /// <returns>The policy.</returns>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value;
    }
}
