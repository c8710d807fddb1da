using System.ComponentModel;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Refuses fractions, which PowerShell would round.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public sealed class WholeNumberTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>What was given, unless it is a number with a fraction.</summary>
    /// <param name="engineIntrinsics">PowerShell's engine.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It has a fraction.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        LanguagePrimitives.TryConvertTo<double>(inputData, out var number) && double.IsFinite(number) && Math.Truncate(number) != number
            ? throw new ArgumentTransformationMetadataException($"'{inputData}' is not a whole number.")
            : inputData;
}
