using FsCheck;
using FsCheck.Fluent;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Traffic;

public sealed class TrafficEditProperties
{
    private const int Revisions = 6;

    private static readonly string[] s_labels = ["blue", "green", "canary", "stable"];

    [Fact]
    public void No_edit_of_labels_changes_a_weight() => Hold(world => LabelEditsOf(world).All(edited =>
        Weights(edited).SequenceEqual(Weights(world.Table)) && edited.Sum(entry => entry.Weight) == 100));

    [Fact]
    public void Putting_a_label_puts_it_there_once_and_leaves_the_others_where_they_are() => Hold(world =>
    {
        var edited = LabelEdits.Put(world.Table, world.Label, world.Revision);
        return edited.Single(entry => entry.HasLabel(world.Label)).IsTo(world.Revision)
            && Labels(edited).Where(pair => pair.Label != world.Label).SequenceEqual(Labels(world.Table).Where(pair => pair.Label != world.Label));
    });

    [Fact]
    public void Taking_a_label_off_takes_off_that_one_only() => Hold(world =>
        Labels(LabelEdits.TakeOff(world.Table, world.Label)).SequenceEqual(Labels(world.Table).Where(pair => pair.Label != world.Label)));

    [Fact]
    public void Swapping_labels_swaps_two_and_leaves_the_others_and_twice_is_as_before() => Hold(world =>
    {
        var edited = LabelEdits.Swap(world.Table, world.Label, world.OtherLabel);
        string? Renamed(string? label) => label == world.Label ? world.OtherLabel : label == world.OtherLabel ? world.Label : label;
        return edited.Select(entry => Renamed(entry.Label)).SequenceEqual(world.Table.Select(entry => entry.Label))
            && LabelEdits.Swap(edited, world.Label, world.OtherLabel).SequenceEqual(world.Table);
    });

    [Fact]
    public void Setting_a_weight_sets_the_target_and_leaves_the_others_and_all_labels() => Hold(world =>
    {
        var edited = WeightEdits.Set(world.Table, world.Target, world.Weight);
        return edited.Where(world.Target.Covers).Sum(entry => entry.Weight) == world.Weight
            && edited.Where(entry => !world.Target.Covers(entry)).SequenceEqual(world.Table.Where(entry => !world.Target.Covers(entry)))
            && Labels(edited).SequenceEqual(Labels(world.Table));
    });

    [Fact]
    public void Giving_all_to_one_target_keeps_every_label_and_the_sum() => Hold(world =>
    {
        var edited = WeightEdits.AllTo(world.Table, world.Target);
        return edited.Sum(entry => entry.Weight) == 100
            && edited.Where(world.Target.Covers).Sum(entry => entry.Weight) == 100
            && Labels(edited).SequenceEqual(Labels(world.Table))
            && edited.All(entry => !entry.IsEmpty);
    });

    [Fact]
    public void What_an_edit_has_made_it_leaves_as_it_is() => Hold(world => new Func<IReadOnlyList<TrafficEntry>, IReadOnlyList<TrafficEntry>>[]
    {
        table => LabelEdits.Put(table, world.Label, world.Revision),
        table => LabelEdits.TakeOff(table, world.Label),
        table => WeightEdits.Set(table, world.Target, world.Weight),
        table => WeightEdits.AllTo(table, world.Target),
    }.All(edit => edit(edit(world.Table)).SequenceEqual(edit(world.Table))));

    [Fact]
    public void A_weight_with_a_remainder_is_a_table_of_100_in_which_the_unnamed_keep_what_they_have() => Hold(world =>
    {
        var snapshot = Given.Shop(Revisions);
        var app = snapshot.App with { Traffic = world.Table };
        snapshot = Given.Snapshot(app, [.. Enumerable.Range(1, Revisions).Select(number => Given.Resource(number))]);
        var remainder = new TrafficTarget(Given.NameOf(Revisions));
        if (remainder.Overlaps(world.Target))
        {
            return true;
        }

        var unnamed = world.Table.Where(entry => !world.Target.Covers(entry) && !remainder.Covers(entry)).ToList();
        var edit = new WeightEdit([(world.Target, world.Weight)], remainder, allowNotReady: true, app);
        if (world.Weight + unnamed.Sum(entry => entry.Weight) > 100)
        {
            return Assert.Throws<RevisionToolsException>(() => edit.Apply(snapshot)).Kind == FailureKind.InvalidTrafficSum;
        }

        var table = edit.Apply(snapshot);
        return table.Sum(entry => entry.Weight) == 100
            && unnamed.All(table.Contains)
            && Labels(table).SequenceEqual(Labels(world.Table))
            && edit.Apply(Given.Snapshot(app with { Traffic = table }, [.. Enumerable.Range(1, Revisions).Select(number => Given.Resource(number))])).SequenceEqual(table);
    });

