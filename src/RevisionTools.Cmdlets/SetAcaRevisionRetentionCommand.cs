using System.Management.Automation;
using RevisionTools.Changes;
using RevisionTools.Pipelines;
using RevisionTools.Pruning;

namespace RevisionTools.Cmdlets;

/// <summary>Sets how many inactive revisions of apps the platform keeps, after saying which it may purge then.</summary>
/// <remarks>
/// <para>Azure has no delete for a revision. Beyond the limit it purges inactive revisions, the oldest first, late and without a date; a purged revision cannot be activated again. A higher limit purges nothing. Active revisions do not count until they are deactivated.</para>
/// <para>Where a lower limit puts revisions at risk, the command asks as commands of high impact do: unless -Confirm:$false is given or $ConfirmPreference is None. Where nobody can be asked, it fails with ConfirmationRequired. -KeepSince refuses with RetentionTooLow a lower limit that could take revisions that were made or active within a time; of a limit that is no lower and still too low for that it warns.</para>
/// </remarks>
/// <example>
/// <para>See what a lower limit would let Azure purge.</para>
/// <code>
/// Set-AcaRevisionRetention api-catalog -MaxInactive 50 -WhatIf
/// </code>
/// <code language="output">
/// What if: Performing the operation "Set limit of inactive revisions from 100 to 50 (lets Azure purge 50 inactive
/// revisions, api-catalog--0000004 to api-catalog--0000053, beside 4 older that are beyond the limit already)" on target
/// "api-catalog (rg-shop)".
/// </code>
/// </example>
/// <example>
/// <para>Lower the limit of all apps of a group, but keep what was in use within a month.</para>
/// <code>
/// Get-AcaApp -ResourceGroupName rg-data | Set-AcaRevisionRetention -MaxInactive 20 -KeepSince 30d -Confirm:$false | Sort-Object ContainerAppName
/// </code>
/// <code language="output">
/// ContainerApp                  ResourceGroup    Before After Inactive MayBePurged Message
/// ------------                  -------------    ------ ----- -------- ----------- -------
/// func-invoices                 rg-data             100    20        0           0 No inactive revision is beyond the li…
/// notifications                 rg-data             100    20        0           0 No inactive revision is beyond the li…
/// orders-worker                 rg-data             100    20        1           0 No inactive revision is beyond the li…
/// reports                       rg-data             100    20        2           0 No inactive revision is beyond the li…
/// </code>
/// </example>
/// <example>
/// <para>Set the limit by the id of the app, and list what may be purged.</para>
/// <code>
/// $app = Get-AcaApp api-catalog
/// (Set-AcaRevisionRetention -ResourceId $app.ResourceId -MaxInactive 90 -Confirm:$false).MayBePurged
/// </code>
/// <code language="output">
///    ContainerApp: api-catalog (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// api-catalog--h1n6s8c                0            2026-08-21 12:59 Inactive, kept for rollback until purged
/// api-catalog--0000001                0            2026-08-22 08:58 Inactive, kept for rollback until purged
/// api-catalog--0000002                0            2026-08-23 04:58 Inactive, kept for rollback until purged
/// api-catalog--0000003                0            2026-08-24 00:58 Inactive, kept for rollback until purged
/// api-catalog--0000004                0            2026-08-24 20:58 Inactive, kept for rollback until purged
/// api-catalog--0000005                0            2026-08-25 16:59 Inactive, kept for rollback until purged
/// api-catalog--0000006                0            2026-08-26 12:59 Inactive, kept for rollback until purged
/// api-catalog--0000007                0            2026-08-27 08:59 Inactive, kept for rollback until purged
/// api-catalog--0000008                0            2026-08-28 04:59 Inactive, kept for rollback until purged
/// …
/// </code>
/// </example>
/// <output cref="RetentionChange">One for each app.</output>
/// <note>Limits from 1 to 100 are taken: 100 is the service's default and the highest that is documented, and 0 is what Azure answers for an app without a limit of its own. An app that has the limit already is a success without a write.</note>
/// <seealso cref="GetAcaRevisionCommand"/>
/// <seealso cref="InvokeAcaRevisionPruneCommand"/>
/// <seealso href="about_RevisionTools_Pruning"/>
[Cmdlet(VerbsCommon.Set, "AcaRevisionRetention", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RetentionChange))]
public sealed class SetAcaRevisionRetentionCommand : AppSettingCmdlet
{
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>How many inactive revisions the platform keeps of each app, from 1 to 100.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [WholeNumberTransformation]
    [ValidateRange(1, 100)]
    public int MaxInactive { get; set; }

