namespace PinnSweep.Architecture.Tests.Documents;

/// <summary>The rooms of CONTRIBUTING.md are the folders of <c>src</c>, each with what it holds.</summary>
public sealed class RoomTests
{
    private static readonly string[] Lines = File.ReadAllText(MarkdownPage.FilePath("CONTRIBUTING.md"))
        .Split("## Rooms")[1].Split("```text\n")[1].Split("\n```")[0].Split('\n');

    [Fact]
    public void Every_folder_has_its_line_and_no_line_is_left_over() => Assert.Equal(Folders().Order(StringComparer.Ordinal), Told().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_line_says_what_the_folder_holds() => Assert.All(Lines, line => Assert.Contains(' ', line.Trim()));

    /// <summary>The paths of the list; two blanks are one level.</summary>
    private static IEnumerable<string> Told()
    {
        var path = new List<string>();
        foreach (var line in Lines)
        {
            path.RemoveRange((line.Length - line.TrimStart().Length) / 2, path.Count - ((line.Length - line.TrimStart().Length) / 2));
            path.Add(line.Trim().Split(' ')[0]);
            yield return string.Join('/', path);
        }
    }

    private static IEnumerable<string> Folders()
    {
        var root = MarkdownPage.FilePath("src");
        return Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Select(folder => Path.GetRelativePath(root, folder))
            .Where(folder => !folder.Split('/').Any(part => part is "bin" or "obj"))
            .Where(folder => Directory.EnumerateFiles(MarkdownPage.FilePath(Path.Combine("src", folder)), "*", SearchOption.AllDirectories).Any());
    }
}
