using System.ComponentModel;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Says of Labels mode why it cannot be set, where PowerShell would only say that there is no such word.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public sealed class RevisionModeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>What was given, unless it is Labels.</summary>
    /// <param name="engineIntrinsics">PowerShell's engine.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is Labels.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return string.Equals(value as string, RevisionModes.Labels, StringComparison.OrdinalIgnoreCase)
            ? throw new ArgumentTransformationMetadataException(
                "Labels mode is in preview: the stable api-version that this module uses cannot set it. An app that is in it can be set to Single or Multiple.")
            : inputData;
    }
}
