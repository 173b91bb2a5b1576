using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Figures;

/// <summary>Figures that say again what tables say: the numbers are the same.</summary>
public sealed class StudyFigureTests
{
    private static readonly StudyReport Four = StudyReport.Build(Made.FourMethods().Build());
    private static readonly StudyReport Many = StudyReport.Build(Made.ManyProblems(6, 5, 5).Build());

    [Fact]
    public void Error_against_cost_has_the_numbers_of_both_tables_and_no_dominated_method_on_its_front()
    {
        var block = Assert.Single(Four.Blocks);
        var panel = Assert.Single(CostFigure.Of(Four, block)!.Panels);

        Assert.Equal(block.InOrder().Select(cell => (cell.Accuracy.Mean, cell.Accuracy.Interval)), panel.Marks.Select(mark => (mark.Y, mark.Interval)));
        Assert.Equal(block.InOrder().Select(cell => cell.TotalSeconds), panel.Marks.Select(mark => mark.X * 3), (a, b) => Math.Abs(a - b) < 1e-9);

        // The second is as good as the third and cheaper; the last diverged on a seed.
        Assert.All(panel.Marks, mark => Assert.Equal(mark.IsFaint, panel.Front.All(corner => corner.Y != mark.Y)));
        Assert.True(panel.Marks[^1].IsFaint);
    }

    [Fact]
    public void A_method_that_another_beats_in_error_and_time_is_on_no_front()
    {
        var report = StudyReport.Build(new StudyResultsBuilder().With(Factor.Balancer, "cheap", "good", "dominated", "diverged", "best")
            .MillisecondsPerStep(levels => levels.Balancer.Kind switch { "cheap" => 1, "good" => 2, "dominated" => 3, "diverged" => 1.5, _ => 4 })
            .Error((levels, seed) => levels.Balancer.Kind switch { "cheap" => 0.1 * seed, "good" => 0.01 * seed, "dominated" => 0.02 * seed, "diverged" => seed == 1 ? null : 1e-4, _ => 1e-3 * seed }).Build());

        var panel = Assert.Single(CostFigure.Of(report, report.Blocks[0])!.Panels);

        Assert.Equal([false, false, true, true, false], panel.Marks.Select(mark => mark.IsFaint));
        Assert.Equal([2, 4, 8], panel.Front.Select(corner => corner.X));
    }

    [Fact]
    public void A_front_goes_down_and_nothing_lies_below_it()
    {
        foreach (var column in Many.Blocks[0].Columns)
        {
            var cells = Many.Blocks[0].Column(column).ToArray();
            var front = CostFigure.Front(cells);

            Assert.All(front.Zip(front.Skip(1)), pair => Assert.True(pair.Second.Accuracy.Mean < pair.First.Accuracy.Mean && CostFigure.Seconds(pair.Second) >= CostFigure.Seconds(pair.First)));
            Assert.All(cells, cell => Assert.Contains(front, better => better.Accuracy.Mean <= cell.Accuracy.Mean && CostFigure.Seconds(better) <= CostFigure.Seconds(cell)));
        }
    }

    [Fact]
    public void Of_many_methods_only_those_on_a_front_and_the_control_are_named()
    {
        var report = StudyReport.Build(Made.ManyProblems(2, 20, 3).Build());

        var figure = CostFigure.Of(report, report.Blocks[0])!;

        Assert.Contains(figure.Legend, entry => entry.Name == "method1 (control)");
        Assert.Equal(new LegendEntry("14 others", FigureSeries.Behind) { IsMark = true }, figure.Legend[^1]);
        Assert.True(figure.Legend.Length < 10);
        Assert.All(figure.Panels, panel => Assert.Equal(20, panel.Marks.Length));
    }

    [Fact]
    public void Probabilities_of_places_sum_to_one_by_method_and_by_place()
    {
        foreach (var report in new[] { Four, Many })
        {
            var stability = Assert.Single(report.Findings[report.Blocks[0]].Stability);
            Assert.All(stability.Places, places => Assert.Equal(1, places.Sum(), 9));
            Assert.All(Enumerable.Range(0, stability.Rows.Length), place => Assert.Equal(1, stability.Places.Sum(places => places[place]), 9));
        }
    }

    [Fact]
    public void Of_many_places_the_last_column_has_the_rest()
    {
        var report = StudyReport.Build(Made.ManyProblems(1, 14, 3).Build());

        var map = Assert.Single(StabilityFigure.Of(report, report.Blocks[0])!.Heat);

        Assert.Equal(["1", "9", "10–14"], new[] { map.Columns[0], map.Columns[8], map.Columns[9] });
        Assert.Equal((14, 10), (map.Rows.Length, map.Columns.Length));
        Assert.All(map.Values, places => Assert.Equal(1, places.Sum(), 9));
    }

