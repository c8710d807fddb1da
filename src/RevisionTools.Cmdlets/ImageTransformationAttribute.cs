using System.Collections;
using System.ComponentModel;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Reads images: one for the container that is meant, or a table of container and image.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public sealed class ImageTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The images by container; under the empty name that of the container that is meant.</summary>
    /// <param name="engineIntrinsics">PowerShell's engine.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>A table.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is neither a text nor a table.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            IDictionary table => table,
            string image => new Hashtable { [""] = image },
            _ => throw new ArgumentTransformationMetadataException($"'{value}' is no image: give a text, or a table of container and image."),
        };
    }
}