    // Worlds without labels or with one entry only would make the properties above empty.
    [Fact]
    public void The_generated_worlds_are_not_all_alike()
    {
        HashSet<string> seen = [];
        Hold(world =>
        {
            seen.Add(world.Table.Length > 1 ? "several entries" : "one entry");
            seen.Add(world.Table.Any(entry => entry.HasLabel(world.Label)) ? "label is there" : "label is not there");
            seen.Add(world.Table.Any(world.Target.Covers) ? "target is there" : "target is not there");
            seen.Add(world.Table.Any(entry => entry.LatestRevision) ? "latest" : "no latest");
            seen.Add(world.Table.GroupBy(entry => entry.Target).Any(group => group.Count() > 1) ? "a target twice" : "targets once");
            return true;
        });
        Assert.Equal(10, seen.Count);
    }

    private sealed record World(TrafficEntry[] Table, string Label, string OtherLabel, string Revision, TrafficTarget Target, int Weight)
    {
        public override string ToString() => $"[{string.Join(", ", (IEnumerable<TrafficEntry>)Table)}] {Label} {OtherLabel} {Revision} {Target} {Weight}";
    }

    private static Gen<World> All { get; } =
        from numbers in Gen.ListOf(Gen.Choose(0, Revisions)).Select(list => list.Take(5).ToArray())
        from labels in Gen.Shuffle(new string?[] { null, null, null, "blue", "green", "canary", "stable" })
        from cuts in Gen.ArrayOf(Gen.Elements(0, 5, 10, 50, 100), 5)
        from label in Gen.Shuffle(s_labels)
        from revision in Gen.Choose(1, Revisions)
        from latest in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from weight in Gen.Elements(0, 1, 10, 50, 99, 100)
        select new World(
            Table(numbers.Length == 0 ? [1] : numbers, labels, cuts),
            label[0],
            label[1],
            Given.NameOf(revision),
            new TrafficTarget(latest ? "@latest" : Given.NameOf(revision)),
            weight);

    /// <summary>Entries of random targets, every label once, weights that add up to 100.</summary>
    private static TrafficEntry[] Table(int[] numbers, string?[] labels, int[] cuts)
    {
        var left = 100;
        return [.. numbers.Select((number, index) =>
        {
            var weight = index == numbers.Length - 1 ? left : Math.Min(left, cuts[index]);
            left -= weight;
            return number == 0 ? Given.ToLatest(weight) with { Label = labels[index] } : Given.To(number, weight, labels[index]);
        })];
    }

    private static void Hold(Func<World, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20260301, 41), Prop.ForAll(All.ToArbitrary(), property));

    private static IEnumerable<IReadOnlyList<TrafficEntry>> LabelEditsOf(World world) =>
    [
        LabelEdits.Put(world.Table, world.Label, world.Revision),
        LabelEdits.TakeOff(world.Table, world.Label),
        LabelEdits.Swap(world.Table, world.Label, world.OtherLabel),
    ];

    private static IEnumerable<(string Target, int Weight)> Weights(IEnumerable<TrafficEntry> table) =>
        table.GroupBy(entry => entry.Target).Select(group => (group.Key, group.Sum(entry => entry.Weight))).Where(pair => pair.Item2 > 0).Order();

    private static IEnumerable<(string Label, string Target)> Labels(IEnumerable<TrafficEntry> table) =>
        table.Where(entry => entry.Label is not null).Select(entry => (entry.Label!, entry.Target)).Order();
}
