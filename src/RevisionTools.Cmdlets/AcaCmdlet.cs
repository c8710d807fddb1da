using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Remoting.Internal;
using RevisionTools.Cmdlets.Hosting;
using RevisionTools.Cmdlets.Pipelines;
using RevisionTools.Cmdlets.Pump;
using RevisionTools.Work;

namespace RevisionTools.Cmdlets;

/// <summary>What every RevisionTools cmdlet has in common: the pump and the table of errors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AcaCmdlet : PSCmdlet, IPipelineWriter, IDisposable
{
    private const string ErrorPreference = "ErrorActionPreference";
    private const string WarningAction = "WarningAction";

    private static readonly TimeSpan s_joinLimit = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _stop = new();
    private readonly ProgressWriter _progress;

    /// <summary>A cmdlet that has said nothing yet.</summary>
    private protected AcaCmdlet()
    {
        _progress = new ProgressWriter(TimeProvider.System, new HostScreen(this));
        Log = new PipelineLog(this, () => WritesLoggingCommands);
    }

    /// <summary>Stops the work under way; PowerShell calls it on Ctrl+C, from another thread.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Releases the stop signal; PowerShell calls it when the pipeline has ended.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether only what would be done is to be said, by the switch or by the preference.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? (SwitchParameter)given
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Asks as PowerShell's preferences say. Ends the statement with <c>ConfirmationRequired</c> where the host cannot ask.</summary>
    internal new bool ShouldProcess(string target, string action) =>
        Confirmed($"Performing the operation \"{action}\" on target \"{target}\".", () => base.ShouldProcess(target, action));

    /// <inheritdoc cref="ShouldProcess(string, string)"/>
    internal new bool ShouldProcess(string operation, string question, string caption) =>
        Confirmed(operation, () => base.ShouldProcess(operation, question, caption));

    /// <inheritdoc cref="ShouldProcess(string, string)"/>
    private protected new bool ShouldProcess(string operation, string question, string caption, out ShouldProcessReason reason)
    {
        var given = ShouldProcessReason.None;
        var isAgreed = Confirmed(operation, () => base.ShouldProcess(operation, question, caption, out given));
        reason = IsWhatIf ? ShouldProcessReason.WhatIf : given;
        return isAgreed;
    }

    /// <summary>Asks whatever the preferences say.</summary>
    /// <returns>The answer; null where the host cannot ask.</returns>
    private protected new bool? ShouldContinue(string query, string caption, bool hasSecurityImpact, ref bool yesToAll, ref bool noToAll)
    {
        try
        {
            return base.ShouldContinue(query, caption, hasSecurityImpact, ref yesToAll, ref noToAll);
        }
        catch (Exception failure) when (Confirmation.IsImpossible(failure))
        {
            return null;
        }
    }

    /// <summary>A revision as prompts name it.</summary>
    private protected static string Target(Revision revision) => $"{revision.Name} ({revision.ResourceGroupName}/{revision.ContainerAppName})";

    /// <summary>What the command's connection asks of pipeline threads.</summary>
    private protected virtual PipelineCalls? Calls => null;

    /// <summary>Called after each piece of work, however it ended.</summary>
    private protected virtual void HasRun()
    {
    }

    /// <summary>Whether Azure Pipelines is told what happens, in the log of the step.</summary>
    private protected virtual bool WritesLoggingCommands => bool.TryParse(Environment.GetEnvironmentVariable("TF_BUILD"), out var isSet) && isSet;

    /// <summary>What Azure Pipelines is told.</summary>
    private protected PipelineLog Log { get; }

    /// <summary>Writes a warning.</summary>
    internal void Warn(string text)
    {
        var clean = SafeText.Clean(text);
        Log.Warning(clean, Preference(WarningAction, "WarningPreference"));
        if (IsDebugging && !MyInvocation.BoundParameters.ContainsKey(WarningAction))
        {
            // With -Debug PowerShell would ask after each warning, and so in the middle of writes, or fail where nobody can be asked.
            // This is its only public way to write a warning without that.
            new PSStreamObject(PSStreamObjectType.Warning, clean).WriteStreamObject(this, overrideInquire: true);
        }
        else
        {
            WriteWarning(clean);
        }
    }

    /// <summary>Says what only matters to somebody who follows what is done.</summary>
    internal new void WriteVerbose(string text)
    {
        // With -Debug alone PowerShell would ask after each line of the verbose stream, and there is one for every request.
        if (IsDebugging && !MyInvocation.BoundParameters.ContainsKey("Verbose"))
        {
            WriteDebug(text);
        }
        else
        {
            base.WriteVerbose(text);
        }
    }

    private bool IsDebugging => MyInvocation.BoundParameters.TryGetValue("Debug", out var given) && (SwitchParameter)given;

    /// <summary>Reports a failure that concerns <paramref name="target"/> only; the command goes on.</summary>
    internal void Fail(RevisionToolsException failure, object? target)
    {
        var record = ErrorRecords.From(failure, target);
        var preference = Preference("ErrorAction", ErrorPreference);
        Log.Error(failure, record, preference);
        if (preference == ActionPreference.Stop)
        {
            BeforeEnd();
        }

        WriteError(record);
    }

    /// <summary>Ends the statement with a failure.</summary>
    [DoesNotReturn]
    private protected void EndWith(RevisionToolsException failure, object? target)
    {
        if (_stop.IsCancellationRequested)
        {
            // What was broken off may call that a failure, and is none.
            throw new PipelineStoppedException();
        }

        var record = ErrorRecords.From(failure, target);

        // PowerShell does not heed -ErrorAction where a statement ends, only the variable.
        Log.Error(failure, record, PreferenceOf(ErrorPreference));
        BeforeEnd();
        ThrowTerminatingError(record);
        throw failure;
    }

    /// <summary>Called right before an error that ends the command.</summary>
    private protected virtual void BeforeEnd()
    {
    }

    /// <summary>Writes a result.</summary>
    private protected virtual void Emit(object result) => WriteObject(result);

    /// <summary>Runs work through the pump. A failure that leaves the work ends the statement; a stop is no failure.</summary>
    private protected void Run(Func<IWorkOutput, CancellationToken, Task> work)
    {
        try
        {
            PipelinePump.Run(TracedAsync, this, s_joinLimit, Calls, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (RevisionToolsException failure)
        {
            EndWith(failure, failure.ResourceId);
        }
        finally
        {
            _progress.Complete();
            HasRun();
        }

        Task TracedAsync(IWorkOutput output, CancellationToken token)
        {
            RequestTrace.Begin(output);
            return work(output, token);
        }
    }

    /// <summary>Runs work for one target of several. Its failure is reported, and the others go on.</summary>
    private protected void RunFor(object? target, Func<IWorkOutput, CancellationToken, Task> work) =>
        Run((output, token) => output.GuardAsync(target, () => work(output, token)));

    void IPipelineWriter.Write(PipelineMessage message)
    {
        switch (message)
        {
            case PipelineMessage.Output output:
                Emit(output.Value);
                break;
            case PipelineMessage.Warning warning:
                Warn(warning.Text);
                break;
            case PipelineMessage.Verbose verbose:
                WriteVerbose(SafeText.Clean(verbose.Text));
                break;
            case PipelineMessage.Debug debug:
                WriteDebug(SafeText.Clean(debug.Text));
                break;
            case PipelineMessage.Failure failure:
                Fail(failure.Exception, failure.Target);
                break;
            case PipelineMessage.Progress progress:
                _progress.Write(progress.Value);
                Log.Progress(progress.Value);
                break;
            case PipelineMessage.Call call:
                call.Run();
                break;
        }
    }

    private bool Confirmed(string operation, Func<bool> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception failure) when (Confirmation.IsImpossible(failure))
        {
            // With -WhatIf the host was to show a line and has nowhere to.
            if (!IsWhatIf)
            {
                var isDemanded = MyInvocation.BoundParameters.TryGetValue("Confirm", out var given) && (SwitchParameter)given;
                EndWith(Confirmation.Required(operation, isDemanded, failure), null);
            }

            return false;
        }
    }

    private ActionPreference Preference(string parameter, string variable) =>
        MyInvocation.BoundParameters.TryGetValue(parameter, out var given) ? (ActionPreference)given : PreferenceOf(variable);

    private ActionPreference PreferenceOf(string variable) =>
        LanguagePrimitives.TryConvertTo<ActionPreference>(GetVariableValue(variable), out var preference) ? preference : ActionPreference.Continue;
}
