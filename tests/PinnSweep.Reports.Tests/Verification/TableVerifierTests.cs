using System.Collections.Immutable;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Latex;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Printed;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Verification;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Reports.Tests.Verification;

public sealed class TableVerifierTests
{
    private static readonly StudyReport Report = StudyReport.Build(Made.FourMethods().Build());
    private static readonly StudyReport Many = StudyReport.Build(Made.ManyProblems().Build());

    private static readonly StudyReport Published = WithPublished(Made.FourMethods().Build());

    private static string Latex => LatexFormat.Render(DocumentComposer.Compose(Report).Tables.First());

    [Fact]
    public void Every_table_of_a_report_agrees_with_its_own_store_in_every_format()
    {
        foreach (var report in new[] { Report, Many, Published })
        {
            var document = DocumentComposer.Compose(report);
            var latex = TableVerifier.Of(report, LatexFormat.Render(document), "report.tex");
            var markdown = TableVerifier.Of(report, MarkdownFormat.Render(document), "report.md");

            Assert.Equal([], latex.Differences);
            Assert.Equal([], markdown.Differences);
            Assert.Equal(document.Tables.Select(table => table.Name).Order(), markdown.Tables.Order());
            Assert.True(latex.Numbers > 100);
            Assert.All(CsvFormat.FilesOf(report), file =>
            {
                using var text = new StringWriter();
                file.Write(report, text);
                Assert.Equal([], TableVerifier.Of(report, text.ToString(), $"{file.Name}.csv").Differences);
            });
        }
    }

    [Fact]
    public void One_changed_digit_is_found()
    {
        var forged = Latex.Replace("2.40e-3", "2.41e-3", StringComparison.Ordinal);
        Assert.NotEqual(Latex, forged);

        var difference = Assert.Single(TableVerifier.Of(Report, forged, "accuracy.tex").Differences);

        Assert.Equal(("accuracy", "relobralo", "median"), (difference.Table, difference.Row, difference.Column));
        Assert.Contains("2.41e-3", difference.Printed, StringComparison.Ordinal);
        Assert.Equal("2.40e-3", difference.Stored);
    }

    [Theory]
    [InlineData("2.40e-3 |", "2.41e-3 |", "ours (mean)")]
    [InlineData("(about 4 seeds would decide)", "(about 8 seeds would decide)", "verdict")]
    [InlineData("1.04× [", "1.05× [", "ours ÷ published [95 %]")]
    [InlineData("| 0.393× [", "| 0.394× [", "ours ÷ rerun [95 %]")]
    public void A_changed_digit_of_a_reproduction_is_found(string printed, string forged, string column)
    {
        var text = MarkdownFormat.Render(DocumentComposer.Compose(Published).Tables.Single(table => table.Name == "published-1"));
        var changed = text.Replace(printed, forged, StringComparison.Ordinal);
        Assert.True(text != changed, text);

        Assert.Equal(column, Assert.Single(TableVerifier.Of(Published, changed, "published.md").Differences).Column);
    }

    [Fact]
    public void A_changed_exponent_or_count_is_found()
    {
        Assert.Single(TableVerifier.Of(Report, Latex.Replace("2.40e-3", "2.40e-4", StringComparison.Ordinal), "t.tex").Differences);
        Assert.Single(TableVerifier.Of(Report, Latex.Replace("2/3 (1 diverged)", "3/3", StringComparison.Ordinal), "t.tex").Differences);
    }

    [Fact]
    public void Numbers_may_be_rounded_further_and_columns_left_out()
    {
        const string printed = """
            | balancer  | median | geometric mean |
            |-----------|-------:|---------------:|
            | gradnorm  | 2.4e-3 | 2.4e-3 ≈       |
            | relobralo | 2.40e-3 | **2×10^-3**   |
            """;

        var found = TableVerifier.Of(Report, printed, "paper.md");

        Assert.Equal([], found.Differences);
        Assert.Equal(4, found.Numbers);
    }

    [Fact]
    public void A_dash_between_two_numbers_of_latex_is_no_minus() =>
        Assert.Equal([7600.0, 10000.0], PrintedNumbers.Of(PrintedTables.Of("\\begin{tabular}{l}\\toprule a & b \\\\ \\midrule x & 7600--10000 \\\\ \\bottomrule\\end{tabular}", "t.tex")[0].Rows[0][1]).Select(number => number.Value));

    [Fact]
    public void A_row_that_the_store_does_not_have_is_found()
    {
        var found = TableVerifier.Of(Report, Latex.Replace("gradnorm", "gradmorn", StringComparison.Ordinal), "t.tex");

        Assert.NotEmpty(found.Differences);
        Assert.All(found.Differences, difference => Assert.Equal(("gradmorn", "no such row"), (difference.Row, difference.Stored)));
    }

