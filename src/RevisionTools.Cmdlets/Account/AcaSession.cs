using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;
using RevisionTools.Registries;

namespace RevisionTools.Cmdlets.Account;

/// <summary>
/// The connection of one runspace. Nothing outlives the runspace: Azure Automation runs jobs of several people in one process.
/// </summary>
internal sealed class AcaSession(AcaContext context, IContainerApps azure, IRevisionProbe probe, RegistrySettings registries)
{
    private static readonly ConditionalWeakTable<Runspace, AcaSession> s_sessions = [];

    /// <summary>What completion may use again. It goes with the connection.</summary>
    public CompletionCache Completion { get; } = new(TimeProvider.System);

    public AcaContext Context { get; } = context;

    public IContainerApps Azure { get; } = azure;

    public IRevisionProbe Probe { get; } = probe;

    public RegistrySettings Registries { get; } = registries;

    /// <summary>The session of the runspace that the calling pipeline runs in. Null on threads without one.</summary>
    public static AcaSession? Current
    {
        get => Runspace.DefaultRunspace is { } runspace && s_sessions.TryGetValue(runspace, out var session) ? session : null;
        set
        {
            if (value is null)
            {
                s_sessions.Remove(Runspace.DefaultRunspace);
            }
            else
            {
                s_sessions.AddOrUpdate(Runspace.DefaultRunspace, value);
            }
        }
    }
}
