namespace RevisionTools;

/// <summary>Whether a revision could start again, as far as can be told without starting it.</summary>
public sealed record RevisionReadiness
{
    private readonly ReadinessFinding[] _findings = [];

    /// <summary>The revision's full name.</summary>
    public required string Name { get; init; }

    /// <summary>The app it belongs to.</summary>
    public required string ContainerAppName { get; init; }

    /// <summary>The resource group of the app.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The subscription of the app, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The revision's Azure resource id.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Whether Azure runs it now. Null where Azure did not say.</summary>
    public bool? Active { get; init; }

    /// <summary>NotReady where any finding is, else Unknown where any finding is, else Ready.</summary>
    public ReadinessResult Result => Findings.Any(finding => finding.Result == ReadinessResult.NotReady) ? ReadinessResult.NotReady
        : Findings.Any(finding => finding.Result == ReadinessResult.Unknown) ? ReadinessResult.Unknown
        : ReadinessResult.Ready;

    /// <summary>The cause, or what is there, in a sentence.</summary>
    public string Message => Result == ReadinessResult.Ready ? Summary() : Cause();

    /// <summary>Everything that was looked at, what is in order too.</summary>
    public required IReadOnlyList<ReadinessFinding> Findings
    {
        get => _findings;
        init => _findings = IndexableList.Of(value);
    }

    /// <summary>Name and result.</summary>
    public override string ToString() => $"{Name}: {Result}";

    private string Cause()
    {
        var causes = Findings.Where(finding => finding.Result == Result).ToList();
        return causes.Count == 1 ? causes[0].Message : $"{causes[0].Message.TrimEnd('.')}; {causes.Count - 1} more under Findings.";
    }

    private string Summary()
    {
        var isFloating = Findings.Any(finding => finding.Check == ReadinessCheck.Image && finding.Subject.IndexOf('@', StringComparison.Ordinal) < 0);
        return isFloating ? "Nothing that it needs is missing; an image is named by tag, so what starts may differ from what ran." : "Nothing that it needs is missing.";
    }
}
