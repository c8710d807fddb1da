namespace RevisionTools.Sandbox;

/// <summary>All that the sandbox holds: one tenant with one subscription, its groups, apps and operations.</summary>
internal sealed class SandboxTenant(string tenantId, string subscriptionId, string subscriptionName, SandboxRandom random)
{
    private readonly Dictionary<string, SandboxApp> _apps = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SandboxApp> _inOrder = [];
    private readonly SortedSet<string> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, SandboxOperation> _operations = [];

    internal string TenantId => tenantId;

    internal string SubscriptionId => subscriptionId;

    internal string SubscriptionName => subscriptionName;

    internal SandboxRandom Random => random;

    internal IReadOnlyList<SandboxApp> Apps => _inOrder;

    internal StaleViews StaleViews { get; } = new();

    internal IReadOnlyCollection<string> Groups => _groups;

    internal void AddGroup(string name) => _groups.Add(name);

    internal bool HasGroup(string name) => _groups.Contains(name);

    internal SandboxApp? FindApp(string group, string name) => _apps.GetValueOrDefault($"{group}/{name}");

    internal void Add(SandboxApp app)
    {
        AddGroup(app.Group);
        _apps.Add($"{app.Group}/{app.Name}", app);
        _inOrder.Add(app);
    }

    internal SandboxOperation? FindOperation(string id) =>
        Guid.TryParse(id, out var key) ? _operations.GetValueOrDefault(key) : null;

    /// <summary>Starts a write of an app that lasts 10 to 18 seconds, the 10th to the 90th percentile measured (ARM-FACTS 3.2).</summary>
    internal SandboxOperation StartOperation(SandboxApp app, DateTimeOffset now)
    {
        var purpose = $"operation/{app.Group}/{app.Name}/{app.Writes++}";
        SandboxOperation operation = new()
        {
            Id = random.Guid(purpose),
            App = app,
            StartTime = now,
            EndTime = now + random.Seconds(10, 18, purpose),
        };
        Add(operation);
        return operation;
    }

    /// <summary>Adds a write that is under way already.</summary>
    internal void Add(SandboxOperation operation)
    {
        _operations.Add(operation.Id, operation);
        operation.App.Operation = operation;
    }
}
