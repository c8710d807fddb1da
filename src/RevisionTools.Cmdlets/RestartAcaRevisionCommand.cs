using System.Management.Automation;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets;

/// <summary>Restarts the replicas of revisions.</summary>
/// <remarks>
/// <para>Running replicas take in changed secrets only by a restart. The service starts new replicas and takes the old ones down; nothing of the revision itself changes.</para>
/// <para>An inactive revision has nothing to restart and is refused.</para>
/// </remarks>
/// <example>
/// <para>Restart what serves now, after a secret was changed.</para>
/// <code>
/// Get-AcaRevision web-shop -Stage Active | Restart-AcaRevision
/// </code>
/// </example>
/// <seealso cref="GetAcaReplicaCommand"/>
[Cmdlet(VerbsLifecycle.Restart, "AcaRevision", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Revision))]
public sealed class RestartAcaRevisionCommand : RevisionTargetCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        List<RevisionId> approved = [];
        foreach (var (revision, _) in ReadTargets())
        {
            if (!revision.IsStanding)
            {
                var failure = new RevisionToolsException(
                    FailureKind.RequestRefused, $"Revision '{revision.Name}' is {revision.Stage}; only an active revision can be restarted.");
                WriteError(ErrorRecords.From(failure, revision));
            }
            else if (ShouldProcess(Target(revision), "Restart revision"))
            {
                approved.Add(revision.Id);
            }
        }

        if (approved.Count > 0)
        {
            var azure = Session.Azure;
            Run((output, token) => new RestartRunner(azure, Random.Shared, output).RunAsync(
                approved, ThrottleLimit, revision => PassThru ? output.EmitAsync(revision) : ValueTask.CompletedTask, token));
        }
    }
}
