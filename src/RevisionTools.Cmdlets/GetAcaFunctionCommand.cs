using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets;

/// <summary>Gets the functions of function apps: what starts each, whether it is enabled, and what the platform scales on for it.</summary>
/// <remarks>
/// <para>The functions of an app are those of its latest revision, ready or not, in Multiple mode too; RevisionName says which that is. Those of another revision are read with -RevisionName, or by piping the revision.</para>
/// <para>Every active revision of a function app takes part in the work of triggers other than HTTP (ConsumesEvents), whatever its traffic weight. The scale rules that the platform makes of triggers are shown nowhere in Azure; ScaleSource says what they look at, and unknown for a trigger that nobody has heard of.</para>
/// </remarks>
/// <example>
/// <para>The functions of an app's latest revision.</para>
/// <code>
/// Get-AcaFunction func-invoices
/// </code>
/// <code language="output">
///    ContainerApp: func-invoices (rg-data)
///
/// Name                         TriggerType          State     ScaleSource                RevisionName
/// ----                         -----------          -----     -----------                ------------
/// PreviewInvoice               httpTrigger          Enabled   requests                   func-invoices--0000004
/// SendReminders                timerTrigger         Enabled   schedule                   func-invoices--0000004
/// CreateInvoice                queueTrigger         Enabled   storage queue              func-invoices--0000004
/// </code>
/// </example>
/// <example>
/// <para>The functions of an older revision that go on taking work as long as it is active.</para>
/// <code>
/// Get-AcaFunction func-invoices -RevisionName '0000002' | Where-Object ConsumesEvents
/// </code>
/// <code language="output">
///    ContainerApp: func-invoices (rg-data)
///
/// Name                         TriggerType          State     ScaleSource                RevisionName
/// ----                         -----------          -----     -----------                ------------
/// SendReminders                timerTrigger         Enabled   schedule                   func-invoices--0000002
/// CreateInvoice                queueTrigger         Enabled   storage queue              func-invoices--0000002
/// </code>
/// </example>
/// <example>
/// <para>The functions of every function app.</para>
/// <code>
/// Get-AcaApp -Kind FunctionApp | Get-AcaFunction
/// </code>
/// <code language="output">
///    ContainerApp: func-invoices (rg-data)
///
/// Name                         TriggerType          State     ScaleSource                RevisionName
/// ----                         -----------          -----     -----------                ------------
/// PreviewInvoice               httpTrigger          Enabled   requests                   func-invoices--0000004
/// SendReminders                timerTrigger         Enabled   schedule                   func-invoices--0000004
/// CreateInvoice                queueTrigger         Enabled   storage queue              func-invoices--0000004
/// </code>
/// </example>
/// <example>
/// <para>Timers in all active revisions of an app: each fires on its own.</para>
/// <code>
/// Get-AcaRevision func-invoices -Active | Get-AcaFunction -Name *Reminders
/// </code>
/// <code language="output">
///    ContainerApp: func-invoices (rg-data)
///
/// Name                         TriggerType          State     ScaleSource                RevisionName
/// ----                         -----------          -----     -----------                ------------
/// SendReminders                timerTrigger         Enabled   schedule                   func-invoices--w6e1u9n
/// SendReminders                timerTrigger         Enabled   schedule                   func-invoices--0000001
/// SendReminders                timerTrigger         Enabled   schedule                   func-invoices--0000002
/// SendReminders                timerTrigger         Enabled   schedule                   func-invoices--0000003
/// SendReminders                timerTrigger         Enabled   schedule                   func-invoices--0000004
/// </code>
/// </example>
/// <example>
/// <para>The functions of a resource id of an app or of a revision.</para>
/// <code>
/// $revision = Get-AcaRevision func-invoices -Latest
/// Get-AcaFunction -ResourceId $revision.ResourceId
/// </code>
/// <code language="output">
///    ContainerApp: func-invoices (rg-data)
///
/// Name                         TriggerType          State     ScaleSource                RevisionName
/// ----                         -----------          -----     -----------                ------------
/// PreviewInvoice               httpTrigger          Enabled   requests                   func-invoices--0000004
/// SendReminders                timerTrigger         Enabled   schedule                   func-invoices--0000004
/// CreateInvoice                queueTrigger         Enabled   storage queue              func-invoices--0000004
/// </code>
/// </example>
/// <output cref="ContainerAppFunction">One for each function of each revision.</output>
/// <note>An app that is no function app is refused with RequestRefused where it is named; wildcards and the pipeline pass over it.</note>
/// <seealso cref="GetAcaAppCommand"/>
/// <seealso cref="GetAcaRevisionCommand"/>
/// <seealso href="about_RevisionTools"/>
[Cmdlet(VerbsCommon.Get, "AcaFunction", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(ContainerAppFunction))]
public sealed class GetAcaFunctionCommand : AppReadCmdlet
{
    /// <summary>Names of functions; PowerShell's wildcards may be used. All functions when left out.</summary>
    /// <value>*</value>
    [Parameter(Position = 1, ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByResourceId)]
    [Parameter(ParameterSetName = ParameterSets.ByInputObject)]
    [Parameter(ParameterSetName = ParameterSets.ByRevision)]
    [Alias("FunctionName")]
    [ArgumentCompleter(typeof(FunctionNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The revision, in full (app--suffix) or the suffix alone, in quotes where it is all digits; with PowerShell's wildcards the active ones that match. The app's latest when left out.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(RevisionNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? RevisionName { get; set; }

    /// <summary>The revisions, as Get-AcaRevision gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByRevision)]
    [ValidateNotNull]
    public Revision[] Revision { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var azure = Session.Azure;
        var scopes = Scopes();
        var comesByPipe = ParameterSetName is ParameterSets.ByInputObject or ParameterSets.ByRevision;
        Run((output, token) => new FunctionReader(azure, output).ReadAsync(scopes, Name, passOver: comesByPipe, token));
    }

    private protected override IReadOnlyList<AppScope> Scopes() => ParameterSetName switch
    {
        ParameterSets.ByRevision => ScopesOf(Revision, AppScope.OfRevision),
        ParameterSets.ByName => [.. ContainerAppName.Select(name => ScopeOf(name, RevisionName))],
        _ => base.Scopes(),
    };
}
