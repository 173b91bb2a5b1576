using System.Text;
using System.Text.RegularExpressions;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Papers;
using PinnSweep.Reports.Verification;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Reports.Tests.Papers;

/// <summary>The folder of a paper: what it says, what it cites, what its author may change, and how a changed digit is found.</summary>
public sealed class PaperTests : IDisposable
{
    private const string Hostile = "50 % & \\x_1 {a} $b$ #c ~ ^ <d>";

    private static readonly Bibliography Works = Bibliography.Parse("""
        Words for people.
        @article{doe2020,
          author = {Doe, J.},
          title = {A Method},
          year = {2020},
          doi = {10.1000/xyz}
        }

        @misc{roe2021,
          author = {Roe, R.},
          title = {Another},
          year = {2021},
          named = {Roe 2021}
        }

        @article{wilson1927,
          author = {Wilson, E. B.},
          title = {Probable Inference},
          year = {1927}
        }
        """);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_paper_has_methods_data_references_tables_figures_and_a_list_of_its_files()
    {
        var written = PaperWriter.Write(Report(), Sources(), _folder.Path);

        Assert.All(
            new[] { "paper.tex", "methods.tex", "data-availability.tex", "references.bib", "README.txt", "tidy.csv", "study.yaml", "tables/accuracy.tex", "figures/convergence-steps.pdf" },
            name => Assert.Contains(name, written.Files));
        Assert.All(written.Files, name => Assert.True(File.Exists(_folder[name]), name));
        Assert.All(
            Regex.Matches(Text("README.txt"), @"^([0-9a-f]{64})  (.+)$", RegexOptions.Multiline),
            line => Assert.Equal(line.Groups[1].Value, DataText.Hash(File.ReadAllBytes(_folder[line.Groups[2].Value]))));
    }

