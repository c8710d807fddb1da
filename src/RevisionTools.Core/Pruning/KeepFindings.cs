namespace RevisionTools.Pruning;

/// <summary>What the rules found about one revision.</summary>
internal sealed class KeepFindings
{
    /// <summary>The rules that would keep it.</summary>
    public List<KeepReason> Reasons { get; } = [];

    /// <summary>What those saw that would not.</summary>
    public List<string> Facts { get; } = [];

    /// <summary>Whether it gives way to the ceiling for active revisions, whatever rules of time would keep it.</summary>
    public bool GivesWay { get; set; }

    /// <summary>The strongest ground of all.</summary>
    public KeepGround Ground => Reasons.Max(reason => reason.Ground);

    /// <summary>The reasons in words.</summary>
    public IEnumerable<string> Texts => Reasons.Select(reason => reason.Text);

    public void Keep(KeepGround ground, string text) => Reasons.Add(new KeepReason(ground, text));
}
