using System.ComponentModel;
using System.Runtime.CompilerServices;
using RevisionTools.Traffic;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes what can get traffic in the app that was given: its labels, its revisions, and the latest. After label: and revision: it offers only these.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrafficTargetCompleter : NameCompleter
{
    private static readonly string[] s_prefixes = [TrafficTargets.LabelPrefix, TrafficTargets.RevisionPrefix];

    private protected override IEnumerable<string> KnownNames => [TrafficEntry.LatestTarget];

    private protected override async IAsyncEnumerable<string> NamesAsync(
        CompletionReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var label in reader.LabelsAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return label;
            yield return TrafficTargets.LabelPrefix + label;
        }

        await foreach (var name in reader.RevisionNamesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return name;
            yield return TrafficTargets.RevisionPrefix + name;
        }
    }

    /// <summary>A name with a prefix is offered for a text with the same one. Typed without quotes, @l is a variable to PowerShell, so that the latest answers to l, too.</summary>
    private protected override bool IsMeant(string name, string typed) => (PrefixOf(name), PrefixOf(typed)) switch
    {
        ("", "") => base.IsMeant(name, typed) || (name == TrafficEntry.LatestTarget && typed.Length > 0 && base.IsMeant(name[1..], typed)),
        var (own, asked) => Names.Same(own, asked) && base.IsMeant(name[own.Length..], typed[asked.Length..]),
    };

    private static string PrefixOf(string text) =>
        Array.Find(s_prefixes, prefix => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) ?? "";
}