    [Fact]
    public void A_table_of_another_study_is_a_users_mistake()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => TableVerifier.Of(Report, Latex.Replace("tab:accuracy", "tab:acuracy", StringComparison.Ordinal), "t.tex"));

        Assert.Contains("nearest 'accuracy'", mistake.Message, StringComparison.Ordinal);
        Assert.Throws<UserMistakeException>(() => TableVerifier.Of(Report, "no table here", "t.md"));
    }

    [Fact]
    public void Tables_that_earlier_versions_printed_are_recomputed()
    {
        var markdown = MarkdownFormat.Render(ControlTable.Of(Report, Report.Blocks[0], "helmholtz")!).Replace("diverged [95 %]", "failures [95 %]", StringComparison.Ordinal);
        using var accuracy = new StringWriter();
        CsvFormat.Accuracy(Report, accuracy);
        using var comparisons = new StringWriter();
        CsvFormat.Comparisons(Report, comparisons);
        var tied = accuracy.ToString().Replace("undecided", "tied", StringComparison.Ordinal);

        Assert.NotEqual(accuracy.ToString(), tied);
        Assert.Equal([], TableVerifier.Of(Report, markdown, "control.md").Differences);
        Assert.Equal([], TableVerifier.Of(Report, tied, "accuracy.csv").Differences);
        Assert.Equal([], TableVerifier.Of(Report, comparisons.ToString().Replace(",diverged", ",failures", StringComparison.Ordinal), "comparisons.csv").Differences);
        Assert.Single(TableVerifier.Of(Report, markdown.Replace("1 [0.06, 0.79]", "2 [0.06, 0.79]", StringComparison.Ordinal), "control.md").Differences);
    }

    [Fact]
    public void Rows_whose_labels_differ_in_signs_alone_are_told_apart()
    {
        var report = StudyReport.Build(Made.FourMethods()
            .With(Factor.Balancer, ("größe", Level.Of("static"), []), ("a+", Level.Of("relobralo"), []), ("a-", Level.Of("gradnorm"), []), ("大", Level.Of("self-adaptive"), [])).Build());
        var table = DocumentComposer.Compose(report).Tables.First();
        var lines = MarkdownFormat.Render(table).Split('\n');
        var swapped = string.Join('\n', lines.Take(6).Concat(lines.Skip(6).Take(4).Reverse()).Concat(lines.Skip(10)));

        Assert.Contains("| 大", lines[9], StringComparison.Ordinal);
        Assert.Equal([], TableVerifier.Of(report, swapped, "paper.md").Differences);
        Assert.Equal([], TableVerifier.Of(report, LatexFormat.Render(table), "paper.tex").Differences);
        Assert.Equal(2, TableVerifier.Of(report, swapped.Replace("| a+ ", "| x+ ", StringComparison.Ordinal).Replace("| a- ", "| a+ ", StringComparison.Ordinal).Replace("| x+ ", "| a- ", StringComparison.Ordinal), "paper.md").Differences.Select(difference => difference.Row).Distinct().Count());
    }

    [Theory]
    [InlineData("four-methods.tex", "2.40 \\times 10^{-3}", "2.41 \\times 10^{-3}", 11)]
    [InlineData("four-methods.md", "| 2.40e-3 |", "| 2.41e-3 |", 10)]
    [InlineData("many-problems.md", "5.29e-2 [", "5.28e-2 [", 9)]
    public void Reports_of_earlier_versions_are_read_and_a_changed_digit_is_found_with_its_line(string file, string there, string forged, int line)
    {
        // As version 0.1.0 wrote them in November 2026: tables without names in Markdown, powers of ten as formulas in LaTeX.
        var text = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "tests", "PinnSweep.Reports.Tests", "Verification", "Earlier", file));
        var report = file.StartsWith("many", StringComparison.Ordinal) ? Many : Report;
        var at = text.IndexOf(there, StringComparison.Ordinal);

        Assert.Equal([], TableVerifier.Of(report, text, file).Differences);
        Assert.Equal(line, Assert.Single(TableVerifier.Of(report, $"{text[..at]}{forged}{text[(at + there.Length)..]}", file).Differences).Line);
    }

    [Fact]
    public void A_part_of_a_table_with_two_columns_of_one_heading_is_held_against_its_own()
    {
        var table = DocumentComposer.Compose(Many).Tables.Single(table => table.Name == "parity");
        var (markdown, latex) = (MarkdownFormat.Render(table), LatexFormat.Render(table, LatexWidth.Column));

        Assert.Contains("columns 1, 2, ", markdown + latex, StringComparison.Ordinal);
        Assert.Equal([], TableVerifier.Of(Many, markdown, "parity.md").Differences);
        Assert.Equal([], TableVerifier.Of(Many, latex, "parity.tex").Differences);
    }

    private static StudyReport WithPublished(StudyResults results)
    {
        var rows = new[] { ("static", 0.2), ("relobralo", 2.3e-3), ("gradnorm", 2.5e-3), ("self-adaptive", 1e-3) }.Select(row =>
            new PublishedValue(ImmutableSortedDictionary<Factor, LevelPattern>.Empty.Add(Factor.Balancer, new(row.Item1, SpecValue.Map.Empty)), row.Item2, row.Item2 / 5, null, null)).ToArray();
        rows[0] = rows[0] with { Rerun = new("a rerun", [0.5, 0.6, 0.58], null, null, null) };
        var table = new PublishedTable("a source", "relative_l2", PublishedStatistic.Mean, 10, null, null, null, 2, [.. rows]);
        return StudyReport.Build(results with { Plan = results.Plan with { Spec = results.Plan.Spec with { Published = [table, table with { Statistic = PublishedStatistic.Best, Runs = 2, Source = "another" }] } } });
    }
}
