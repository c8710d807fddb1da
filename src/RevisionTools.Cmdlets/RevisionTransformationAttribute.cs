using System.Collections;
using System.ComponentModel;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Lets revisions be named by name, by resource id, or by an object that has one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public sealed class RevisionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The name or the resource id.</summary>
    /// <param name="engineIntrinsics">PowerShell's engine.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>A text, or an array of texts for several.</returns>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            Revision revision => revision.ResourceId,
            string => value,
            IList items => items.Cast<object?>().Select(item => Transform(engineIntrinsics, item)).ToArray(),
            not null when (PSObject.AsPSObject(inputData).Properties["ResourceId"] ?? PSObject.AsPSObject(inputData).Properties["Id"])?.Value is string id => id,
            _ => inputData,
        };
    }
}
