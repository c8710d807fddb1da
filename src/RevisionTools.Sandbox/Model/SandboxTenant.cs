namespace RevisionTools.Sandbox;

/// <summary>All that the sandbox holds: one tenant with one subscription, its groups, apps and operations.</summary>
internal sealed class SandboxTenant(string tenantId, string subscriptionId, string subscriptionName, SandboxRandom random)
{
    private readonly Dictionary<string, ManagedEnvironment> _environments = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, EnvironmentStorage> _storages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _writesOfDeleted = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SandboxApp> _leaving = [];
    private readonly Dictionary<string, SandboxApp> _apps = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SandboxApp> _inOrder = [];
    private readonly SortedSet<string> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, SandboxOperation> _operations = [];
    private readonly Queue<SandboxOperation> _oldOperations = [];
    private EventWork? _work;

    internal string TenantId => tenantId;

    internal string SubscriptionId => subscriptionId;

    internal string SubscriptionName => subscriptionName;

    internal SandboxRandom Random => random;

    /// <summary>Queues and timers, and who works on them.</summary>
    internal EventWork Work => _work ??= new EventWork(this);

    internal IReadOnlyList<SandboxApp> Apps => _inOrder;

    internal StaleViews StaleViews { get; } = new();

    internal IReadOnlyCollection<string> Groups => _groups;

    internal void AddGroup(string name) => _groups.Add(name);

    internal bool HasGroup(string name) => _groups.Contains(name);

    internal SandboxApp? FindApp(string group, string name) => _apps.GetValueOrDefault($"{group}/{name}");

    internal void Add(SandboxApp app)
    {
        AddGroup(app.Group);
        AddEnvironment(new ManagedEnvironment(app.EnvironmentId, app.Location));
        _apps.Add($"{app.Group}/{app.Name}", app);
        _inOrder.Add(app);
        app.PriorWrites = app.Writes = _writesOfDeleted.GetValueOrDefault($"{app.Group}/{app.Name}");
        app.LabelHistory.Follow(app, app.LastModifiedAt);
    }

    internal ManagedEnvironment? FindEnvironment(string id) => _environments.GetValueOrDefault(id);

    /// <summary>Adds an environment, unless it is there.</summary>
    internal bool AddEnvironment(ManagedEnvironment environment) => _environments.TryAdd(environment.Id, environment);

    /// <summary>The storages of all environments, in order of their ids.</summary>
    internal IReadOnlyCollection<EnvironmentStorage> Storages => _storages.Values;

    internal IEnumerable<EnvironmentStorage> StoragesOf(string environmentId) =>
        _storages.Values.Where(storage => storage.EnvironmentId.Equals(environmentId, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds a storage, or replaces the one of its name.</summary>
    internal void Set(EnvironmentStorage storage) => _storages[storage.Id] = storage;

    internal void Remove(EnvironmentStorage storage) => _storages.Remove(storage.Id);

    /// <summary>Removes the app once its present operation, the deletion, has succeeded.</summary>
    internal void RemoveWhenDone(SandboxApp app) => _leaving.Add(app);

    /// <summary>
    /// Removes the apps whose deletion has succeeded by now, each after the event work that it had part in; one that has failed
    /// leaves its app where it is.
    /// </summary>
    internal void Settle(DateTimeOffset now)
    {
        foreach (var app in _leaving.FindAll(app => !app.IsBeingWritten(now)).OrderBy(app => app.Operation?.EndTime))
        {
            _leaving.Remove(app);
            if (app.Operation is { Error: null } deletion)
            {
                Work.Play(new AppLifecycle(this), deletion.EndTime);
                Remove(app);
                Work.NoteChange(deletion.EndTime);
            }
        }
    }

    internal SandboxOperation? FindOperation(string id) =>
        Guid.TryParse(id, out var key) ? _operations.GetValueOrDefault(key) : null;

    /// <summary>What becomes of the next write, for faults; it is used up by that write.</summary>
    internal OperationOutcome? NextOperation { get; set; }

    /// <summary>Starts a write of an app; how long it takes is drawn from what was measured (ARM-FACTS 3.2).</summary>
    /// <param name="app">The app that is written.</param>
    /// <param name="now">When the write came.</param>
    /// <param name="durations">What to draw from; those of PATCH unless told.</param>
    /// <param name="outcome">What becomes of it, unless <see cref="NextOperation"/> says otherwise; null succeeds.</param>
    internal SandboxOperation StartOperation(
        SandboxApp app, DateTimeOffset now, OperationDurations? durations = null, OperationOutcome? outcome = null)
    {
        var purpose = $"operation/{app.Group}/{app.Name}/{app.Writes++}";
        outcome = NextOperation ?? outcome;
        NextOperation = null;

        // unconfirmed: DELETE, start and stop were not measured; they take as long as PATCH.
        var lasts = outcome?.Lasts ?? (durations ?? OperationDurations.Patch).Draw(random, purpose);
        SandboxOperation operation = new()
        {
            Id = random.Guid(purpose),
            App = app,
            StartTime = now,
            EndTime = lasts < DateTimeOffset.MaxValue - now ? now + lasts : DateTimeOffset.MaxValue,
            Error = outcome?.Code is { } code ? (code, outcome.Message ?? "") : null,
        };
        Add(operation);
        return operation;
    }

    /// <summary>Adds a write that is under way already; forgets those that were done a day before.</summary>
    // unconfirmed: how long the service keeps the status of an operation was not found.
    internal void Add(SandboxOperation operation)
    {
        _operations.Add(operation.Id, operation);
        _oldOperations.Enqueue(operation);
        while (_oldOperations.Peek() is var oldest && oldest.EndTime < operation.StartTime - TimeSpan.FromDays(1))
        {
            _operations.Remove(_oldOperations.Dequeue().Id);
        }

        operation.App.Operation = operation;
    }

    private void Remove(SandboxApp app)
    {
        var key = $"{app.Group}/{app.Name}";
        _apps.Remove(key);
        _inOrder.Remove(app);
        _writesOfDeleted[key] = app.Writes;
    }
}
