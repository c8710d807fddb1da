using System.ComponentModel;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Lets a retention policy be given as an object or as the path of a file.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public sealed class RetentionPolicyTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The policy. What is wrong with a file is told by the command, as an error with an id of its own.</summary>
    /// <param name="engineIntrinsics">PowerShell's engine.</param>
    /// <param name="inputData">A policy, or a path.</param>
    /// <returns>The policy, or null for null.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is neither a policy nor a path.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        ArgumentNullException.ThrowIfNull(engineIntrinsics);
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null or RetentionPolicy => value,
            string path when !string.IsNullOrWhiteSpace(path) => Read(engineIntrinsics, path),
            FileInfo file => Read(engineIntrinsics, file.FullName),

            // PowerShell would make one of a table, with spans that it reads in its own way: 48:00:00 as 48 days.
            _ => throw new ArgumentTransformationMetadataException(
                $"'{value}' is no retention policy. Give one as New-AcaRetentionPolicy makes it, or the path of a file."),
        };
    }

    private static RetentionPolicy Read(EngineIntrinsics engineIntrinsics, string path)
    {
        try
        {
            return PolicyFile.Read(engineIntrinsics.SessionState.Path, path);
        }
        catch (RevisionToolsException failure)
        {
            return new RetentionPolicy { ReadFailure = failure };
        }
    }
}
