namespace RevisionTools;

/// <summary>Where a revision lives. Equality ignores case, as Azure does.</summary>
internal readonly record struct RevisionId(ContainerAppId App, string Name)
{
    /// <summary>Path of the revision below the ARM host.</summary>
    public string Path => $"{App.Path}/revisions/{Uri.EscapeDataString(Name)}";

    /// <summary>What a message adds that says there is no such revision: a sentence with a space before it, or nothing.</summary>
    // The zeros of a number that stands bare in a list are gone before anything of ours sees it.
    public string NumberHint => Name.Split("--")[^1] is { Length: > 0 } suffix && suffix[0] != '0' && suffix.All(char.IsAsciiDigit)
        ? $" A name that is a number is given in quotes, since PowerShell drops the zeros in front: '{suffix.PadLeft(7, '0')}'."
        : "";

    public bool Equals(RevisionId other) => App.Equals(other.App) && StringComparer.OrdinalIgnoreCase.Equals(Name, other.Name);

    public override int GetHashCode() => HashCode.Combine(App, StringComparer.OrdinalIgnoreCase.GetHashCode(Name));

    public override string ToString() => Path;

    /// <summary>Reads an id of a revision, or of anything below one; null for every other text.</summary>
    public static RevisionId? TryParse(string? resourceId) =>
        ArmId.TryRead(resourceId, out var parts) && parts.RevisionName is { } revision
            ? new RevisionId(new ContainerAppId(parts.SubscriptionId, parts.ResourceGroupName, parts.AppName), revision)
            : null;
}
