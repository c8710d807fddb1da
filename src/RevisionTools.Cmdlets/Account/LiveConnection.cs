using RevisionTools.Accounts;
using RevisionTools.Cmdlets.Completion;
using RevisionTools.Cmdlets.Pump;
using RevisionTools.Lifecycle;
using RevisionTools.Registries;

namespace RevisionTools.Cmdlets.Account;

/// <summary>
/// The part of a connection that sends requests. The client is made when the first command needs it, so that a sandbox loads none of Azure's
/// libraries before.
/// </summary>
internal sealed class LiveConnection
{
    private Lazy<Connection>? _connection;

    /// <param name="open">Makes the client.</param>
    /// <param name="calls">What the credential asks of pipeline threads.</param>
    public LiveConnection(Func<Connection> open, PipelineCalls calls)
        : this(new Lazy<Connection>(open), calls)
    {
    }

    private LiveConnection(Lazy<Connection> connection, PipelineCalls calls)
    {
        _connection = connection;
        Calls = calls;
    }

    /// <summary>What completion may use again. It goes with the connection.</summary>
    public CompletionCache Completion { get; } = new(TimeProvider.System);

    public PipelineCalls Calls { get; }

    public bool IsClosed => _connection is null;

    public IContainerApps Azure => Open.Client;

    public IRevisionProbe Probe => Open.Probe;

    public RegistrySettings Registries => Open.Registries;

    private Connection Open => _connection?.Value
        ?? throw new RevisionToolsException(FailureKind.NotConnected, "The connection was closed meanwhile by Disconnect-AcaAccount.");

    /// <summary>Another connection by the same sign-in, which is closed by itself.</summary>
    public LiveConnection Share() => new(_connection!, Calls);

    /// <summary>Lets go of the credential, whoever still holds the context.</summary>
    public void Close()
    {
        _connection = null;
        Completion.Forget();
    }
}
