using System.Management.Automation;
using RevisionTools.Pruning;

namespace RevisionTools.Cmdlets;

/// <summary>Finds and reads files with retention policies by PowerShell's paths.</summary>
internal static class PolicyFile
{
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidRetentionPolicyFile"/></exception>
    public static RetentionPolicy Read(PathIntrinsics paths, string path) =>
        RetentionPolicyJson.ReadFile(FilePath.Resolve(paths, path, FailureKind.InvalidRetentionPolicyFile));
}
