using System.CommandLine;
using System.Text.RegularExpressions;
using PinnSweep.Commands;
using PinnSweep.Processes;
using PinnSweep.Studies.BuiltInStudies;

namespace PinnSweep.Architecture.Tests.Documents;

/// <summary>Whoever types what the documents quote is understood: verbs, options, benchmarks and built-in studies exist.</summary>
public sealed partial class CommandLineTests : IDisposable
{
    private static readonly string[] StudyVerbs = ["run", "plan", "report", "submit", "status", "watch", "pause", "resume", "cancel", "retry"];

    // Benchmarks read their options themselves, and the program hands all of them on.
    private static readonly Lazy<string> Benchmarks = new(() => string.Concat(
        Directory.EnumerateFiles(MarkdownPage.FilePath("tests/PinnSweep.Benchmarks"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)));

    private readonly Interrupts _interrupts = new();
    private readonly RootCommand _root;

    public CommandLineTests() => _root = RootVerb.Create(new(TextWriter.Null, TextWriter.Null, false, false), _interrupts);

    public static TheoryData<string> Pages => [.. MarkdownPage.Names];

    public void Dispose() => _interrupts.Dispose();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_line_is_one(string name)
    {
        var page = MarkdownPage.Read(name);
        var verbs = _root.Subcommands.Select(verb => verb.Name).ToHashSet();
        var quoted = ShellWords.Joined(page.Shell).Concat(page.CodeSpans).SelectMany(ShellWords.CommandLines);
        // Pages leave the program's name out where they speak of a verb.
        var spoken = page.CodeSpans.Select(span => ShellWords.Words(span)).Where(words => words.Length > 1 && verbs.Contains(words[0]));

        Assert.Empty(quoted.Concat(spoken).Select(words => Mistake(_root, words)).OfType<string>().Distinct());
    }

    [Fact]
    public void The_table_of_verbs_in_the_readme_has_every_verb()
    {
        var told = VerbRow().Matches(MarkdownPage.Read("README.md").Prose.Split("## Verbs")[1].Split("\n## ")[0])
            .SelectMany(row => Regex.Matches(row.Groups["verbs"].Value, "`([a-z]+)").Select(verb => verb.Groups[1].Value));

        Assert.Equal(_root.Subcommands.Select(verb => verb.Name).Order(StringComparer.Ordinal), told.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("rnu quickstart", "rnu: no verb of pinnsweep")]
    [InlineData("run quickstart --ouT x", "--ouT: no option of run")]
    [InlineData("run quickstrat", "quickstrat: no built-in study")]
    [InlineData("certs inti DIR", "inti: no verb of certs")]
    [InlineData("bench egnine", "egnine: no benchmark")]
    [InlineData("bench engine --round 2", "--round: no option of a benchmark")]
    [InlineData("run STUDY --set budget.steps=1 | tee x --y", null)]
    public void A_mistaken_command_line_is_found(string line, string? mistake) => Assert.Equal(mistake, Mistake(_root, ShellWords.Words(line)));

    private static string? Mistake(Command root, string[] words)
    {
        var command = root;
        foreach (var word in words.Where(word => word != "…"))
        {
            if (word.StartsWith('-'))
            {
                if (!HasOption(command, word.Split('=')[0]))
                {
                    return $"{word.Split('=')[0]}: no option of {(command.Name == "bench" ? "a benchmark" : command.Name)}";
                }
            }
            else if (command.Subcommands.FirstOrDefault(verb => verb.Name == word) is { } verb)
            {
                command = verb;
            }
            else if (command.Subcommands.Count > 0)
            {
                return word.Any(char.IsAsciiLetterLower) ? $"{word}: no verb of {(command == root ? "pinnsweep" : command.Name)}" : null;
            }
        }

        var first = words.SkipWhile(word => word != command.Name).Skip(1).FirstOrDefault() ?? "";
        return command.Name switch
        {
            "bench" when first.Length > 0 && !command.Arguments[0].Description!.Split(", ").Contains(first) => $"{first}: no benchmark",
            var verb when StudyVerbs.Contains(verb) && StudyName().IsMatch(first) && BuiltInStudies.Find(first) is null => $"{first}: no built-in study",
            _ => null,
        };
    }

    private static bool HasOption(Command command, string name) => command.Name == "bench"
        ? Benchmarks.Value.Contains($"\"{name}\"", StringComparison.Ordinal)
        : command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
            .Any(option => option.Name == name || option.Aliases.Contains(name));

    // A study by its name; placeholders are capital letters, and files have an ending.
    [GeneratedRegex("^[a-z][a-z-]*$")]
    private static partial Regex StudyName();

    [GeneratedRegex(@"^\| (?<verbs>[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex VerbRow();
}
