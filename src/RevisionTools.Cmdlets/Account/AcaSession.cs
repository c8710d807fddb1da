using RevisionTools.Cmdlets.Completion;
using RevisionTools.Lifecycle;
using RevisionTools.Registries;

namespace RevisionTools.Cmdlets.Account;

/// <summary>The connection that a command works with.</summary>
internal sealed class AcaSession(AcaContext context, LiveConnection live)
{
    public AcaContext Context => context;

    public CompletionCache Completion => live.Completion;

    public IContainerApps Azure => live.Azure;

    public IRevisionProbe Probe => live.Probe;

    public RegistrySettings Registries => live.Registries;
}
