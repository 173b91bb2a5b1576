using System.Collections.Immutable;
using PinnSweep.Studies.Replication;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>The looks of a study that is replicated until its comparisons are decided.</summary>
internal static class LookStages
{
    /// <summary>The first look's seeds of all cells; of a study that does not tune.</summary>
    public static StageDecision First(StudyPlan plan)
    {
        var stage = new StageBuilder(plan);
        var looks = plan.Spec.Replicate!.Looks;
        foreach (var seed in plan.Spec.Seeds.Take(looks[0]))
        {
            for (var cell = 0; cell < plan.Cells.Length; cell++)
            {
                stage.Add(cell, seed, null);
            }
        }

        return stage.Build(StageKind.Look, Words(plan, 0), isLast: false);
    }

    /// <summary>What is decided once the seeds of a look are observed, and who gets more.</summary>
    public static StageDecision Next(StudyPlan plan, Func<TrialKey, TrialFigures?> figures)
    {
        var spec = plan.Spec.Replicate!;
        var look = plan.Stages.Count(stage => stage.Kind is StageKind.Look or StageKind.Evaluation) - 1;
        var pairs = Comparisons.Of(plan);
        var earlier = plan.Stages.LastOrDefault(stage => !stage.Comparisons.IsEmpty)?.Comparisons ?? [];
        var errors = Errors(plan, pairs.SelectMany(pair => (int[])[pair.Method, pair.Control]).Distinct(), figures);
        var differences = pairs.Select((pair, i) => Differences(errors[pair.Method], errors[pair.Control], earlier.IsEmpty || earlier[i].Verdict == Verdict.Open ? spec.Looks[look] : earlier[i].Pairs)).ToList();
        var seen = SequentialComparisons.Decide(spec, look, differences, [.. pairs.Select((_, i) => earlier.IsEmpty ? null : Record(earlier[i]))]);
        var open = pairs.Where((_, i) => seen[i].Verdict == Verdict.Open).ToList();
        var stage = new StageBuilder(plan);
        if (open.Count > 0)
        {
            var cells = With(plan, open.SelectMany(pair => (int[])[pair.Control, pair.Method]).Distinct().Order()).ToList();
            foreach (var seed in plan.Spec.Seeds.Take(spec.Looks[look + 1]))
            {
                cells.ForEach(cell => stage.Add(cell, seed, null));
            }
        }

        return stage.Build(StageKind.Look, open.Count > 0 ? Words(plan, look + 1) : "decided", isLast: open.Count == 0) with
        {
            Comparisons = [.. pairs.Select((pair, i) => Decision(pair, seen[i]))],
        };
    }

    private static string Words(StudyPlan plan, int look) =>
        FormattableString.Invariant($"look {look + 1} of {plan.Spec.Replicate!.Looks.Length}: {plan.Spec.Replicate.Looks[look]} seeds");

    /// <summary>A tuned cell's default goes along, so that both have the same seeds.</summary>
    private static IEnumerable<int> With(StudyPlan plan, IEnumerable<int> cells)
    {
        var partners = Comparisons.Evaluated(plan).ToLookup(pair => pair.Chosen, pair => pair.Default);
        return cells.SelectMany(cell => partners[cell].Append(cell)).Distinct();
    }

    /// <summary>
    /// The logarithms of the metric, seed by seed in the order of the study's seeds. A trial that diverged or was given up counts as the
    /// worst that any cell reached, and as an error of 1 at least.
    /// </summary>
    private static Dictionary<int, ImmutableArray<double>> Errors(StudyPlan plan, IEnumerable<int> cells, Func<TrialKey, TrialFigures?> figures)
    {
        var wanted = cells.ToHashSet();
        var trials = plan.Trials.Where(trial => wanted.Contains(trial.CellIndex)).ToLookup(trial => trial.CellIndex);
        var logs = trials.ToDictionary(
            cell => cell.Key,
            cell =>
            {
                var bySeed = cell.Where(trial => plan.Spec.Seeds.Contains(trial.Description.Seed)).ToDictionary(trial => trial.Description.Seed, trial => Log(figures(trial.Key)));
                return plan.Spec.Seeds.TakeWhile(bySeed.ContainsKey).Select(seed => bySeed[seed]).ToImmutableArray();
            });
        var worst = Math.Max(0, logs.Values.SelectMany(values => values).Where(double.IsFinite).DefaultIfEmpty(0).Max());
        return logs.ToDictionary(cell => cell.Key, cell => cell.Value.Select(value => double.IsFinite(value) ? value : worst).ToImmutableArray());
    }

    private static double Log(TrialFigures? trial) => trial is null || trial.IsFailed || !double.IsFinite(trial.Metric)
        ? double.PositiveInfinity
        : Math.Log10(Math.Max(trial.Metric, double.Epsilon));

    private static double[] Differences(ImmutableArray<double> method, ImmutableArray<double> control, int count) =>
        [.. method.Zip(control, (one, other) => one - other).Take(count)];

    private static ComparisonAtLook Record(ComparisonDecision decision) => new(
        decision.Look, decision.Pairs, decision.MeanLog10, decision.StandardError, decision.Lower, decision.Upper, decision.RepeatedP, decision.AdjustedP, decision.Verdict);

    private static ComparisonDecision Decision((int Method, int Control) pair, ComparisonAtLook seen) => new(
        pair.Method, pair.Control, seen.Look, seen.Pairs, seen.MeanLog10, seen.StandardError, seen.Lower, seen.Upper, seen.RepeatedP, seen.AdjustedP, seen.Verdict);
}
