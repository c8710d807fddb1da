using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>
/// Swaps two labels: each goes to the target that the other was seen on. So it is known when it has been done, and is never done twice.
/// </summary>
internal sealed class SwapLabelsEdit : TrafficEdit
{
    private readonly TrafficTarget _first;
    private readonly TrafficTarget _second;

    /// <exception cref="RevisionToolsException"><see cref="FailureKind.LabelNotFound"/>, or <see cref="FailureKind.InvalidTrafficRequest"/> when both are the same.</exception>
    public SwapLabelsEdit(string label, string with, ContainerApp app)
    {
        (_first, _second) = (LabelRules.Find(app, label), LabelRules.Find(app, with));
        if (_first == _second)
        {
            throw TrafficFailure.Of(FailureKind.InvalidTrafficRequest, app, $"Label '{label}' cannot be swapped with itself.");
        }
    }

    protected override IReadOnlyList<TrafficEntry> Edit(AppSnapshot snapshot)
    {
        var app = snapshot.App;
        if (IsOn(app, _first.Label!, _second.Name) && IsOn(app, _second.Label!, _first.Name))
        {
            return app.Traffic;
        }

        _first.RequireUnmoved(snapshot);
        _second.RequireUnmoved(snapshot);
        RequireHost(snapshot, _first.Label!, _second);
        RequireHost(snapshot, _second.Label!, _first);
        return LabelEdits.Swap(app.Traffic, _first.Label!, _second.Label!);
    }

    private static void RequireHost(AppSnapshot snapshot, string label, TrafficTarget on) =>
        LabelRules.RequireHost(snapshot, label, (on.IsLatest ? snapshot.App.LatestRevisionName : on.Name) ?? "");

    private static bool IsOn(ContainerApp app, string label, string name) =>
        app.Traffic.Any(entry => entry.HasLabel(label) && Names.Same(entry.Target, name));
}
