using System.Text.RegularExpressions;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

public sealed class ImageKeepListTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void Every_tag_matches_but_those_that_are_needed()
    {
        var filter = Assert.Single(Filters(["contoso.azurecr.io/team/web:1.0", "contoso.azurecr.io/team/web:v2"]));

        Assert.Equal(@"team/web:^(?!(1\.0|v2)$).+$", filter);
        Assert.Equal(["1x0", "1.0.1", "v", "v22", "V2", "latest"], Purged(filter, "1.0", "1x0", "1.0.1", "v", "v2", "v22", "V2", "latest"));
    }

    [Fact]
    public void A_repository_has_one_line_whatever_the_case_of_its_registry() =>
        Assert.Equal(
            [@"a/b:^(?!(1|2)$).+$", @"c\.d:^(?!(1)$).+$", "a/b:^(?!(3)$).+$"],
            Filters(["One.azurecr.io/a/b:1", "one.azurecr.io/a/b:2", "one.azurecr.io/c.d:1", "two.azurecr.cn/a/b:3"]));

    [Fact]
    public void What_is_needed_by_digest_is_locked_and_not_filtered()
    {
        var text = Write([$"contoso.azurecr.io/web@{Digest}", $"contoso.azurecr.io/api:1@{Digest}"]);

        Assert.Contains($"az acr repository update --name contoso --image 'web@{Digest}' --delete-enabled false --write-enabled false", text, StringComparison.Ordinal);
        Assert.Contains("No tag of web is needed, so there is no filter for it", text, StringComparison.Ordinal);
        Assert.Equal(["api:^(?!(1)$).+$"], FiltersIn(text));
    }

    [Theory]
    [InlineData("nginx:1.25")]
    [InlineData("contoso.azurecr.io/web:a'b")]
    [InlineData("contoso.azurecr.io/web:$(id)")]
    [InlineData("contoso.azurecr.io/web:a|b")]
    [InlineData("contoso.azurecr.io/we(b:1")]
    [InlineData("contoso.azurecr.io/web:1\n.*:.*")]
    [InlineData("contoso.azurecr.io/Web:1")]
    [InlineData("a b.azurecr.io/web:1")]
    [InlineData("contoso.azurecr.io/web@sha256:zz")]
    public void What_no_filter_can_name_is_a_comment_of_one_line(string image)
    {
        var text = Write([image]);

        Assert.Empty(FiltersIn(text));
        Assert.StartsWith("# ", text.Split('\n')[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_init_containers_and_of_all_that_may_have_to_start_again_are_needed()
    {
        var snapshot = Snapshot(12, resource => resource with { InitImages = [$"contoso.azurecr.io/init:{resource.Name[^1]}"] });
        var entries = snapshot.Revisions.Take(6).Select((revision, index) => new PrunePlanEntry
        {
            Revision = revision,
            Decision = index switch { 0 => PruneDecision.Keep, 1 => PruneDecision.Deactivate, 2 => PruneDecision.Blocked, _ => PruneDecision.Inactive },
            Reasons = ["-"],
            PurgeExpected = index is 1 or 3,
        }).ToList();

        var text = ImageKeepList.Write([Plan(snapshot, entries)]);

        // The fourth is inactive, and the platform may purge it.
        Assert.Equal(["init:^(?!(1|2|3|5|6)$).+$", @"web:^(?!(1\.0|2\.0|3\.0|5\.0|6\.0)$).+$"], FiltersIn(text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Over_odd_tags_what_is_needed_is_never_matched_and_all_else_is(int seed)
    {
        const string First = "abcABC012_";
        const string Rest = First + ".-";
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var tags = Enumerable.Range(0, random.Next(2, 30)).Select(_ => First[random.Next(First.Length)]
                + string.Concat(Enumerable.Range(0, random.Next(0, 5)).Select(_ => Rest[random.Next(Rest.Length)]))).Distinct().ToList();
            var needed = tags.Take(random.Next(1, tags.Count)).ToList();

            var filter = Assert.Single(Filters([.. needed.Select(tag => $"contoso.azurecr.io/web:{tag}")]));

            Assert.Equal(tags.Except(needed), Purged(filter, [.. tags]));
        }
    }

    [Fact]
    public void What_an_app_needs_that_opts_out_is_spared()
    {
        var shop = Given.Shop(3, resource => resource with { Containers = [new RevisionContainer { Name = "main", Image = $"contoso.azurecr.io/web:{resource.Name[^1]}" }] });
        var world = new PruneWorld(new AppSnapshot(shop.App with { Tags = new Dictionary<string, string> { ["revisiontools-prune"] = "never" } }, shop.Revisions));

        var plan = PrunePlanner.Plan(world, new PruneRequest(new RetentionPolicy { KeepLast = 1 }, new InterlockLifts()), Given.Now);

        Assert.Equal(["web:^(?!(1|2|3)$).+$"], FiltersIn(ImageKeepList.Write([plan])));
    }

    [Fact]
    public void A_filter_is_split_as_acr_purge_splits_it()
    {
        // The colon that is neither in the head of a group nor in a class of characters.
        var filter = Assert.Single(Filters(["contoso.azurecr.io/team/web:1.0", "contoso.azurecr.io/team/web:2.0"]));

        Assert.Single(Regex.Matches(filter, @"(?<!\(\?[imsU-]{0,5}|\[*\^*\[\^*):(?!\]\]*)"));
        Assert.DoesNotContain("'", filter, StringComparison.Ordinal);
    }

    private static string[] Filters(string[] images) => FiltersIn(Write(images));

    private static string[] FiltersIn(string text) => [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#')];

    /// <summary>What acr purge would take, by the filter as it reads it.</summary>
    private static IEnumerable<string> Purged(string filter, params string[] tags) => tags.Where(tag => Regex.IsMatch(tag, filter[(filter.IndexOf(':') + 1)..]));

    private static string Write(string[] images)
    {
        var snapshot = Snapshot(1, resource => resource with { Containers = [.. images.Select(image => new RevisionContainer { Name = "c", Image = image })] });
        return ImageKeepList.Write([Plan(snapshot, [new PrunePlanEntry { Revision = snapshot.Revisions[0], Decision = PruneDecision.Keep, Reasons = ["-"] }])]);
    }

    private static AppSnapshot Snapshot(int count, Func<RevisionResource, RevisionResource> change) => Given.Snapshot(
        Given.App(),
        [.. Enumerable.Range(1, count).Select(number => change(Given.Resource(number) with
        {
            Containers = [new RevisionContainer { Name = "web", Image = $"contoso.azurecr.io/web:{number}.0" }],
        }))]);

    private static PrunePlan Plan(AppSnapshot snapshot, IReadOnlyList<PrunePlanEntry> entries) =>
        PrunePlanner.Plan(new PruneWorld(snapshot), new PruneRequest(new RetentionPolicy { KeepLast = 1 }, new InterlockLifts()), Given.Now) with { Entries = entries };
}
