using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Tests.Model.Tuning;

public sealed class DesignReportTests
{
    // A grid of four points has four rates: 10^-4, 10^(-10/3), 10^(-8/3), 10^-2.
    private static readonly StudyReport Report = DesignedStudy.Report(DesignedStudy.Grid, DesignedStudy.Worked);

    [Fact]
    public void Rows_are_the_combinations_and_not_the_levels_that_points_made()
    {
        var block = Assert.Single(Report.Blocks);

        Assert.Equal(["static", "gradnorm", "relobralo"], block.Rows);
        Assert.Equal(["static", "gradnorm", "relobralo"], Report.Design!.Combinations.Select(combination => combination.Method));
        Assert.Equal([4, 4, 4], Report.Design.Combinations.Select(combination => combination.Points.Length));
        Assert.Equal([1, 1, 2], Report.Design.Combinations.Select(combination => combination.Dimensions.Length));
        Assert.Equal(24, Report.Trials.Length);
        Assert.Equal(8, block["static", "helmholtz"]!.Trials.Length);
        Assert.Equal("static", Report.ControlRow);
    }

    [Fact]
    public void Best_median_worst_share_and_failures_are_those_of_the_points()
    {
        var (first, second) = (Report.Design!.Combinations[0], Report.Design.Combinations[1]);

        // Seeds 1 and 2 have 10^-2.05 and 10^-1.95 before the distance, which is 27, 7, 13 and 33 thirtieths of a decade.
        Assert.Equal(2, first.Best!.Number);
        Assert.Equal(Math.Pow(10, -2 + (7 / 30.0)), first.Best.Score, 1e-6);
        Assert.Equal((Math.Pow(10, -2 + (13 / 30.0)) + Math.Pow(10, -1.1)) / 2, first.Median, 1e-6);
        Assert.Equal(Math.Pow(10, -0.9), first.Worst, 1e-6);
        Assert.Equal((2, 4), (first.Near!.Within, first.Near.Count));

        // One of its points failed, and is worse than any other.
        Assert.Equal(Math.Pow(10, -2 + (7 / 30.0)) / 2, second.Best!.Score, 1e-6);
        Assert.Equal(double.PositiveInfinity, second.Worst);
        Assert.Equal([4], second.Points.Where(point => point.IsFailed).Select(point => point.Number));
        Assert.Equal(2, second.Best.Number);
    }

