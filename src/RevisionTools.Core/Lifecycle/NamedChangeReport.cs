using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>Says how a change of a revision that a person has named ended.</summary>
internal sealed class NamedChangeReport(IWorkOutput output, bool passThru)
{
    public async ValueTask ReportAsync(Revision planned, StateChange end)
    {
        var revision = end.Revision ?? planned;
        var failure = end.Failure;
        if (end.Outcome == StateChangeOutcome.NotAttempted)
        {
            await output.WarnAsync($"Revision '{planned.Name}' was not attempted after {failure!.Kind}.").ConfigureAwait(false);
        }
        else if (failure is not null)
        {
            await output.FailAsync(failure, revision).ConfigureAwait(false);
        }
        else if (end.Revision is null)
        {
            await output.WarnAsync($"Azure accepted the change of revision '{planned.Name}', and it could not be read back.").ConfigureAwait(false);
        }
        else if (passThru)
        {
            await output.EmitAsync(end.Revision).ConfigureAwait(false);
        }
    }
}
