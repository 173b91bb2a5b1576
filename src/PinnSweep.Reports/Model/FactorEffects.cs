using System.Collections.Immutable;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Model;

/// <summary>A factor, or the interaction of two, and how much of the spread of log10 error it explains.</summary>
/// <param name="Factors">One factor or two.</param>
/// <param name="Effect">The analysis of variance.</param>
/// <param name="Holm">Its p, Holm-corrected over all effects.</param>
/// <param name="Spread">For one factor: largest over smallest adjusted geometric mean of its levels; null for an interaction.</param>
public sealed record FactorEffect(ImmutableArray<Factor> Factors, AnovaEffect Effect, double Holm, double? Spread)
{
    /// <summary><c>network × balancer</c>.</summary>
    public string Name => string.Join(" × ", Factors.Select(factor => factor.ToWord()));
}

/// <summary>A level of a factor beside the mean of all.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="Label">The level.</param>
/// <param name="Trials">Finished trials.</param>
/// <param name="Ratio">Its geometric mean error over the mean of the factor's levels, the other factors held equal (marginal
/// means).</param>
public sealed record LevelEffect(Factor Factor, string Label, int Trials, double Ratio);

/// <summary>
/// Which factor matters: main effects and interactions of all factors that vary, on log10 error, over all finished trials. A trial that
/// ended without a finite error counts as the largest error of its problem, so that a method does not gain by diverging. Seeds are strata:
/// their common part is removed and permutations stay inside a seed.
/// </summary>
/// <param name="Effects">Main effects, then interactions of two, each by the order of factors.</param>
/// <param name="Levels">The levels of each factor that varies.</param>
/// <param name="Trials">Trials that went in.</param>
/// <param name="Diverged">Of these, without a finite error.</param>
public sealed record FactorEffects(ImmutableArray<FactorEffect> Effects, ImmutableArray<LevelEffect> Levels, int Trials, int Diverged)
{
    private const int MostIndicators = 400;

    /// <summary>The effects of a study; null where fewer than two factors vary or a method has no replicates to judge by.</summary>
    public static FactorEffects? Of(StudyReport report)
    {
        var finished = report.Trials.Where(trial => trial.IsFinished && report.VoidOf(trial) is null && report.Axes.Only.All(only => trial.Labels[only.Key] == only.Value)).ToArray();
        var worst = finished.GroupBy(trial => trial.Labels[Factor.Problem])
            .ToDictionary(group => group.Key, group => group.Max(trial => trial.Error is { } error ? LogErrorMean.Log(error) : double.NegativeInfinity));
        var trials = finished.Where(trial => double.IsFinite(worst[trial.Labels[Factor.Problem]])).ToArray();
        var factors = FactorWords.All.Where(factor => trials.Select(trial => trial.Labels[factor]).Distinct().Count() > 1).ToArray();
        if (factors.Length < 2)
        {
            return null;
        }

        var values = trials.Select(trial => trial.Error is { } error ? LogErrorMean.Log(error) : worst[trial.Labels[Factor.Problem]]).ToArray();
        var labels = factors.Select(factor => report.Header.Levels[factor].Where(label => trials.Any(trial => trial.Labels[factor] == label)).ToArray()).ToArray();
        var levels = factors.Select((factor, f) => trials.Select(trial => Array.IndexOf(labels[f], trial.Labels[factor])).ToArray()).ToArray();
        var seeds = trials.Select(trial => trial.Seed).Distinct().Order().ToArray();
        int[][] pairs = [.. Enumerable.Range(0, factors.Length).SelectMany(a => Enumerable.Range(a + 1, factors.Length - a - 1).Select(b => new[] { a, b }))];
        int[][] model = [.. Enumerable.Range(0, factors.Length).Select(f => new[] { f }), .. pairs.Where(pair => labels[pair[0]].Length * labels[pair[1]].Length <= MostIndicators)];
        var anova = new PermutationAnova(values, levels, [.. trials.Select(trial => Array.IndexOf(seeds, trial.Seed))], model);
        var found = Enumerable.Range(0, model.Length).AsParallel().AsOrdered()
            .Select(effect => (Effect: model[effect], Anova: anova.Of(effect, string.Join('*', model[effect].Select(f => factors[f].ToWord())))))
            .Where(pair => pair.Anova is not null).ToArray();
        if (found.Length == 0)
        {
            return null;
        }

        var marginal = Marginal(values, levels, labels);
        var holm = HolmCorrection.Adjust([.. found.Select(pair => pair.Anova!.P)]);
        return new(
            [
                .. found.Select((pair, i) => new FactorEffect(
                    [.. pair.Effect.Select(f => factors[f])],
                    pair.Anova!,
                    holm[i],
                    pair.Effect.Length == 1 ? Math.Pow(10, marginal[pair.Effect[0]].Max() - marginal[pair.Effect[0]].Min()) : null)),
            ],
            [
                .. factors.SelectMany((factor, f) => labels[f].Select((label, l) => new LevelEffect(
                    factor, label, levels[f].Count(level => level == l), Math.Pow(10, marginal[f][l] - marginal[f].Average())))),
            ],
            trials.Length,
            trials.Count(trial => trial.Error is null));
    }

    // Effects of an additive model by backfitting: in a complete design the plain means, in one with gaps those of the same other levels.
    private static double[][] Marginal(double[] values, int[][] levels, string[][] labels)
    {
        var mean = values.Average();
        var effects = labels.Select(label => new double[label.Length]).ToArray();
        for (var round = 0; round < 200; round++)
        {
            var moved = 0.0;
            for (var f = 0; f < levels.Length; f++)
            {
                var sums = new double[effects[f].Length];
                var counts = new int[effects[f].Length];
                for (var i = 0; i < values.Length; i++)
                {
                    var rest = values[i] - mean;
                    for (var g = 0; g < levels.Length; g++)
                    {
                        rest -= g == f ? 0 : effects[g][levels[g][i]];
                    }

                    sums[levels[f][i]] += rest;
                    counts[levels[f][i]]++;
                }

                var next = sums.Select((sum, l) => sum / counts[l]).ToArray();
                var centre = next.Average();
                for (var l = 0; l < next.Length; l++)
                {
                    moved = Math.Max(moved, Math.Abs(next[l] - centre - effects[f][l]));
                    effects[f][l] = next[l] - centre;
                }
            }

            if (moved < 1e-13)
            {
                break;
            }
        }

        return effects;
    }
}
