using PinnSweep.Testing.Processes;

namespace PinnSweep.Architecture.Tests.Documents;

/// <summary>Whoever follows a link of the documents arrives.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Pages => [.. MarkdownPage.Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_within_the_repository_has_its_file_and_its_heading(string name)
    {
        var broken = MarkdownPage.Read(name).Targets.Where(target => !target.Contains("://", StringComparison.Ordinal) && !Exists(name, target));

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_page_of_docs_is_reached_from_the_readme()
    {
        var targets = MarkdownPage.Read("README.md").Targets.ToList();

        Assert.Empty(MarkdownPage.Names.Where(name => name != "README.md").Except(targets));
    }

    [Theory]
    [InlineData("docs/speed.md", "results.md#quickstart", true)]
    [InlineData("docs/speed.md", "results.md#no-such-heading", false)]
    [InlineData("docs/speed.md", "no-such-page.md", false)]
    [InlineData("README.md", "#words", true)]
    public void A_broken_link_is_found(string page, string target, bool exists) => Assert.Equal(exists, Exists(page, target));

    private static bool Exists(string page, string target)
    {
        var (path, anchor) = target.Split('#') is [var before, var after] ? (before, after) : (target, "");
        var folder = Path.GetDirectoryName(MarkdownPage.FilePath(page))!;
        var file = path.Length == 0 ? MarkdownPage.FilePath(page) : Path.GetFullPath(Path.Combine(folder, path));
        return Path.Exists(file)
            && (anchor.Length == 0 || MarkdownPage.Read(Path.GetRelativePath(RepositoryPaths.Root, file)).Anchors.Contains(anchor));
    }
}