    [Fact]
    public void Who_is_best_with_every_seed_wins_for_sure_and_who_failed_on_each_is_last()
    {
        var report = StudyReport.Build(new StudyResultsBuilder().With(Factor.Balancer, "best", "middle", "failed").Seeds(1, 2, 3, 4)
            .Error((levels, seed) => levels.Balancer.Kind switch { "best" => 1e-3 * seed, "middle" => 1e-2 * seed, _ => null }).Build());

        var stability = Assert.Single(report.Findings[report.Blocks[0]].Stability);

        Assert.Equal(["best", "middle", "failed"], stability.Rows);
        Assert.Equal([1, 1, 1], stability.Places.Select((places, i) => places[i]));
    }

    [Fact]
    public void One_failed_seed_costs_the_first_place_as_often_as_it_is_drawn()
    {
        double[][] logs = [[-3, -3, -3, double.PositiveInfinity], [-1, -1, -1, -1]];

        var places = PlaceBootstrap.Of(logs)!.Value;

        // Four draws miss the failed one with probability (3/4)⁴.
        Assert.Equal(Math.Pow(0.75, 4), places[0][0], 0.04);
        Assert.Equal(places[0][0], PlaceBootstrap.Of(logs)!.Value[0][0]);
        Assert.Null(PlaceBootstrap.Of([[1], [2]]));
    }

    [Fact]
    public void Those_that_tie_share_their_places()
    {
        var counts = new PlaceCounts(4);
        counts.Add([2, 1, 2, double.PositiveInfinity]);

        Assert.Equal([0, 0.5, 0.5, 0], counts.Shares()[0]);
        Assert.Equal([1, 0, 0, 0], counts.Shares()[1]);
        Assert.Equal([0, 0, 0, 1], counts.Shares()[3]);
    }

    [Fact]
    public void Every_seed_is_a_dot_beside_the_mean_and_interval_of_the_table()
    {
        var block = Four.Blocks[0];

        var chart = SeedFigure.Of(Four, block)!.Intervals!;

        var rows = Assert.Single(chart.Panels).Rows;
        Assert.All(block.InOrder().Zip(rows), pair => Assert.Equal((pair.First.Accuracy.Mean, pair.First.Accuracy.Interval), (pair.Second!.Value, pair.Second.Interval)));
        Assert.All(block.InOrder().Zip(rows), pair => Assert.Equal(pair.First.Errors, pair.Second!.Dots));
        Assert.Equal([0, 0, 0, 1], rows.Select(row => row!.Failed));
        var ends = chart.Ends(chart.Panels[0]);
        Assert.All(rows.SelectMany(row => row!.Dots), dot => Assert.InRange(dot, ends.Lower, ends.Upper));
    }

    [Fact]
    public void Floor_and_trivial_score_are_lines_where_results_know_them()
    {
        var results = Made.FourMethods().Build();
        var report = StudyReport.Build(results with
        {
            Results = results.Results.ToImmutableDictionary(pair => pair.Key, pair => pair.Value with { Floor = 8e-4, TrivialScores = ImmutableSortedDictionary<string, double>.Empty.Add("zero", 1).Add("mean", 0.6) }),
        });

        var chart = SeedFigure.Of(report, report.Blocks[0])!.Intervals!;

        Assert.Equal([(0.6, IntervalLine.Dashed), (8e-4, IntervalLine.Dotted)], chart.Panels[0].Lines);
        Assert.Equal(["smallest trivial score", "floor"], chart.Lines.Select(line => line.Text));
    }

    [Fact]
    public void The_forest_has_ratio_interval_and_verdict_of_the_tables()
    {
        var chart = ForestFigure.Of(Many, Many.Blocks[0])!.Intervals!;
        var (comparisons, aggregate) = (Many.Findings[Many.Blocks[0]].Comparisons, Many.Findings[Many.Blocks[0]].Aggregate!);

        Assert.Equal([.. Many.Blocks[0].Columns, "all problems"], chart.Panels.Select(panel => panel.Title));
        foreach (var comparison in comparisons)
        {
            var row = Row(chart, comparison.Column, comparison.Row);
            Assert.Equal((comparison.Ratio, comparison.RatioInterval), (row.Value, row.Interval));
            Assert.Equal(row.Mark is IntervalMark.Better or IntervalMark.Worse, comparison.PairedHolm <= 0.05 && row.Mark != IntervalMark.Equivalent);
        }

        Assert.All(aggregate.Rows.Where(row => row.Ratio is not null), pooled =>
            Assert.Equal((pooled.Ratio, pooled.RatioInterval), ((double?)Row(chart, "all problems", pooled.Row).Value, Row(chart, "all problems", pooled.Row).Interval)));
    }