    [Fact]
    public void The_methods_say_what_was_trained_how_long_and_what_became_of_it()
    {
        PaperWriter.Write(Report(), Sources(), _folder.Path);
        var methods = Text("methods.tex");

        Assert.Contains("4 levels of balancer: 4 combinations, trained with seeds 1, 2, 3; 12 trials, of which 12 have finished.", methods, StringComparison.Ordinal);
        Assert.Contains("budget of 2,000 steps", methods, StringComparison.Ordinal);
        Assert.Contains("The control is static.", methods, StringComparison.Ordinal);
        Assert.Contains("8 converged, 3 stalled, 1 diverged", methods, StringComparison.Ordinal);
        Assert.Contains("there were 7.", methods, StringComparison.Ordinal);
        Assert.Contains("below 0.05", methods, StringComparison.Ordinal);
        Assert.Contains("static: plain sum~\\cite{doe2020}.", methods, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_work_cited_stands_once_in_the_bibliography_and_no_other()
    {
        PaperWriter.Write(Report(), Sources(), _folder.Path);

        var cited = Regex.Matches(Text("methods.tex"), @"\\cite\{([^}]*)\}").SelectMany(match => match.Groups[1].Value.Split(',')).Distinct().Order(StringComparer.Ordinal);
        var known = Regex.Matches(Text("references.bib"), @"^@[a-z]+\{([^,]+),", RegexOptions.Multiline).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(["doe2020", "roe2021", "wilson1927"], cited);
        Assert.Equal(cited, known);
        Assert.DoesNotContain("named", Text("references.bib"), StringComparison.Ordinal);
        Assert.Contains("No work is known for: problem helmholtz", Text("references.bib"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_statement_has_the_hashes_of_study_file_and_data()
    {
        PaperWriter.Write(Report(), Sources(), _folder.Path);
        var data = Text("data-availability.tex").Replace("\\allowbreak{}", "", StringComparison.Ordinal);

        Assert.Contains(DataText.Hash(Encoding.UTF8.GetBytes("study: made-up\n")), data, StringComparison.Ordinal);
        Assert.Contains(DataText.Hash(File.ReadAllBytes(_folder["tidy.csv"])), data, StringComparison.Ordinal);
        Assert.Contains(Report().Header.Hash, data, StringComparison.Ordinal);
        Assert.Contains("All 12 rows", data, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes_and_all_of_its_numbers_agree()
    {
        using var other = new TemporaryFolder();
        var written = PaperWriter.Write(Report(), Sources(), _folder.Path);
        PaperWriter.Write(Report(), Sources(), other.Path);

        Assert.All(written.Files, name => Assert.Equal(File.ReadAllBytes(_folder[name]), File.ReadAllBytes(other[name])));
        var checks = PaperVerifier.OfFolder(Report(), Sources(), _folder.Path);
        Assert.All(checks, check => Assert.Empty(check.Found.Differences));
        Assert.Contains(checks, check => check.File.EndsWith("methods.tex", StringComparison.Ordinal) && check.Found.Numbers > 20);
        Assert.Contains(checks, check => check.File.EndsWith("accuracy.tex", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("methods.tex", "budget of 2,000 steps", "budget of 2,100 steps", "2,000", "2,100")]
    [InlineData("methods.tex", "seeds 1, 2, 3; 12 trials", "seeds 1, 2, 3; 15 trials", "12", "15")]
    [InlineData("data-availability.tex", "All 12 rows", "All 13 rows", "12", "13")]
    public void A_changed_digit_of_a_text_is_found_with_its_line(string file, string there, string forged, string stored, string printed)
    {
        PaperWriter.Write(Report(), Sources(), _folder.Path);
        var text = Text(file);
        var line = 1 + text[..text.IndexOf(there, StringComparison.Ordinal)].Count(sign => sign == '\n');

        var difference = Assert.Single(PaperVerifier.Of(Report(), Sources(), text.Replace(there, forged, StringComparison.Ordinal), file).Differences);

        Assert.Equal((printed, stored, line), (difference.Printed, difference.Stored, difference.Line));
    }

    [Fact]
    public void Words_may_be_rewritten_and_sentences_left_out_but_no_number_added()
    {
        PaperWriter.Write(Report(), Sources(), _folder.Path);
        var lines = Text("methods.tex").Split('\n');
        var rewritten = string.Join('\n', lines.Where(line => !line.StartsWith("The control", StringComparison.Ordinal) && !line.StartsWith("Errors are evaluated", StringComparison.Ordinal)))
            .Replace("Every trial has a budget of", "All of them were trained for", StringComparison.Ordinal);

        Assert.Empty(PaperVerifier.Of(Report(), Sources(), rewritten, "methods.tex").Differences);
        Assert.Equal("17", Assert.Single(PaperVerifier.Of(Report(), Sources(), rewritten + "It took 17 days.\n", "methods.tex").Differences).Printed);
    }

    [Fact]
    public void A_changed_digit_of_a_table_is_found_with_its_line()
    {
        PaperWriter.Write(Report(), Sources(), _folder.Path);
        var text = Text("tables/accuracy.tex");
        _folder.Write("tables/accuracy.tex", text.Replace("2.40e-3", "2.41e-3", StringComparison.Ordinal));

        var difference = Assert.Single(PaperVerifier.OfFolder(Report(), Sources(), _folder.Path).SelectMany(check => check.Found.Differences));

        Assert.Contains("2.40e-3", text.Split('\n')[difference.Line - 1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_author_changed_is_kept_or_moved_aside_and_what_is_the_authors_own_is_not_touched()
    {
        PaperWriter.Write(Report(), Sources(), _folder.Path);
        _folder.Write("paper.tex", "mine");
        _folder.Write("methods.tex", "my words");
        _folder.Write("notes.tex", "notes");

        var written = PaperWriter.Write(Report(), Sources(), _folder.Path);

        Assert.Equal(["paper.tex"], written.Kept);
        Assert.Equal([("methods.tex", "methods.edited.tex")], written.MovedAside);
        Assert.Equal(("mine", "my words", "notes"), (Text("paper.tex"), Text("methods.edited.tex"), Text("notes.tex")));
        Assert.Contains("Design.", Text("methods.tex"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_a_bibliography_of_its_own_is_refused_whole()
    {
        _folder.Write("references.bib", "mine");

        var mistake = Assert.Throws<UserMistakeException>(() => PaperWriter.Write(Report(), Sources(), _folder.Path));

        Assert.Contains("references.bib", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(("mine", false), (Text("references.bib"), File.Exists(_folder["methods.tex"])));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_users_mistake()
    {
        _folder.Write("file", "");

        var mistake = Assert.Throws<UserMistakeException>(() => PaperWriter.Write(Report(), Sources(), _folder["file/paper"]));

        Assert.Contains("the paper cannot be written", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_people_cannot_break_out_of_the_texts()
    {
        var results = Made.FourMethods().Build();
        var named = StudyReport.Build(results with { Plan = results.Plan with { Spec = results.Plan.Spec with { Name = Hostile } } });

        PaperWriter.Write(named, Sources(), _folder.Path);

        Assert.All(new[] { "methods.tex", "data-availability.tex", "paper.tex" }, file =>
        {
            Assert.Contains(@"50 \% \& \textbackslash{}x\_1 \{a\} \$b\$ \#c", Text(file), StringComparison.Ordinal);
            Assert.DoesNotContain("50 % &", Text(file), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Studies_that_tune_look_or_have_a_design_say_so_and_agree_with_themselves()
    {
        foreach (var (report, word) in new[]
        {
            (StudyReport.Build(StagedStudy.Of(StagedStudy.Halving, trial => 0.1)), "equal purse"),
            (StudyReport.Build(StagedStudy.Of(StagedStudy.Replicated, trial => 0.1)), "looks at 4, 6, 8 seeds"),
            (DesignedStudy.Report(DesignedStudy.Grid, DesignedStudy.Worked), "Design: grid"),
        })
        {
            var files = PaperFiles.Of(report, Sources());
            var methods = files.Texts.First(file => file.Name == "methods.tex").Text;

            Assert.Contains(word, methods, StringComparison.Ordinal);
            Assert.All(files.Texts.Where(file => PaperVerifier.IsText(file.Name)), file => Assert.Empty(PaperVerifier.Of(report, Sources(), file.Text, file.Name).Differences));
            Assert.All(files.Texts.Where(file => file.Name.StartsWith("tables/", StringComparison.Ordinal)), file => Assert.Empty(TableVerifier.Of(report, file.Text, file.Name).Differences));
        }
    }

    private static StudyReport Report() => StudyReport.Build(Made.FourMethods().FaultsRetried(7).Build());

    private static PaperSources Sources() => new(
        new Catalog([new(Factor.Balancer, "static", "plain sum", "Doe, J. Methods 1, 2020, doi 10.1000/xyz", []), new(Factor.Balancer, "relobralo", "another", "Roe 2021", [])], _ => null),
        Works,
        "study: made-up\n");

    private string Text(string name) => File.ReadAllText(_folder[name]);
}