    /// <summary>Refuses a lower limit that could take inactive revisions that were made or active within this time: 7d, 48h, 2d12h, 48:00:00 or 2.00:00:00. A number without a unit is refused.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? KeepSince { get; set; }

    /// <summary>How long to wait for another operation on the app to end, in seconds; 300 when left out.</summary>
    /// <value>300</value>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();

        // A variable that is not set would make the rule vanish, and what it should have kept with it.
        if (MyInvocation.BoundParameters.ContainsKey(nameof(KeepSince)) && KeepSince is not { Ticks: > 0 })
        {
            EndWith(
                new RevisionToolsException(FailureKind.InvalidRetentionRule, "-KeepSince was given without a span. Leave it out, or give it one above zero."), KeepSince);
        }
    }

    private protected override void ProcessAll()
    {
        var azure = Session.Azure;
        var approved = ReadApps().Select(item => RetentionForecast.Of(item.State.Snapshot, MaxInactive))
            .Where(forecast => IsAllowed(forecast, azure.Time.GetUtcNow()) && IsAgreedTo(forecast)).ToList();
        CarryOut(
            approved, forecast => forecast.App.ResourceId,
            (forecast, output, token) => new RetentionChanger(azure, KeepSince, TimeSpan.FromSeconds(TimeoutSec), output).ChangeAsync(forecast, token));
    }

    private protected override void OnResult(object result) => Conclude(PipelineOutcomes.Of((RetentionChange)result));

    private bool IsAllowed(RetentionForecast forecast, DateTimeOffset now)
    {
        try
        {
            if (KeepSince is { } span)
            {
                forecast.RequireKept(span, now);
                if (forecast.Shortage(span, now) is { } shortage)
                {
                    Warn($"App '{forecast.App.Name}': {shortage}");
                }
            }

            return true;
        }
        catch (RevisionToolsException refusal)
        {
            Fail(refusal, forecast.App);
            return false;
        }
    }

    private bool IsAgreedTo(RetentionForecast forecast)
    {
        if (forecast.Before == forecast.After)
        {
            return true;
        }

        WriteVerbose($"Inactive revisions of '{forecast.App.Name}' beyond a limit of {forecast.After}: {string.Join(", ", forecast.MayBePurged)}.");
        return ShouldProcess(Target(forecast.App), forecast.Describe()) && (forecast.Endangered.Count == 0 || !AsksAboutHighImpact || IsInsistedOn(forecast));
    }

    // An attribute fixes the impact of a cmdlet, and here only some calls have a high one. At Medium and below ShouldProcess has asked already.
    private bool AsksAboutHighImpact => !MyInvocation.BoundParameters.ContainsKey("Confirm")
        && LanguagePrimitives.TryConvertTo<ConfirmImpact>(GetVariableValue("ConfirmPreference"), out var preference) && preference == ConfirmImpact.High;

    private bool IsInsistedOn(RetentionForecast forecast)
    {
        var what = $"The limit of {forecast.After} for '{forecast.App.Name}' {forecast.Risk()}; a purged revision cannot be activated again";
        if (ShouldContinue($"{what}. Set it?", "Revisions may be purged", hasSecurityImpact: false, ref _yesToAll, ref _noToAll) is { } answer)
        {
            return answer;
        }

        var refusal = new RevisionToolsException(FailureKind.ConfirmationRequired, $"{what}. This needs somebody's yes, and nobody can be asked here, so it was not set.")
        {
            ResourceId = forecast.App.ResourceId,
        };
        Fail(refusal, forecast.App);
        return false;
    }
}
