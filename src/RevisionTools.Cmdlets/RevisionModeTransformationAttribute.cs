using System.ComponentModel;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Takes the modes that can be set by their names, and says of Labels why it cannot be set.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public sealed class RevisionModeTransformationAttribute() : EnumNameTransformationAttribute(typeof(RevisionMode))
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Names.Same(inputData?.ToString(), RevisionModes.Labels)
            ? throw new ArgumentTransformationMetadataException(
                "Labels mode is in preview: the stable api-version that this module uses cannot set it. An app that is in it can be set to Single or Multiple.")
            : base.Transform(engineIntrinsics, inputData);
}
