using System.Management.Automation;
using System.Text;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Pruning;

namespace RevisionTools.Cmdlets;

/// <summary>Makes a retention policy for Invoke-AcaRevisionPrune: of rules, or of a JSON file.</summary>
/// <remarks>
/// <para>A revision that any keep rule holds is kept; the others are pruned unless an interlock forbids it. A policy that is empty, contradicts itself or would keep nothing is refused here, before it can prune anything. No connection is needed.</para>
/// <para>With -OutFile the rules are also written as JSON, to live in a repository; -Path reads such a file, and Invoke-AcaRevisionPrune -Policy takes its path as well. The schemas folder of the module has a JSON schema for it. What is wrong in a file is named by its JSON path.</para>
/// <para>An app can have a say of its own by its tags: revisiontools-keep with patterns of names and commas between them pins revisions, and revisiontools-prune: never keeps them all. Both hold against any policy.</para>
/// </remarks>
/// <example>
/// <para>Keep the newest three, one of each of the last seven days on which any was made, and one more of each label, but ten at most.</para>
/// <code>
/// $policy = New-AcaRetentionPolicy -KeepLast 3 -KeepDaily 7 -KeepLastPerLabel 2 -MaxActive 10 -TimeZone Europe/Berlin
/// Invoke-AcaRevisionPrune web-shop -Policy $policy -PlanOnly
/// </code>
/// <code language="output">
/// ContainerApp             ResourceGroup    Keep Deactivate Blocked Inactive Debt FreedCpu Policy
/// ------------             -------------    ---- ---------- ------- -------- ---- -------- ------
/// web-shop                 rg-shop             7         24       0        0    0        0 KeepLast 3; KeepDaily 7; Time…
/// </code>
/// </example>
/// <example>
/// <para>Write the policy to a file, and read it again.</para>
/// <code>
/// $null = New-AcaRetentionPolicy -KeepLast 3 -KeepSinceCreated 48h -Failed 1d -OutFile ./retention.json
/// New-AcaRetentionPolicy -Path ./retention.json
/// </code>
/// <code language="output">
/// Rules
/// -----
/// KeepLast 3; KeepSinceCreated 2d; Failed 1d
/// </code>
/// </example>
/// <output cref="RetentionPolicy">The policy that was made or read. Nothing with -WhatIf.</output>
/// <seealso cref="InvokeAcaRevisionPruneCommand"/>
/// <seealso cref="SetAcaRevisionRetentionCommand"/>
/// <seealso href="about_RevisionTools_Pruning"/>
[Cmdlet(VerbsCommon.New, "AcaRetentionPolicy", DefaultParameterSetName = ByRule, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(RetentionPolicy))]
public sealed class NewAcaRetentionPolicyCommand : AcaCmdlet, IRetentionRules
{
    private const string ByRule = "ByRule";
    private const string ByPath = "ByPath";

    /// <summary>A JSON file with the rules. A relative path is taken from PowerShell's location.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = ByPath)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Keeps this many of the newest active revisions of each app, or of each group of -GroupBy. Those that have failed or are going down are nothing to go back to and do not count. 0 only together with another keep rule.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [WholeNumberTransformation]
    public int? KeepLast { get; set; }

    /// <summary>Keeps revisions made within this time: 7d, 48h, 2d12h, 48:00:00 or 2.00:00:00. A number without a unit is refused.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [SpanTransformation]
    public TimeSpan? KeepSinceCreated { get; set; }

    /// <summary>Keeps revisions that were in use within this time. Azure does not record when traffic ended, so a revision counts as in use until the next newer one was made. Written as for -KeepSinceCreated.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [SpanTransformation]
    public TimeSpan? KeepSinceActive { get; set; }

    /// <summary>Keeps the newest revision of each of this many days, of the last days on which any was made. While there are fewer days, the oldest revision stands in.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [WholeNumberTransformation]
    public int? KeepDaily { get; set; }

