using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

public sealed class TransitionsTests
{
    private static readonly AppSnapshot s_shop = Given.Shop(3);

    [Fact]
    public void The_first_look_gives_every_revision_from_nothing()
    {
        var transitions = Of(null, s_shop.Revisions);

        Assert.Equal(
            [(null, RevisionStage.Ready), (null, RevisionStage.Ready), (null, RevisionStage.Active)],
            transitions.Select(transition => (transition.From, transition.To)));
        Assert.All(transitions, transition => Assert.Equal((Given.Now, transition.Revision.StageReason), (transition.At, transition.Reason)));
    }

    [Fact]
    public void What_stays_as_it_is_is_no_news() => Assert.Empty(Of(s_shop.Revisions, Given.Shop(3).Revisions, includeTraffic: true));

    [Fact]
    public void A_new_stage_is_told_with_the_one_before_and_the_reason()
    {
        var failed = s_shop.Revisions[0] with { Stage = RevisionStage.Failed, StageReason = "why" };

        var transition = Assert.Single(Of(s_shop.Revisions, [failed, .. s_shop.Revisions.Skip(1)]));

        Assert.Equal((RevisionStage.Ready, RevisionStage.Failed, "why", failed), (transition.From, transition.To, transition.Reason, transition.Revision));
        Assert.Equal((failed.Name, failed.ResourceId, "web-shop", "rg-shop"), (transition.RevisionName, transition.ResourceId, transition.ContainerAppName, transition.ResourceGroupName));
    }

    [Fact]
    public void A_revision_that_is_gone_is_removed_and_one_that_is_new_comes_from_nothing()
    {
        var transitions = Of([.. s_shop.Revisions.Take(2)], [.. s_shop.Revisions.Skip(1)]);

        Assert.Equal(
            [(s_shop.Revisions[0].Name, RevisionStage.Ready, RevisionStage.Removed), (s_shop.Revisions[2].Name, null, RevisionStage.Active)],
            transitions.Select(transition => (transition.RevisionName, transition.From, transition.To)));
        Assert.Equal((false, RevisionStage.Removed), (transitions[0].Revision.Active, transitions[0].Revision.Stage));
    }

    [Fact]
    public void Weights_and_labels_alone_count_only_when_asked_for()
    {
        IReadOnlyList<Revision> moved = [s_shop.Revisions[0] with { ConfiguredWeight = 10, Labels = ["canary"] }, .. s_shop.Revisions.Skip(1)];

        Assert.Empty(Of(s_shop.Revisions, moved));
        var transition = Assert.Single(Of(s_shop.Revisions, moved, includeTraffic: true));
        Assert.Equal((RevisionStage.Ready, RevisionStage.Ready), (transition.From, transition.To));
        Assert.Equal("gets 0 % (10 % configured) of the traffic instead of 0 %; labels: canary instead of none", transition.Reason);
    }

    private static IReadOnlyList<RevisionTransition> Of(IReadOnlyList<Revision>? before, IReadOnlyList<Revision> after, bool includeTraffic = false) =>
        Transitions.Between(before, after, Given.Now, includeTraffic);
}
