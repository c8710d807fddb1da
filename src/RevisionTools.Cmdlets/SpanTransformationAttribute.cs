using System.ComponentModel;
using System.Management.Automation;
using RevisionTools.Pruning;

namespace RevisionTools.Cmdlets;

/// <summary>Reads spans of time: texts with units or as a clock; a bare number is refused, since PowerShell would take it for ticks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public sealed class SpanTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The span that was meant.</summary>
    /// <param name="engineIntrinsics">PowerShell's engine.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>A <see cref="TimeSpan"/>, or null for null.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is no span, or a number without a unit.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null or TimeSpan => value,
            string text when SpanText.TryParse(text, out var span) => span,
            int and 0 => TimeSpan.Zero,

            // Unquoted, 7d is a decimal number for PowerShell, and nothing else that one would type is.
            decimal days when Math.Abs(days) <= 100_000 => TimeSpan.FromDays((double)days),

            // And 30s is a short one.
            short seconds => TimeSpan.FromSeconds(seconds),
            _ => throw new ArgumentTransformationMetadataException(
                $"'{value}' is no span of time that can be understood without guessing. Give one with its unit, {SpanText.Forms}."),
        };
    }
}
