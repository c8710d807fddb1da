using FsCheck;
using FsCheck.Fluent;
using RevisionTools.Templates;

namespace RevisionTools.Tests.Templates;

/// <summary>Suffixes of revisions: what Azure takes, and what is made of other texts.</summary>
public sealed class RevisionSuffixTests
{
    [Fact]
    public void A_commit_that_is_too_long_keeps_its_beginning()
    {
        const string Commit = "8f3c2e1a9b7d6c5e4f3a2b1c0d9e8f7a6b5c4d3e";

        var suffix = RevisionSuffix.Make("web-checkout-for-everybody", Commit);

        Assert.StartsWith("r8f3c2e1a9b7d6c5e", suffix, StringComparison.Ordinal);
        Assert.Null(RevisionSuffix.BrokenRule("web-checkout-for-everybody", suffix));
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("a")]
    [InlineData("build-20260115-3")]
    public void What_Azure_takes_is_taken(string suffix) => Assert.Null(RevisionSuffix.BrokenRule("web", suffix));

    [Theory]
    [InlineData("", "empty", null)]
    [InlineData("V1", "lower-case", "'v1' would do")]
    [InlineData("v_1", "lower-case", "'v-1' would do")]
    [InlineData("vé", "lower-case", "'v' would do")]
    [InlineData("1a", "begin with a letter", "'r1a' would do")]
    [InlineData("-a", "begin with a letter", "'a' would do")]
    [InlineData("a-", "end with", "'a' would do")]
    [InlineData("a--b", "in a row", "'a-b' would do")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee", "longer than 54", "'bbbbbbbbbbccccccccccddddddddddeeeeeeeeee-7bdfe463' would do")]
    public void What_Azure_would_refuse_is_refused_with_the_rule_and_a_better_one(string suffix, string rule, string? proposal)
    {
        var failure = Assert.Throws<RevisionToolsException>(() => RevisionSuffix.Check("web", suffix));

        Assert.Equal(FailureKind.InvalidRevisionSuffix, failure.Kind);
        Assert.Contains(rule, failure.Message, StringComparison.Ordinal);
        Assert.Contains(proposal ?? "", failure.Message, StringComparison.Ordinal);
        Assert.Equal(proposal is not null, failure.Message.Contains("would do", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("3f2504e04f8911d39a0c0305e82c3301aabbccdd", "r3f2504e04f8911d39a0c0305e82c3301aabbccdd")]
    [InlineData("Build_20260115.3", "build-20260115-3")]
    [InlineData("refs/heads/main", "refs-heads-main")]
    [InlineData("  --  x..y ", "x-y")]
    public void Of_a_commit_or_a_build_id_a_suffix_is_made(string text, string suffix) => Assert.Equal(suffix, RevisionSuffix.Make("web", text));

    [Theory]
    [InlineData("refs/heads/feature/a-very-long-branch-name-that-somebody-has-chosen-1", "refs/heads/feature/a-very-long-branch-name-that-somebody-has-chosen-2")]
    [InlineData("1-of-a-build-id-that-is-far-too-long-for-a-suffix-of-a-revision", "2-of-a-build-id-that-is-far-too-long-for-a-suffix-of-a-revision")]
    [InlineData("3f2504e04f8911d39a0c0305e82c3301aabbccdd3f2504e04f8911d39a0c0305e82c3301aabbccdd", "3f2504e04f8911d39a0c0305e82c3301aabbccdd3f2504e04f8911d39a0c0305e82c3301aabbccde")]
    public void Two_texts_that_are_cut_give_two_suffixes_and_each_always_the_same(string one, string other)
    {
        Assert.NotEqual(RevisionSuffix.Make("web", one), RevisionSuffix.Make("web", other));
        Assert.Equal(RevisionSuffix.Make("web", one), RevisionSuffix.Make("web", one));
        Assert.Null(RevisionSuffix.BrokenRule("web", RevisionSuffix.Make("web", one)));
        Assert.Contains(one[^12..], RevisionSuffix.Make("web", one), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web", "___")]
    [InlineData("an-app-with-a-name-that-is-far-longer-than-azure-would-take-it", "v1")]
    public void Where_none_can_be_made_that_is_said(string appName, string text) =>
        Assert.Equal(FailureKind.InvalidRevisionSuffix, Assert.Throws<RevisionToolsException>(() => RevisionSuffix.Make(appName, text)).Kind);

    [Fact]
    public void What_is_made_of_any_text_is_legal_and_stays_as_it_is_when_made_again() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20260115, 41), Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            const string App = "a-name-of-thirty-two-characters-";
            var withSomething = text.Get + "x";
            var suffix = RevisionSuffix.Make(App, withSomething);
            return RevisionSuffix.BrokenRule(App, suffix) is null && RevisionSuffix.Make(App, suffix) == suffix;
        }));
}
