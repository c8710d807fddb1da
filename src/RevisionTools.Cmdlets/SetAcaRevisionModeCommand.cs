using System.Management.Automation;
using RevisionTools.Changes;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;
using RevisionTools.Pipelines;

namespace RevisionTools.Cmdlets;

/// <summary>Sets the revision mode of apps, after saying which revisions that takes down.</summary>
/// <remarks>
/// <para>In Single mode the platform keeps the latest revision and takes all others down. -WhatIf and the question of -Confirm name them; what goes down, labels that go dead and revisions that consume events are named in a warning before. In Multiple mode nothing is taken down; Azure has been seen to activate revisions again that a switch to Single had taken down, and what comes up is named in a warning afterwards.</para>
/// <para>Single is refused with RevisionProtected while traffic goes to a revision that is not the latest (CarriesTraffic), and while the latest is not ready (LastActive). -Force makes a warning of that. An app that is in the mode already is a success without a write.</para>
/// <para>The app is read afresh before the write, and again after it until the other revisions are seen to go down; -Wait lasts until they are inactive, 15 to 70 seconds later. The app as it is then is returned.</para>
/// </remarks>
/// <example>
/// <para>See what Single mode would take down.</para>
/// <code>
/// Set-AcaRevisionMode Single api-images -WhatIf
/// </code>
/// <code language="output">
/// WARNING: App 'api-images': Single mode takes down api-images--f3r7y0k (Ready), api-images--0000001 (Ready),
/// api-images--0000002 (Ready).
/// What if: Performing the operation "Set revision mode from Multiple to Single (keeps api-images--0000003; takes down
/// api-images--f3r7y0k, api-images--0000001, api-images--0000002)" on target "api-images (rg-shop)".
/// </code>
/// </example>
/// <example>
/// <para>Keep one consumer of a queue: the old revisions take messages, too, as long as they are active.</para>
/// <code>
/// Get-AcaApp orders-worker | Set-AcaRevisionMode Single -Wait
/// </code>
/// <code language="output">
/// WARNING: App 'orders-worker': these consume events and go down: orders-worker--0000001 (azure-servicebus:orders);
/// orders-worker--0000002 (azure-servicebus:orders).
/// WARNING: App 'orders-worker': Single mode takes down orders-worker--0000001 (Active), orders-worker--0000002 (Active).
///
/// Name                     ResourceGroup    Mode            State      LatestReady                Traffic
/// ----                     -------------    ----            -----      -----------                -------
/// orders-worker            rg-data          Single          Running    orders-worker--0000003
/// </code>
/// </example>
/// <example>
/// <para>Let several revisions of an app run side by side, by the id of the app.</para>
/// <code>
/// $app = Get-AcaApp web-landing
/// Set-AcaRevisionMode Multiple -ResourceId $app.ResourceId
/// </code>
/// <code language="output">
/// Name                     ResourceGroup    Mode            State      LatestReady                Traffic
/// ----                     -------------    ----            -----      -----------                -------
/// web-landing              rg-shop          Multiple        Running    web-landing--0000006       latest=100
/// </code>
/// </example>
/// <output cref="ContainerApp">Each app as it is after the change.</output>
/// <note>Labels mode is in preview and cannot be set here; an app that is in it can be set to Single or Multiple.</note>
/// <seealso cref="GetAcaAppCommand"/>
/// <seealso cref="SetAcaRevisionStateCommand"/>
/// <seealso cref="SetAcaRevisionRetentionCommand"/>
/// <seealso href="about_RevisionTools_Traffic"/>
[Cmdlet(VerbsCommon.Set, "AcaRevisionMode", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ContainerApp))]
public sealed class SetAcaRevisionModeCommand : AppSettingCmdlet
{
    /// <summary>The wanted mode.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [RevisionModeTransformation]
    public RevisionMode Mode { get; set; }

    /// <summary>The app. Without -ResourceGroupName it is looked for in the whole subscription, and must be the only one of its name. No wildcards: pipe from Get-AcaApp for these.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(ContainerAppNameCompleter))]
    [ValidateNotNullOrEmpty]
    public override string ContainerAppName { get; set; } = "";

    /// <summary>Waits until the revisions that go down are really inactive.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait for another operation on the app to end, and with -Wait for the revisions to be inactive, in seconds; 300 when left out.</summary>
    /// <value>300</value>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>Switches to Single although traffic goes to another revision than the latest, or the latest is not ready: requests may fail.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void ProcessAll()
    {
        var approved = ReadApps().Select(item => ModePlan.Of(item.State.Snapshot, Mode)).Where(IsToBeDone).ToList();
        var azure = Session.Azure;
        var timeout = TimeSpan.FromSeconds(TimeoutSec);
        var options = new ModeChangeOptions { Patience = timeout, WaitTimeout = Wait ? timeout : null };
        CarryOut(approved, plan => plan.App.ResourceId, async (plan, output, token) =>
        {
            var app = await new ModeChanger(azure, options, output).ChangeAsync(plan, token).ConfigureAwait(false);
            Conclude(PipelineOutcomes.Of(plan.App, app));
            return app;
        });
    }

    private bool IsToBeDone(ModePlan plan)
    {
        if (!plan.IsThere)
        {
            return IsAllowed(plan) && ShouldProcess(Target(plan.App), plan.Describe());
        }

        WriteVerbose($"The app '{plan.App.Name}' is in mode {plan.App.RevisionMode} already.");
        if (Wait && plan.Others.Count > 0)
        {
            return true;
        }

        Conclude(PipelineOutcomes.Of(plan.App, plan.App));
        WriteObject(plan.App);
        return false;
    }

    private bool IsAllowed(ModePlan plan)
    {
        if (!Force && plan.Refusal([]) is { } refusal)
        {
            Fail(refusal, plan.App);
            return false;
        }

        foreach (var said in plan.Obstacles.Select(obstacle => obstacle.ToString()).Concat(plan.Losses()).Concat(plan.Descent()))
        {
            Warn($"App '{plan.App.Name}': {said}.");
        }

        return true;
    }
}
