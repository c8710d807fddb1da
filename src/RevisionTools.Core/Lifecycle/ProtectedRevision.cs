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

    /// <summary>The refusal of what a person may accept, where there is none.</summary>
    public static RevisionProtectedException RefusalUnasked(Revision revision, IReadOnlyList<Interlock> interlocks, string why) =>
        new($"Revision '{revision.Name}' is protected and was not touched. {why}; this needs somebody's yes, and nobody can be asked here.", interlocks)
        {
            ResourceId = revision.ResourceId,
            Advice = "Run the command at a prompt, where somebody can accept it; no switch does that. Or remove the reason that the message names.",
        };
}
