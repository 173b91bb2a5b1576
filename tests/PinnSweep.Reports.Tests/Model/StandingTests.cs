using System.Text.Json;
using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Model;

/// <summary>Who is best, and what the marks of the others claim: the same in every format.</summary>
public sealed class StandingTests
{
    private static readonly string[] Methods = ["trivial", "better", "worse"];

    [Fact]
    public void A_trivial_method_with_the_smallest_error_is_neither_bold_nor_tied_and_its_mark_is_explained()
    {
        var report = Report(1, 3, (_, method, seed) => method == "trivial" ? 0.5 : method == "better" ? 0.6 + (0.01 * seed) : 0.9 + (0.01 * seed), method => method == "trivial");

        Assert.Equal([Standing.Unsolved, Standing.Best, Standing.Behind], Standings(report));
        const string explained = "‡: no trial solved the problem (all are trivial or diverged), so that its error, however small, is never the best.";
        var (text, markdown, html, latex) = Formats(report);
        Assert.Contains("5.00e-1 ‡", text, StringComparison.Ordinal);
        Assert.Contains("6.20e-1 *", text, StringComparison.Ordinal);
        Assert.Contains("5.00e-1 ‡", markdown, StringComparison.Ordinal);
        Assert.Contains("**6.20e-1**", markdown, StringComparison.Ordinal);
        Assert.Contains("5.00e-1 ‡", html, StringComparison.Ordinal);
        Assert.Contains("5.00e-1 {\\,‡}", latex, StringComparison.Ordinal);
        Assert.All(new[] { text, markdown, html, latex }, format => Assert.Contains(explained, format, StringComparison.Ordinal));
        Assert.Equal(["unsolved", "best", "behind"], CsvStandings(report));
        Assert.Equal(["unsolved", "best", "behind"], JsonStandings(report));
    }

