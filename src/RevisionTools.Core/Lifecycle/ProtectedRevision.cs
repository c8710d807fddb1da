namespace RevisionTools.Lifecycle;

/// <summary>Puts a refusal by interlocks into words.</summary>
internal static class ProtectedRevision
{
    /// <summary>The refusal; null where no interlock binds.</summary>
    public static RevisionProtectedException? RefusalOrNull(Revision revision, IReadOnlyList<Interlock> interlocks) =>
        interlocks.Count == 0 ? null : Refusal(revision, interlocks);

    public static RevisionProtectedException Refusal(Revision revision, IReadOnlyList<Interlock> interlocks) =>
        Refusal(revision, interlocks, string.Join("; ", interlocks.Select(interlock => Interlocks.Name(interlock, revision))));

    public static RevisionProtectedException Refusal(Revision revision, IReadOnlyList<Interlock> interlocks, string why) =>
        new($"Revision '{revision.Name}' is protected and was not touched. {why}.", interlocks) { ResourceId = revision.ResourceId };
}
