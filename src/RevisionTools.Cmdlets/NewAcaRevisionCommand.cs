using System.Collections;
using System.Management.Automation;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;
using RevisionTools.Pipelines;
using RevisionTools.Templates;

namespace RevisionTools.Cmdlets;

/// <summary>Makes a revision out of a named one, with the changes that you give.</summary>
/// <remarks>
/// <para>The template is that of the revision that -From names or the pipeline brings, else that of the newest that is ready, with a warning where requests go to another; never what the app happens to have now. Nothing of the app's present template stays but what the new revision is to have.</para>
/// <para>With -Suffix or -SuffixFrom the revision has a name that you know; else Azure numbers it. A suffix is taken once only, also by inactive revisions: with -ReuseIfSame a run that is repeated succeeds when the revision is there and the same.</para>
/// <para>In Multiple mode no traffic is moved. Where the traffic table follows the latest revision, Azure itself would move it: you are warned, and -PinTraffic names the revision that gets it now, in the same change. What consumes events takes part in the work as soon as it is up, at any weight; a warning says so. In Single mode the platform switches to the new revision and takes the old one down, as always.</para>
/// </remarks>
/// <example>
/// <para>Deploy an image, named after a build, and wait until it is ready.</para>
/// <code>
/// New-AcaRevision web-shop -Image contososhop.azurecr.io/shop:5.8.0 -SuffixFrom 'Build_20260115.3' -ReuseIfSame -Wait
/// </code>
/// <code language="output">
///    ContainerApp: web-shop (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// web-shop--build-20260115-3          0            2026-11-20 09:00 Ready, idle: no traffic, no event work
/// </code>
/// </example>
/// <example>
/// <para>Make an old revision anew with one setting changed, and give it a label to test it by.</para>
/// <code>
/// New-AcaRevision web-checkout -From v2-12 -EnvironmentVariable @{ FEATURE_PAY = 'off' } -Label test
/// </code>
/// <code language="output">
///    ContainerApp: web-checkout (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// web-checkout--0000006               0 test       2026-11-20 09:00 Ready, idle: reached by label test only
/// </code>
/// </example>
/// <example>
/// <para>The same from the pipeline.</para>
/// <code>
/// Get-AcaRevision web-shop 0000029 | New-AcaRevision -Suffix again -MinReplica 1 -MaxReplica 5
/// </code>
/// <code language="output">
///    ContainerApp: web-shop (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// web-shop--again                     0            2026-11-20 09:00 Ready, idle: no traffic, no event work
/// </code>
/// </example>
/// <example>
/// <para>Give an app from the pipeline more memory, and keep its traffic where it is.</para>
/// <code>
/// Get-AcaApp api-catalog | New-AcaRevision -Cpu 1 -Memory 2Gi -PinTraffic
/// </code>
/// <code language="output">
///    ContainerApp: api-catalog (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// api-catalog--0000107                0            2026-11-20 09:00 Provisioning, not ready yet (Activating)
/// </code>
/// </example>
/// <example>
/// <para>Make an older revision of an app from the pipeline anew.</para>
/// <code>
/// Get-AcaApp web-shop | New-AcaRevision -From '0000028' -Suffix rollback
/// </code>
/// <code language="output">
///    ContainerApp: web-shop (rg-shop)
///
/// Name                           Weight Labels     Created (UTC)    Stage
/// ----                           ------ ------     -------------    -----
/// web-shop--rollback                  0            2026-11-20 09:00 Provisioning, not ready yet (Activating)
/// </code>
/// </example>
/// <output cref="Revision">The new revision as it is then: with -Wait once it is ready or has failed, else right after it was made. With -ReuseIfSame the one that was there already.</output>
/// <note>A change whose answer is lost is looked for before it is sent again, so no revision is made twice. While another operation on the app goes on it is waited for, up to -TimeoutSec. -WhatIf shows the differences from the app's present template, as Compare-AcaRevision words them, and what becomes of the traffic. Secrets are neither read nor sent.</note>
/// <seealso cref="CompareAcaRevisionCommand"/>
/// <seealso cref="TestAcaChangeScopeCommand"/>
/// <seealso cref="SetAcaRevisionStateCommand"/>
/// <seealso href="about_RevisionTools_Traffic"/>
[Cmdlet(VerbsCommon.New, "AcaRevision", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Revision))]
public sealed class NewAcaRevisionCommand : AppTargetCmdlet
{
    private readonly List<AppScope> _sources = [];