    [Fact]
    public void Where_all_are_trivial_or_diverged_nothing_is_bold_and_the_table_says_so()
    {
        var report = Report(2, 3, (problem, _, _) => problem == "p2" ? 0.97 : 1e-3);
        var text = TextFormat.Accuracy(report);

        Assert.All(report.Blocks[0].Column("p2"), cell => Assert.Equal(Standing.Unsolved, cell.Standing));
        Assert.Contains(report.Blocks[0].Column("p1"), cell => cell.Standing == Standing.Best);
        Assert.Contains("No method solved p2: nothing is bold there.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("9.70e-1 *", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_that_solved_the_problem_in_one_seed_keeps_its_mean_over_all()
    {
        var report = StudyReport.Build(Builder(1, 3).Error((levels, seed) => levels.Balancer.Kind == "trivial" && seed > 1 ? 1.0 : 1e-2 * seed).Build());

        Assert.Equal(Math.Cbrt(1e-2), report.Blocks[0]["trivial", "p1"]!.Accuracy.Mean, 1e-12);
        Assert.NotEqual(Standing.Unsolved, report.Blocks[0]["trivial", "p1"]!.Standing);
    }

    [Fact]
    public void A_mixture_of_trivial_and_diverged_trials_solved_nothing_and_an_unfinished_cell_is_not_judged()
    {
        var report = StudyReport.Build(Builder(1, 3)
            .Error((levels, seed) => levels.Balancer.Kind == "trivial" ? seed == 1 ? null : 0.99 : 1e-2)
            .Missing((levels, _) => levels.Balancer.Kind == "worse").Build());

        Assert.Equal([Standing.Unsolved, Standing.Best, Standing.Unranked], Standings(report));
    }

    [Fact]
    public void With_one_seed_nothing_is_tested()
    {
        var report = Report(1, 1, (_, method, _) => 1e-3 * (1 + Array.IndexOf(Methods, method)));
        var (text, markdown, html, latex) = Formats(report);

        Assert.Equal([Standing.Best, Standing.NotTested, Standing.NotTested], Standings(report));
        Assert.All(new[] { text, markdown, html, latex }, format => Assert.Contains("†: not tested against it: with so few common seeds no test can tell anything.", format, StringComparison.Ordinal));
        Assert.All(new[] { text, markdown, html, latex }, format => Assert.DoesNotContain("≈", format.Split("Robustness")[0], StringComparison.Ordinal));
        Assert.Contains("2.00e-3 †", text, StringComparison.Ordinal);
        Assert.Contains("2.00e-3 †", markdown, StringComparison.Ordinal);
        Assert.Contains("2.00e-3 †", html, StringComparison.Ordinal);
        Assert.Contains("2.00e-3 {\\,†}", latex, StringComparison.Ordinal);
        Assert.Equal(["best", "not tested", "not tested"], CsvStandings(report));
        Assert.Equal(["best", "notTested", "notTested"], JsonStandings(report));
    }

    [Fact]
    public void Equal_methods_are_undecided_with_three_seeds_and_equivalent_with_many()
    {
        // Spread by a fifth of a decade, one and the same on average.
        static double Error(string problem, string method, long seed) => Math.Pow(10, -2 + (0.2 * new RandomStream(seed, method).NextGaussian()) + (method == "worse" ? 1 : 0));
        var (few, many) = (Report(1, 3, Error), Report(1, 80, Error));

        Assert.Equal([Standing.Best, Standing.Undecided], Standings(few)[..2].Order());
        Assert.Equal([Standing.Best, Standing.Equivalent], Standings(many)[..2].Order());
        Assert.Equal(Standing.Behind, Standings(many)[2]);
        var (text, markdown, html, latex) = Formats(few);
        Assert.All(new[] { text, markdown, html, latex }, format => Assert.Contains("?: undecided: neither worse than it (paired t test", format, StringComparison.Ordinal));
        (text, markdown, html, latex) = Formats(many);
        Assert.All(new[] { text, markdown, html }, format => Assert.Contains("≈: equivalent to it for all practical purposes: their ratio lies within a factor 1.25", format, StringComparison.Ordinal));
        Assert.Contains("\\approx$", latex, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_of_undecided_needs_a_test_that_could_have_told()
    {
        // Ten seeds decide by Wilcoxon's test, whose smallest p with the three that this method has is ¼.
        var report = StudyReport.Build(Builder(1, 10)
            .Error((levels, seed) => Math.Pow(10, -2 + (0.3 * new RandomStream(seed, levels.Balancer.Kind).NextGaussian()) + (levels.Balancer.Kind == "better" ? -1 : 0)))
            .Missing((levels, seed) => levels.Balancer.Kind == "worse" && seed > 3).Build());

        Assert.Equal(Standing.NotTested, Standings(report)[2]);
        Assert.Equal(Standing.Behind, Standings(report)[0]);
    }

    [Fact]
    public void What_solved_nothing_is_last_in_ranks_and_wins_nothing()
    {
        // Trivial has the smallest error everywhere and solved p1 alone: ranks 1, 3, 3 against 2, 1, 1 and 3, 2, 2.
        var report = Report(3, 3, (_, method, seed) => method == "trivial" ? 0.1 : method == "better" ? 0.2 + (0.001 * seed) : 0.4 + (0.001 * seed), method => method == "trivial", "p1");
        var rows = report.Findings[report.Blocks[0]].Aggregate!.Rows.ToDictionary(row => row.Row);

        Assert.Equal(7 / 3.0, rows["trivial"].MeanRank, 1e-12);
        Assert.Equal(4 / 3.0, rows["better"].MeanRank, 1e-12);
        Assert.Equal(7 / 3.0, rows["worse"].MeanRank, 1e-12);
        Assert.Equal(new WinTieLoss(1, 0, 2), rows["trivial"].Record);
        Assert.Equal(1 / 3.0, rows["trivial"].ProbabilityOfImprovement!.Value, 1e-12);

        // Three of nine ratios to the control are ¼ and six infinite: so is the mean of the middle half.
        Assert.Equal(double.PositiveInfinity, rows["trivial"].Ratio);
    }

    [Fact]
    public void A_diverged_method_and_a_trivial_one_are_equally_last()
    {
        double? Error(CellLevels levels, long seed) => levels.Balancer.Kind == "trivial" ? 0.99 : levels.Balancer.Kind == "better" ? null : 1e-2 * seed;
        var report = StudyReport.Build(Builder(2, 3).Error(Error).Build());
        var rows = report.Findings[report.Blocks[0]].Aggregate!.Rows.ToDictionary(row => row.Row);

        Assert.Equal((2.5, 2.5, 1.0), (rows["trivial"].MeanRank, rows["better"].MeanRank, rows["worse"].MeanRank));
        Assert.All(new[] { "trivial", "better" }, method => Assert.All(report.Blocks[0][method, "p1"]!.RankedErrors(), error => Assert.Equal(double.PositiveInfinity, error)));
    }

    [Fact]
    public void Against_a_control_a_trivial_ratio_is_marked_and_not_tested()
    {
        var report = Report(1, 5, (_, method, seed) => method == "trivial" ? 0.1 : method == "better" ? 0.2 + (0.001 * seed) : 0.4 + (0.001 * seed), method => method == "trivial");
        var comparison = report.Findings[report.Blocks[0]].Comparisons.Single(one => one.Row == "trivial");
        var table = ControlTable.Of(report, report.Blocks[0], "p1")!;

        Assert.True(comparison.IsUnsolved);
        Assert.Equal(1, comparison.Delta);
        Assert.Equal(0, comparison.ProbabilityOfSmaller);
        Assert.Contains("0.248 ‡", MarkdownFormat.Render(table), StringComparison.Ordinal);
        Assert.Equal("–", ((Inline.Words)table.Rows.Single(row => ((Inline.Words)row[0].Pieces[0]).Text == "trivial")[3].Pieces[0]).Text);
        Assert.Contains(table.Notes, note => note.StartsWith('‡'));
    }

    [Fact]
    public void What_solved_nothing_has_no_rank_at_equal_steps_either()
    {
        var report = Report(1, 3, (_, method, _) => method == "trivial" ? 0.5 : 0.7, method => method == "trivial");

        var table = ParityTable.Of(report, report.Blocks[0])!;

        Assert.Contains("5.00e-1 ‡", MarkdownFormat.Render(table), StringComparison.Ordinal);
        Assert.DoesNotContain("**5.00e-1**", MarkdownFormat.Render(table), StringComparison.Ordinal);
        Assert.Contains(ParityTable.Unsolved, table.Notes);
    }

    [Fact]
    public void A_diagram_of_ranks_joins_nothing_that_no_test_could_part()
    {
        // Three problems have no p below ¼; twelve have one of 1/2048, which ten pairs leave below 0.05.
        var few = StudyReport.Build(Made.ManyProblems(3, 3, 3).Build());
        var many = StudyReport.Build(Made.ManyProblems(12).Error((levels, seed) => 1e-2 * (1 + new RandomStream(seed, levels.Problem.Kind + levels.Balancer.Kind).NextDouble())).Build());

        Assert.Empty(RankFigure.Of(few, few.Blocks[0])!.Ranks!.Groups);
        Assert.Contains("not tested", RankFigure.Of(few, few.Blocks[0])!.Caption, StringComparison.Ordinal);
        Assert.NotEmpty(RankFigure.Of(many, many.Blocks[0])!.Ranks!.Groups);
    }

    private static StudyResultsBuilder Builder(int problems, int seeds) => new StudyResultsBuilder()
        .With(Factor.Problem, [.. Enumerable.Range(1, problems).Select(i => $"p{i}")])
        .With(Factor.Balancer, Methods)
        .Control(Factor.Balancer, "worse")
        .Seeds([.. Enumerable.Range(1, seeds).Select(i => (long)i)])
        .Points(2);

    private static StudyReport Report(int problems, int seeds, Func<string, string, long, double> error, Func<string, bool>? isTrivial = null, string solved = "") => StudyReport.Build(
        Builder(problems, seeds)
            .Error((levels, seed) => error(levels.Problem.Kind, levels.Balancer.Kind, seed))
            .Outcome((levels, _) => isTrivial is null ? null : isTrivial(levels.Balancer.Kind) && levels.Problem.Kind != solved ? Outcome.Trivial : Outcome.Stalled)
            .Build());

    private static Standing[] Standings(StudyReport report) => [.. report.Blocks[0].Column("p1").Select(cell => cell.Standing)];

    private static (string Text, string Markdown, string Html, string Latex) Formats(StudyReport report)
    {
        var document = new ReportDocument("made-up", [new("Accuracy", [new ReportPart.Table(AccuracyTable.Of(report, report.Blocks[0]))])]);
        return (TextFormat.Accuracy(report), MarkdownFormat.Render(document), System.Net.WebUtility.HtmlDecode(HtmlFormat.Render(document)).Replace("\u2009", "&thinsp;", StringComparison.Ordinal), LatexFormat.Render(document));
    }

    private static IEnumerable<string> CsvStandings(StudyReport report)
    {
        using var text = new StringWriter();
        CsvFormat.Accuracy(report, text);
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        return lines.Skip(1).Select(line => line[Array.IndexOf(lines[0], "standing")]);
    }

    private static IEnumerable<string?> JsonStandings(StudyReport report) =>
        JsonDocument.Parse(Written.Json(report)).RootElement.GetProperty("blocks")[0].GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("standing").GetString());
}
