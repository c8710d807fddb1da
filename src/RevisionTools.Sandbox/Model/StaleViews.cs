namespace RevisionTools.Sandbox;

/// <summary>Apps whose latest write is not seen by reads yet, as they were before it.</summary>
internal sealed class StaleViews
{
    private readonly Dictionary<string, (SandboxApp? Before, DateTimeOffset Until)> _views = new(StringComparer.OrdinalIgnoreCase);

    internal bool IsEmpty => _views.Count == 0;

    /// <summary>Reads see the app as it is now, whatever is written, until a moment.</summary>
    internal void Keep(string group, string name, SandboxApp? now, DateTimeOffset until) =>
        _views[$"{group}/{name}"] = (now?.Copy(), until);

    /// <summary>All apps as a list sees them: those that are gone and not yet seen to be stand at the end.</summary>
    internal IEnumerable<SandboxApp> SeeAll(IReadOnlyList<SandboxApp> actual, DateTimeOffset now)
    {
        var unseen = _views.Values.Where(view => now < view.Until).Select(view => view.Before).OfType<SandboxApp>()
            .Where(before => !actual.Any(app => IsSame(app, before)));
        return [.. actual.Select(app => See(app.Group, app.Name, app, now)).OfType<SandboxApp>(), .. unseen];
    }

    /// <summary>The app as a read sees it; null where it is not there for it.</summary>
    internal SandboxApp? See(string group, string name, SandboxApp? actual, DateTimeOffset now)
    {
        var key = $"{group}/{name}";
        if (!_views.TryGetValue(key, out var view))
        {
            return actual;
        }

        if (now < view.Until)
        {
            return view.Before;
        }

        _views.Remove(key);
        return actual;
    }

    private static bool IsSame(SandboxApp one, SandboxApp other) =>
        one.Group.Equals(other.Group, StringComparison.OrdinalIgnoreCase) && one.Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase);
}
