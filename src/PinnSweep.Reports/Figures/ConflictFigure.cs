using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;

namespace PinnSweep.Reports.Figures;

/// <summary>
/// Conflict between loss terms over the steps. Results have losses and no gradients, so this is what conflicting gradients do: how far the
/// losses work against one another. Of the changes of log10 of all unweighted losses between two evaluations it is twice the smaller of what
/// fell and what rose, relative to both: 0 where all move together, 1 where one loses what another gains.
/// </summary>
internal static class ConflictFigure
{
    // Of neighbouring evaluations of noisy losses one would see the noise.
    private const int Windows = 20;
    private const int MostMultiples = 12;
    private const double LeastShown = 0.02;

    /// <summary>The figure of a block; null where no trial has two terms over several evaluations.</summary>
    public static FigureModel? Of(StudyReport report, ReportBlock block, IReadOnlyDictionary<ReportCell, CellCurves> curves)
    {
        var columns = block.Columns.Select(column => (Column: column, Cells: block.Column(column).Where(cell => curves.TryGetValue(cell, out var found) && !found.Conflict.X.IsEmpty).ToArray())).Where(pair => pair.Cells.Length > 0).ToArray();
        // Where no loss ever works against another there is nothing to draw.
        if (!columns.SelectMany(pair => pair.Cells).Any(cell => curves[cell].Conflict.High.Any(value => value >= LeastShown)))
        {
            return null;
        }

        var styles = MethodStyles.Of(report, block);
        var rows = block.Rows.Where(row => columns.Any(pair => pair.Cells.Any(cell => cell.Row == row)));
        var isOne = columns is [{ Cells.Length: <= MostMultiples }];
        return new(
            ReportNames.Of("conflict", report, block),
            $"Conflict between loss terms{(columns.Length == 1 ? $" on {columns[0].Column}" : "")} over the optimizer steps: how far the unweighted losses work against one another between evaluations, 0 where all move together, 1 where one loses what another gains (twice the smaller of the changes of log10 loss that fall and that rise, relative to both; mean over the quarter of the training before). Median over seeds{(isOne ? $", band from the {SeedBand.Meaning(report.Header.Seeds.Length)}" : "")}. Results record no gradients, so that this is what their conflict does.{(isOne ? "" : styles.Words)}",
            isOne
                ? [.. columns[0].Cells.Select(cell => Panel(report.RowName(cell.Row), [new(cell.Row == report.ControlRow ? 0 : 1, curves[cell].Conflict)]))]
                : [.. columns.Select(pair => Panel(block.Columns.Length == 1 ? "" : pair.Column, [.. pair.Cells.Select(cell => new FigureSeries(styles[cell.Row], Narrow(curves[cell].Conflict)))]))],
            isOne ? [] : styles.Legend(rows));
    }

    private static FigurePanel Panel(string title, ImmutableArray<FigureSeries> series) => new(title, "optimizer steps", "conflict of losses", false, series, new(0, 1));

    // The bands of several methods in one panel would hide all lines.
    private static SeedBand Narrow(SeedBand band) => band with { Low = band.Middle, High = band.Middle };

    /// <summary>The curve of a trial: steps and conflict, at the end of each window.</summary>
    /// <param name="steps">Steps of its evaluations.</param>
    /// <param name="losses">Unweighted losses by term and evaluation.</param>
    /// <param name="stageEnds">Steps at which the problem changed, over which no losses are compared.</param>
    public static (double[] X, double[] Y) Curve(double[] steps, double[][] losses, ImmutableArray<int> stageEnds)
    {
        if (losses.Length < 2 || steps.Length < 3)
        {
            return ([], []);
        }

        var window = Math.Max(1, (steps.Length - 1) / Windows);
        var (x, y) = (new List<double>(), new List<double>());
        for (var end = window; end < steps.Length; end += window)
        {
            var begin = end - window;
            if (stageEnds.Any(stage => steps[begin] <= stage && stage < steps[end]))
            {
                continue;
            }

            var (fell, rose) = (0.0, 0.0);
            foreach (var term in losses)
            {
                var change = term[begin] > 0 && term[end] > 0 ? LogErrorMean.Log(term[end]) - LogErrorMean.Log(term[begin]) : double.NaN;
                (fell, rose) = (fell + (change < 0 ? -change : 0), rose + (change > 0 ? change : 0));
            }

            if (fell + rose > 0)
            {
                x.Add(steps[end]);
                y.Add(2 * Math.Min(fell, rose) / (fell + rose));
            }
        }

        // What noise makes of neighbouring windows is averaged; of the first there is less before them.
        var before = Math.Max(1, y.Count / 4);
        return ([.. x], [.. y.Select((_, i) => y.Skip(Math.Max(0, i + 1 - before)).Take(Math.Min(before, i + 1)).Average())]);
    }
}
