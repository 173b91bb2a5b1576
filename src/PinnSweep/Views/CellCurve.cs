using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Storage.Curves;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Views;

/// <summary>The curves of a cell's seeds as one: the median and a band around it.</summary>
/// <param name="Cell">The cell's number.</param>
/// <param name="Name">Its row.</param>
/// <param name="Seeds">Curves that went in.</param>
/// <param name="Band">Median and band; abscissae as asked for.</param>
internal sealed record CellCurve(int Cell, string Name, int Seeds, SeedBand Band)
{
    /// <summary>Of finished trials, and where abscissae are steps of running ones too.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="name">What a legend calls it.</param>
    /// <param name="results">Results of its trials.</param>
    /// <param name="live">Points of its trials without a result.</param>
    /// <param name="metric">The study's metric.</param>
    /// <param name="bySeconds">Whether abscissae are seconds of training time; optimizer steps otherwise.</param>
    public static CellCurve Of(int cell, string name, IReadOnlyCollection<TrialResult> results, IEnumerable<ImmutableArray<LivePoint>> live, string metric, bool bySeconds)
    {
        List<(double[] X, double[] Y)> curves =
        [
            .. results.Select(result => (
                result.Curve.Select(point => bySeconds ? point.Seconds : point.Step).ToArray(),
                result.Curve.Select(point => TrialMetric.At(result, point, metric)).ToArray())),
        ];
        // While a trial runs, only its relative L2 error over steps is known.
        if (!bySeconds && metric == "relative_l2")
        {
            curves.AddRange(live.Where(points => !points.IsEmpty).Select(points => (
                points.Select(point => (double)point.Progress.Step).ToArray(),
                points.Select(point => point.Progress.RelativeL2).ToArray())));
        }

        return new(cell, name, curves.Count, SeedBand.Of(curves, isLog: true));
    }
}