    /// <summary>Keeps the newest revision of each of this many weeks, which begin on Monday, of the last weeks in which any was made. While there are fewer weeks, the oldest revision stands in.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [WholeNumberTransformation]
    public int? KeepWeekly { get; set; }

    /// <summary>Keeps the newest revision of each of this many months, of the last months in which any was made. While there are fewer months, the oldest revision stands in.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [WholeNumberTransformation]
    public int? KeepMonthly { get; set; }

    /// <summary>The time zone of days, weeks and months, such as Europe/Berlin. UTC when left out.</summary>
    /// <value>UTC</value>
    [Parameter(ParameterSetName = ByRule)]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <summary>Keeps for each label the revision that has it and those that had it last, this many in all.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [WholeNumberTransformation]
    public int? KeepLastPerLabel { get; set; }

    /// <summary>Keeps this many of the newest active revisions of each image repository, whatever its tag.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [WholeNumberTransformation]
    public int? KeepLastPerImage { get; set; }

    /// <summary>Keeps revisions whose full name, or the part after app--, matches; PowerShell's wildcards may be used.</summary>
    [Parameter(ParameterSetName = ByRule)]
    public string[]? KeepName { get; set; }

    /// <summary>Keeps this many of the newest active revisions that could start again, as Test-AcaRevision tells it.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [WholeNumberTransformation]
    public int? KeepReady { get; set; }

    /// <summary>A ceiling for active revisions. Where the rules would keep more, those that only rules of time keep give way, the oldest first; alone, it keeps this many of the newest.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [WholeNumberTransformation]
    public int? MaxActive { get; set; }

    /// <summary>Lowers the app's limit of inactive revisions to this, 1 to 100, as a step of its own. Beyond it Azure purges the oldest, late. Refused where it would take revisions that a keep rule names.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [WholeNumberTransformation]
    public int? MaxInactive { get; set; }

    /// <summary>Prunes revisions that have failed as soon as they are older than this, whatever rule but -KeepName would keep them, and the newest revision too. Written as for -KeepSinceCreated.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [SpanTransformation]
    public TimeSpan? Failed { get; set; }

    /// <summary>What the rules that count are applied to: the App as a whole, or each Image repository or Label by itself.</summary>
    /// <value>App</value>
    [Parameter(ParameterSetName = ByRule)]
    [EnumNameTransformation(typeof(RetentionGrouping))]
    public RetentionGrouping? GroupBy { get; set; }

    /// <summary>A file to write the rules to, as JSON.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>Overwrites the file of -OutFile where there is one.</summary>
    [Parameter(ParameterSetName = ByRule)]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object? target = null;
        try
        {
            if (ParameterSetName == ByPath)
            {
                target = Path;
                WriteObject(PolicyFile.Read(SessionState.Path, Path));
                return;
            }

            RetentionRules.RefuseEmpty(MyInvocation.BoundParameters);
            var policy = RetentionRules.PolicyOf(this);
            target = policy;
            policy.Validate();
            if (OutFile is not null)
            {
                target = OutFile;
                Write(policy, FilePath.Resolve(SessionState.Path, OutFile, FailureKind.FileNotWritten));
            }

            WriteObject(policy);
        }
        catch (RevisionToolsException failure)
        {
            EndWith(failure, target);
        }
    }

    private void Write(RetentionPolicy policy, string file)
    {
        if (!Force && System.IO.Path.Exists(file))
        {
            throw new RevisionToolsException(FailureKind.FileNotWritten, $"The file '{file}' is there already. Give -Force to overwrite it.");
        }

        if (!ShouldProcess(file, "Write retention policy"))
        {
            return;
        }

        try
        {
            // One that somebody else has made meanwhile is not overwritten either.
            using var stream = new FileStream(file, Force ? FileMode.Create : FileMode.CreateNew, FileAccess.Write);
            stream.Write(Encoding.UTF8.GetBytes(RetentionPolicyJson.Write(policy)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new RevisionToolsException(FailureKind.FileNotWritten, $"The file '{file}' cannot be written: {failure.Message}", failure);
        }
    }
}
