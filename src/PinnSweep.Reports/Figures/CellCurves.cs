using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Figures;

/// <summary>The curves of the trials of a cell, read once and folded into bands over seeds, of which alone something is kept.</summary>
internal sealed class CellCurves
{
    private readonly ImmutableDictionary<string, (SeedBand Losses, SeedBand Weights)> _terms;

    private CellCurves(StudyReport report, ReportCell cell)
    {
        var seeds = Read(report, cell);
        string[] terms = [.. seeds.SelectMany(seed => seed.Terms).Distinct()];
        var bands = new SeedBand[3 + (2 * terms.Length)];
        Parallel.For(0, bands.Length, new() { MaxDegreeOfParallelism = Environment.ProcessorCount }, number => bands[number] = number switch
        {
            0 => Band(seeds, seed => (seed.Steps, seed.Metric)),
            1 => Band(seeds, seed => (seed.Seconds, seed.Metric)),
            _ when number == bands.Length - 1 => SeedBand.Of([.. seeds.Select(seed => seed.Conflict).Where(curve => curve.X.Length > 0)], isLog: false),
            _ when number % 2 == 0 => Band(seeds.Where(seed => seed.Terms.Contains(terms[(number / 2) - 1])), seed => (seed.Steps, seed.Losses[seed.Terms.IndexOf(terms[(number / 2) - 1])])),
            _ => Band(seeds.Where(seed => seed.Terms.Contains(terms[(number / 2) - 1])), seed => (seed.Steps, seed.Weights[seed.Terms.IndexOf(terms[(number / 2) - 1])])),
        });
        (BySteps, ByTime, Conflict) = (bands[0], bands[1], bands[^1]);
        _terms = Enumerable.Range(0, terms.Length).ToImmutableDictionary(term => terms[term], term => (bands[2 + (2 * term)], bands[3 + (2 * term)]));
    }

    /// <summary>The primary metric over steps.</summary>
    public SeedBand BySteps { get; }

    /// <summary>The primary metric over training time.</summary>
    public SeedBand ByTime { get; }

    /// <summary><see cref="ConflictFigure.Curve"/> over steps; empty where no trial has two terms.</summary>
    public SeedBand Conflict { get; }

    /// <summary>The curves of all cells of a block.</summary>
    public static IReadOnlyDictionary<ReportCell, CellCurves> Of(StudyReport report, ReportBlock block) => block.InOrder()
        .AsParallel().Select(cell => KeyValuePair.Create(cell, new CellCurves(report, cell)))
        .ToDictionary<ReportCell, CellCurves>(ReferenceEqualityComparer.Instance);

    /// <summary>The unweighted loss of a term over steps; empty where no trial has it.</summary>
    public SeedBand Losses(string term) => _terms.TryGetValue(term, out var bands) ? bands.Losses : SeedBand.Of([], isLog: true);

    /// <summary>The weight of a term over steps; empty where no trial has it.</summary>
    public SeedBand Weights(string term) => _terms.TryGetValue(term, out var bands) ? bands.Weights : SeedBand.Of([], isLog: true);

    private static SeedBand Band(IEnumerable<Seed> seeds, Func<Seed, (double[] X, double[] Y)> of) => SeedBand.Of([.. seeds.Select(of)], isLog: true);

    private static List<Seed> Read(StudyReport report, ReportCell cell)
    {
        var seeds = new List<Seed>(cell.Trials.Length);
        foreach (var result in report.Source.Whole(cell.Trials.Select(trial => trial.Key), ResultParts.Curve))
        {
            var last = seeds.Count > 0 ? seeds[^1] : null;
            double[][] Columns(Func<CurvePoint, ImmutableArray<double>> of, double[][]? before) =>
                [.. result.Terms.Select((_, term) => Shared([.. result.Curve.Select(point => of(point) is var all && term < all.Length ? all[term] : double.NaN)], before?.ElementAtOrDefault(term)))];
            var (steps, losses) = (Shared([.. result.Curve.Select(point => (double)point.Step)], last?.Steps), Columns(point => point.Losses, last?.Losses));
            seeds.Add(new(
                result.Terms,
                steps,
                [.. result.Curve.Select(point => point.Seconds)],
                [.. result.Curve.Select(point => ReportTrial.Metric(result, point, report.Header.Metric))],
                losses,
                Columns(point => point.Weights, last?.Weights),
                ConflictFigure.Curve(steps, losses, result.StageEnds)));
        }

        return seeds;
    }

    // Seeds of a cell have the same steps, nearly always, and the weights of many methods never change.
    private static double[] Shared(double[] column, double[]? before) => before is not null && before.AsSpan().SequenceEqual(column) ? before : column;

    private sealed record Seed(ImmutableArray<string> Terms, double[] Steps, double[] Seconds, double[] Metric, double[][] Losses, double[][] Weights, (double[] X, double[] Y) Conflict);
}