    [Fact]
    public void Combinations_with_the_same_ranges_are_compared_with_the_control_and_others_are_not()
    {
        var comparison = Assert.Single(Report.Design!.Comparisons);

        // Half of the error at three points; at the fourth it diverged.
        Assert.Equal(("gradnorm", "static"), (comparison.First.Method, comparison.Second.Method));
        Assert.Equal(4, comparison.Differences.Length);
        Assert.Equal([Math.Log10(0.5), Math.Log10(0.5), Math.Log10(0.5)], comparison.Differences.Take(3), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(double.PositiveInfinity, comparison.Differences[3]);
        Assert.Equal(3, comparison.Paired.Count);
        Assert.Equal(0.5, comparison.Ratio, 1e-9);
        Assert.Equal("3/0/1", comparison.Record.ToString());

        // Ranks 2, 2, 2 against 4: of 16 patterns of sign 10 have a smaller sum of at most 4.
        Assert.Equal(4, comparison.SignedRank.Count);
        Assert.Equal(4, comparison.SignedRank.Statistic);
        Assert.False(comparison.IsAttainable);
        Assert.Contains("not compared point by point", DesignText.Of(Report).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_interval_of_the_ratio_is_students_over_points()
    {
        // log10 ratios −0.1, −0.2, −0.3, −0.4 at the four rates: mean −0.25, s = 0.129099, t(0.975, 3) = 3.182446.
        var report = DesignedStudy.Report(DesignedStudy.Grid, trial => trial.Levels.Balancer.Kind == "gradnorm"
            ? 0.01 * Math.Pow(10, -0.1 * (1 + Math.Round(1.5 * (Math.Log10(StagedStudy.Rate(trial)) + 4)))) : 0.01);
        var comparison = Assert.Single(report.Design!.Comparisons);
        var half = 3.182446305 * 0.1290994449 / 2;

        Assert.Equal(Math.Pow(10, -0.25), comparison.Ratio, 1e-9);
        Assert.Equal(Math.Pow(10, -0.25 - half), comparison.RatioInterval!.Value.Lower, 1e-7);
        Assert.Equal(Math.Pow(10, -0.25 + half), comparison.RatioInterval!.Value.Upper, 1e-7);
        Assert.Equal("4/0/0", comparison.Record.ToString());
    }

    [Fact]
    public void A_trivial_solution_is_no_advantage()
    {
        var report = DesignedStudy.Report(DesignedStudy.Grid, trial => trial.Levels.Balancer.Kind == "gradnorm" ? null : 0.5);
        var comparison = Assert.Single(report.Design!.Comparisons);

        Assert.All(comparison.Differences, difference => Assert.Equal(double.PositiveInfinity, difference));
        Assert.Equal(0, comparison.Paired.Count);
        Assert.Null(report.Design.Combinations[1].Best);
        Assert.DoesNotContain("NaN", MarkdownFormat.Render(DesignTables.Compared(report)!), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_given_up_is_no_fault_of_a_method()
    {
        var report = DesignedStudy.Report(DesignedStudy.Grid, trial => trial.Levels.Balancer.Kind == "gradnorm" && StagedStudy.Rate(trial) > 0.009 ? double.NaN : 0.01);

        Assert.Equal([0.0, 0, 0], Assert.Single(report.Design!.Comparisons).Differences);
        Assert.True(report.Design.Combinations[1].Points[3].IsFailed);
    }

    [Fact]
    public void Combinations_without_ranges_are_one_point_and_without_a_control_all_pairs_are_compared()
    {
        var report = DesignedStudy.Report(DesignedStudy.Mixed, trial => trial.Levels.Balancer.Kind == "static" ? 0.02 : 0.01);
        var design = report.Design!;

        Assert.Equal([40, 40, 1, 1], design.Combinations.Select(combination => combination.Points.Length));
        Assert.Equal(["helmholtz", "helmholtz", "wave", "wave"], design.Combinations.Select(combination => combination.On));
        var comparison = Assert.Single(design.Comparisons);
        Assert.Equal(2, comparison.Ratio, 1e-9);
        Assert.Equal("0/0/40", comparison.Record.ToString());
        Assert.Equal(["helmholtz", "wave"], report.Header.Levels[Factor.Problem]);
    }

    [Fact]
    public void Levels_of_one_kind_with_and_without_ranges_stay_apart()
    {
        var text = DesignedStudy.Grid.Replace("    - gradnorm", "    - {kind: relobralo, temperature: 0.5}", StringComparison.Ordinal)
            .Replace("{kind: adam, lr: {log: [1e-4, 1e-2]}}", "[{kind: adam, lr: {log: [1e-4, 1e-2]}}, {kind: adam, lr: 0.02}]", StringComparison.Ordinal);
        var report = DesignedStudy.Report(text, _ => 0.01);

        Assert.Equal(6, report.Design!.Combinations.Length);
        Assert.Equal(3, report.Design.Combinations.Select(combination => combination.Method).Distinct().Count());
        Assert.Equal(2, report.Design.Combinations.Count(combination => combination.Dimensions.IsEmpty));
        Assert.All(report.Blocks.SelectMany(block => block.InOrder()), cell => Assert.Contains(cell.Trials.Length, (int[])[2, 8]));
        Assert.NotEmpty(TextFormat.Accuracy(report));
        Assert.NotEmpty(report.Design.Best.Blocks);
    }

    [Fact]
    public void Long_tables_of_points_have_their_ends_and_the_file_all()
    {
        var report = DesignedStudy.Report(DesignedStudy.Mixed, trial => trial.Levels.Problem.Kind == "wave" ? 0.01 : trial.Levels.Problem.Parameters.Number("k") / 100);
        var table = Assert.Single(PointsTable.AllOf(report));
        var shown = table.Rows.Select(row => int.Parse(MarkdownCell(row[0]), System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var order = report.Design!.Combinations[0].Points.OrderBy(point => point.Score).Select(point => point.Number).ToArray();
        using var text = new StringWriter();
        CsvFormat.FilesOf(report).Single(file => file.Name == "points").Write(report, text);

        Assert.Equal([.. order[..10], .. order[^10..]], shown);
        Assert.Equal(1 + 82, text.ToString().Count(c => c == '\n'));
    }

    [Fact]
    public void A_study_that_still_runs_tells_the_points_that_are_whole()
    {
        var report = DesignedStudy.Report(DesignedStudy.Grid, DesignedStudy.Worked, trial => trial.Seed == 1 || StagedStudy.Rate(trial) < 0.0003);
        var first = report.Design!.Combinations[0];

        Assert.Equal([1], first.Observed.Select(point => point.Number));
        Assert.Equal(1, first.Best!.Number);
        Assert.Single(Assert.Single(report.Design.Comparisons).Differences);
        Assert.Contains("1 of 2 finished", MarkdownFormat.Render(PointsTable.AllOf(report).First()), StringComparison.Ordinal);
    }

    private static string MarkdownCell(PinnSweep.Reports.Documents.TableCell cell) => ((PinnSweep.Reports.Documents.Inline.Words)cell.Pieces[0]).Text;
}