    [Fact]
    public void A_word_of_the_forest_says_what_the_table_prints_and_never_praises_who_diverged()
    {
        var block = Four.Blocks[0];

        var rows = Assert.Single(ForestFigure.Of(Four, block)!.Intervals!.Panels).Rows;
        var printed = ControlTable.Of(Four, block, "helmholtz")!.Rows.Select(row => ((Inline.Decimal)row[1].Pieces[0]).Value.ToString("R", CultureInfo.InvariantCulture)).ToArray();

        Assert.Equal(printed, rows.Select(row => row!.Value.ToString("R", CultureInfo.InvariantCulture)));
        Assert.All(rows, row => Assert.StartsWith(NumberText.Decimal(row!.Value, 3), row.Words, StringComparison.Ordinal));
        Assert.Equal([IntervalMark.Better, IntervalMark.Better, IntervalMark.Unranked], rows.Select(row => row!.Mark));
        Assert.EndsWith("not ranked", rows[2]!.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Conflict_is_zero_where_losses_fall_together_and_one_where_one_loses_what_another_gains()
    {
        double[] steps = [0, 100, 200, 300];
        double[] falls = [1, 0.1, 0.01, 0.001];
        double[] rises = [0.001, 0.01, 0.1, 1];
        double[] half = [1, Math.Sqrt(10), 10, 10 * Math.Sqrt(10)];

        Assert.Equal([0, 0, 0], ConflictFigure.Curve(steps, [falls, falls], []).Y);
        Assert.All(ConflictFigure.Curve(steps, [falls, rises], []).Y, value => Assert.Equal(1, value, 12));
        Assert.All(ConflictFigure.Curve(steps, [falls, half], []).Y, value => Assert.Equal(2.0 / 3, value, 12));
        Assert.Equal([100, 300], ConflictFigure.Curve(steps, [falls, falls], [150]).X);
        Assert.Empty(ConflictFigure.Curve(steps, [falls], []).X);
    }

    [Theory]
    [InlineData(FigureSize.Page)]
    [InlineData(FigureSize.Column)]
    [InlineData(FigureSize.Slide)]
    public void Names_panels_and_legend_of_intervals_are_within_the_paper(FigureSize size)
    {
        using var text = new FigureText();
        foreach (var report in new[] { Four, Many, StudyReport.Build(Made.ManyProblems(10, 20, 3).Build()) })
        {
            foreach (var figure in new[] { SeedFigure.Of(report, report.Blocks[0])!, ForestFigure.Of(report, report.Blocks[0])! })
            {
                var (chart, font) = (figure.Intervals!, text.Regular);
                var sheet = FigureSheet.Of(figure with { Size = size })[^1];
                var (layout, width) = (IntervalLayout.Of(chart, sheet, text), sheet.Width);
                var panels = chart.Panels.Select((_, i) => layout.Panel(i)).ToArray();
                Assert.All(panels, panel => Assert.True(panel.Left > 0 && panel.Right <= width && panel.Bottom + 30 <= layout.Height && panel.Width > 90, $"{panel} in {width}"));
                Assert.All(panels.SelectMany((one, i) => panels.Skip(i + 1).Select(other => (one, other))), pair => Assert.False(pair.one.IntersectsWith(pair.other)));
                Assert.All(layout.Names.SelectMany(lines => lines), name => Assert.True(font.MeasureText(name) <= panels[0].Left - 8));
                Assert.All(chart.Panels.SelectMany((panel, i) => panel.Rows.Select((_, row) => (Panel: panels[i], Strip: layout.Row(panels[i], row)))), row => Assert.True(row.Strip.Bottom <= row.Panel.Bottom && row.Strip.Height > 10));
                string[] legend = [.. chart.Marks.Select(mark => mark.Text), .. chart.Lines.Select(line => line.Text)];
                Assert.All(layout.Legend.Zip(legend), entry => Assert.True(entry.First.X + IntervalLayout.Swatch + 4 + font.MeasureText(entry.Second) <= width && entry.First.Y + IntervalLayout.Line <= layout.Height, entry.Second));
            }
        }
    }

    private static IntervalRow Row(IntervalChart chart, string panel, string row) => chart.Panels.Single(one => one.Title == panel).Rows[chart.Names.IndexOf(row)]!;
}