    /// <summary>The revision that the new one is made from, in full (app--suffix) or the suffix alone, in quotes where it is all digits. The newest that is ready when left out. Not with the resource id of a revision, which names it already.</summary>
    [Parameter(Position = 1, ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByResourceId)]
    [ArgumentCompleter(typeof(RevisionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>The revisions that new ones are made from, as Get-AcaRevision gives them. Of an app only one where a suffix or a label is given.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.ByInputObject)]
    [ValidateNotNull]
    public Revision[] InputObject { get; set; } = [];

    /// <summary>The image: of the only container or of -ContainerName. Or a table of container and image, for several at once.</summary>
    [Parameter]
    [ImageTransformation]
    [ValidateNotNull]
    public IDictionary? Image { get; set; }

    /// <summary>The container that -Image, -EnvironmentVariable, -RemoveEnvironmentVariable, -Cpu and -Memory are about. Needed where there are several.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ContainerNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ContainerName { get; set; }

    /// <summary>Environment variables to set, by name: texts, numbers, dates (as ISO 8601) and booleans. The value secretref:name refers to a secret of the app. Others stay as they are.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? EnvironmentVariable { get; set; }

    /// <summary>Names of environment variables to remove, in their exact case.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EnvironmentVariableNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] RemoveEnvironmentVariable { get; set; } = [];

    /// <summary>Cores of the container, as 0.5.</summary>
    [Parameter]
    [ValidateRange(0.01, 999)]
    public double Cpu { get; set; }

    /// <summary>Memory of the container, as 1Gi or 512Mi.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Memory { get; set; }

    /// <summary>The fewest replicas, 0 to 1000.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int MinReplica { get; set; }

    /// <summary>The most replicas, 1 to 1000.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int MaxReplica { get; set; }

    /// <summary>The suffix of the name: lower-case letters, digits and single '-', a letter first, and with the app's name 54 characters at most. Azure numbers the revision when left out.</summary>
    [Parameter]
    public string? Suffix { get; set; }

    /// <summary>A commit, a build id or the like that a legal suffix is made of: in lower case, '-' for all else, 'r' before a digit. Where that is too long, a commit's whole hash keeps its beginning; of other texts the end is kept, and a short hash of the whole put after it: the same text always gives the same suffix.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SuffixFrom { get; set; }

    /// <summary>Where a revision has the suffix already and is the same, returns that. It is not activated.</summary>
    [Parameter]
    public SwitchParameter ReuseIfSame { get; set; }

    /// <summary>A label to put on the new revision: once it is there, and with -Wait once it is ready. It gets no traffic by weight by that; the label's own host goes to it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabelNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Label { get; set; }

    /// <summary>Names the revision that gets the traffic now in place of the latest, whichever that is, in the same change; also where -ReuseIfSame finds the revision there already.</summary>
    [Parameter]
    public SwitchParameter PinTraffic { get; set; }

    /// <summary>Takes the label off the revision that the prompt names, and lets an image be of a registry that the app has no login for.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Waits until the revision is ready, and only then puts the label on. One that fails is an error, and is returned as it was seen last; the label then stays where it is.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait for another operation on the app to end, and again with -Wait for the revision, in seconds; 300 when left out.</summary>
    /// <value>300</value>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _sources.AddRange(Scopes());

    private protected override void ProcessAll()
    {
        var azure = Session.Azure;
        var options = new RevisionMakerOptions { Wait = Wait, Timeout = TimeSpan.FromSeconds(TimeoutSec) };
        var refused = RefuseSeveral();
        foreach (var source in _sources.Where(source => !refused.Contains(source.AppKey)))
        {
            if (Draft(source) is { } draft && IsWanted(draft))
            {
                RunFor(source.AppName, async (output, token) =>
                    Conclude(PipelineOutcomes.Of(draft, await new RevisionMaker(azure, options, output).MakeAsync(draft, token).ConfigureAwait(false))));
            }
        }
    }

    private protected override IEnumerable<AppScope> Scopes() =>
        ParameterSetName == ParameterSets.ByInputObject ? ScopesOf(InputObject, AppScope.OfRevision) : base.Scopes();

    /// <summary>Refuses apps of which several revisions would get one suffix or label: Azure would refuse the second when the first is made already.</summary>
    private HashSet<string> RefuseSeveral()
    {
        HashSet<string> refused = [];
        if ((Suffix ?? SuffixFrom ?? Label) is null)
        {
            return refused;
        }

        foreach (var app in _sources.DistinctBy(source => (source.AppKey, source.RevisionName?.ToUpperInvariant())).GroupBy(source => source.AppKey))
        {
            var names = app.Select(source => source.RevisionName).ToList();
            if (names.Count > 1)
            {
                var name = app.First().AppName;
                refused.Add(app.Key);
                Fail(
                    new RevisionToolsException(
                        FailureKind.InvalidTemplateChange,
                        $"A suffix or a label is for one revision of '{name}', and several were to be made, from {string.Join(", ", names)}. Nothing was changed there."),
                    name);
            }
        }

        return refused;
    }

    private RevisionDraft? Draft(AppScope source)
    {
        var azure = Session.Azure;
        RevisionDraft? draft = null;
        RunFor(source.AppName, async (_, token) => draft = await new RevisionDrafter(azure).DraftAsync(source, Request(), token).ConfigureAwait(false));
        return draft;
    }

    private bool IsWanted(RevisionDraft draft)
    {
        foreach (var warning in DraftText.Warnings(draft, Wait))
        {
            Warn(warning);
        }

        // Where the revision and its label are there already, nothing is sent.
        var operation = DraftText.Operation(draft);
        return draft.IsDone || ShouldProcess(operation, $"Are you sure you want to perform this action?\n{operation}", "Confirm");
    }

    private RevisionRequest Request() => new()
    {
        From = From,
        Suffix = Suffix,
        SuffixFrom = SuffixFrom,
        ReuseIfSame = ReuseIfSame,
        Label = Label,
        Force = Force,
        PinTraffic = PinTraffic,
        Change = new TemplateChange
        {
            Images = TextTable.Of(Image),
            ContainerName = ContainerName,
            EnvironmentVariables = TextTable.Of(EnvironmentVariable),
            RemovedEnvironmentVariables = RemoveEnvironmentVariable,
            Cpu = Given(nameof(Cpu), Cpu),
            Memory = Memory,
            MinReplicas = Given(nameof(MinReplica), MinReplica),
            MaxReplicas = Given(nameof(MaxReplica), MaxReplica),
        },
    };

    private T? Given<T>(string name, T value)
        where T : struct => MyInvocation.BoundParameters.ContainsKey(name) ? value : null;
}
