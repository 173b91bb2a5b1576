using System.Text.RegularExpressions;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Architecture.Tests.Documents;

/// <summary>A page of the documents: its headings, links and command lines, as GitHub reads them.</summary>
internal sealed partial class MarkdownPage
{
    private MarkdownPage(string name)
    {
        Name = name;
        var (fence, lines) = (default(string), new List<string>());
        foreach (var line in File.ReadLines(FilePath(name)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fence = fence is null ? line[3..] : null;
            }
            else if (fence is null)
            {
                lines.Add(line);
            }
            else if (fence.StartsWith("console", StringComparison.Ordinal) || fence.StartsWith("sh", StringComparison.Ordinal))
            {
                Shell.Add(line);
            }
        }

        Prose = string.Join('\n', lines);
    }

    /// <summary>The pages that people read first to last.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "README.md", "CONTRIBUTING.md", "cluster-config/README.md",
        .. Directory.GetFiles(FilePath("docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}").Order(StringComparer.Ordinal),
    ];

    /// <summary>Its path from the root of the repository.</summary>
    public string Name { get; }

    /// <summary>All lines outside of blocks of code.</summary>
    public string Prose { get; }

    /// <summary>Lines of blocks that are typed into a shell.</summary>
    public List<string> Shell { get; } = [];

    /// <summary>What stands between backticks.</summary>
    public IEnumerable<string> CodeSpans => Span().Matches(Prose).Select(match => match.Groups["code"].Value.Replace('\n', ' '));

    /// <summary>Targets of links and pictures.</summary>
    public IEnumerable<string> Targets => Target().Matches(Span().Replace(Prose, "")).Select(match => match.Groups["target"].Value);

    /// <summary>The anchors of its headings; a heading that comes again has a number behind it.</summary>
    public IReadOnlyCollection<string> Anchors =>
    [
        .. Heading().Matches(Prose).Select(match => Slug(match.Groups["text"].Value))
            .GroupBy(slug => slug).SelectMany(same => same.Select((slug, i) => i == 0 ? slug : $"{slug}-{i}")),
    ];

    public static MarkdownPage Read(string name) => new(name);

    public static string FilePath(string name) => Path.Combine(RepositoryPaths.Root, name);

    private static string Slug(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)|src=""(?<target>[^""]+)""")]
    private static partial Regex Target();

    [GeneratedRegex("^#{1,6} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
