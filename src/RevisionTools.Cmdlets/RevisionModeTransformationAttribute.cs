using System.ComponentModel;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Takes the modes by their names alone, where PowerShell would also take their numbers and several of them; and says of Labels why it cannot be set.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public sealed class RevisionModeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The mode of that name.</summary>
    /// <param name="engineIntrinsics">PowerShell's engine.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>A <see cref="RevisionMode"/>.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is no name of a mode that can be set.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var name = value is string or RevisionMode ? value.ToString() : null;
        if (Names.Same(name, RevisionModes.Labels))
        {
            throw new ArgumentTransformationMetadataException(
                "Labels mode is in preview: the stable api-version that this module uses cannot set it. An app that is in it can be set to Single or Multiple.");
        }

        foreach (var mode in Enum.GetValues<RevisionMode>())
        {
            if (Names.Same(name, mode.ToString()))
            {
                return mode;
            }
        }

        throw new ArgumentTransformationMetadataException($"'{value}' is no revision mode that can be set. Give Single or Multiple.");
    }
}
