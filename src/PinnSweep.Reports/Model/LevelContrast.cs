using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Model;

/// <summary>A level of a factor against another on one problem, all other factors being equal.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Factor">The factor.</param>
/// <param name="Level">The level.</param>
/// <param name="Against">The control's level, or where the control is of another factor the first in the study.</param>
/// <param name="Pairs">Pairs of trials that differ in nothing but the factor.</param>
/// <param name="BySeed">t test on the means, one of each seed, of log10(level ÷ against).</param>
/// <param name="Holm">Its p, Holm-corrected over all contrasts of the report.</param>
/// <param name="Converged">Trials of the pairs that converged with the level.</param>
/// <param name="ConvergedAgainst">The same with <paramref name="Against"/>.</param>
public sealed record LevelContrast(string Problem, Factor Factor, string Level, string Against, int Pairs, PairedTTest BySeed, double Holm, int Converged, int ConvergedAgainst)
{
    private const int MostContrasts = 12;

    /// <summary><c>float64 ÷ float32</c>.</summary>
    public string Name => $"{Level} ÷ {Against}";

    /// <summary>Geometric mean of the error ratios; below one the level is the better one.</summary>
    public double Ratio => Math.Pow(10, BySeed.Mean);

    /// <summary>95 % interval of <see cref="Ratio"/>; null for fewer than two seeds.</summary>
    public Interval? RatioInterval => BySeed.Interval is { } logs ? new(Math.Pow(10, logs.Lower), Math.Pow(10, logs.Upper)) : null;

    /// <summary>
    /// All contrasts of a study that varies two factors besides the problem or more, factor by factor; none otherwise, where they would say
    /// what the comparisons with the control say, and none of so many levels that nobody would read them. The seed is the unit: trials that
    /// share one share points and first weights. A trial without a finite error counts as the largest error of its problem.
    /// </summary>
    public static ImmutableArray<LevelContrast> AllOf(StudyReport report)
    {
        var trials = report.Trials.Where(trial => trial.IsFinished && report.VoidOf(trial) is null && report.Axes.Only.All(only => trial.Labels[only.Key] == only.Value)).ToArray();
        var factors = FactorWords.All.Where(factor => factor != Factor.Problem && trials.Select(trial => trial.Labels[factor]).Distinct().Skip(1).Any()).ToArray();
        if (factors.Length < 2 || factors.Sum(factor => report.Header.Levels[factor].Length - 1) > MostContrasts)
        {
            return [];
        }

        var logs = Logs(trials);
        var found = factors.SelectMany(factor => Of(report, factor, trials, logs)).ToArray();
        var holm = HolmFamily.Adjust([.. found.Select(contrast => contrast.Differences)], [.. found.Select(contrast => contrast.Contrast.BySeed.P)]);
        return [.. found.Select((contrast, i) => contrast.Contrast with { Holm = holm[i] })];
    }

    private static Dictionary<ReportTrial, double> Logs(ReportTrial[] trials)
    {
        var worst = trials.GroupBy(trial => trial.Labels[Factor.Problem]).ToDictionary(group => group.Key, group => group.Max(trial => trial.Error is { } error ? LogErrorMean.Log(error) : double.NegativeInfinity));
        return trials.Select(trial => (Trial: trial, Log: trial.Error is { } error ? LogErrorMean.Log(error) : worst[trial.Labels[Factor.Problem]])).Where(pair => double.IsFinite(pair.Log))
            .ToDictionary(pair => pair.Trial, pair => pair.Log, ReferenceEqualityComparer.Instance as IEqualityComparer<ReportTrial>);
    }

    private static IEnumerable<(LevelContrast Contrast, double[] Differences)> Of(StudyReport report, Factor factor, ReportTrial[] trials, Dictionary<ReportTrial, double> logs)
    {
        var levels = report.Header.Levels[factor];
        var against = factor == report.Header.ControlFactor && report.Header.Control is { } control && levels.Contains(control) ? control : levels[0];
        foreach (var level in levels.Where(level => level != against))
        {
            foreach (var problem in report.Header.Levels[Factor.Problem])
            {
                var others = trials.Where(trial => trial.Labels[Factor.Problem] == problem && trial.Labels[factor] == against && logs.ContainsKey(trial)).DistinctBy(trial => Rest(trial, factor)).ToDictionary(trial => Rest(trial, factor));
                var pairs = trials.Where(trial => trial.Labels[Factor.Problem] == problem && trial.Labels[factor] == level && logs.ContainsKey(trial) && others.ContainsKey(Rest(trial, factor)))
                    .Select(trial => (Trial: trial, Against: others[Rest(trial, factor)])).ToArray();
                if (pairs.Length > 0)
                {
                    double[] differences = [.. pairs.GroupBy(pair => pair.Trial.Seed).OrderBy(seed => seed.Key).Select(seed => seed.Average(pair => logs[pair.Trial] - logs[pair.Against]))];
                    yield return (
                        new(
                            problem, factor, level, against, pairs.Length, PairedTTest.Of(differences), 1,
                            pairs.Count(pair => pair.Trial.Status == TrialStatus.Converged), pairs.Count(pair => pair.Against.Status == TrialStatus.Converged)),
                        differences);
                }
            }
        }
    }

    private static string Rest(ReportTrial trial, Factor factor) =>
        string.Join('\n', FactorWords.All.Where(other => other != factor).Select(other => trial.Labels[other]).Append(trial.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
