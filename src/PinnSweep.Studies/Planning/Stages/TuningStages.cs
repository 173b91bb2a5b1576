using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>The stages of a study that tunes, up to the evaluation of what was chosen.</summary>
internal static class TuningStages
{
    /// <summary>The first proposals of all searches.</summary>
    public static StageDecision First(StudyPlan plan)
    {
        var stage = new StageBuilder(plan);
        foreach (var state in SearchState.Of(plan))
        {
            Propose(stage, new(state.Number), state);
        }

        return stage.Build(StageKind.Generation, Words(plan, 1), isLast: false);
    }

    /// <summary>What follows once everything that was proposed is observed; null where the evaluation is decided already.</summary>
    /// <param name="plan">The plan with all decisions so far.</param>
    /// <param name="figures">Of trials with a result; null for those given up.</param>
    public static StageDecision? Next(StudyPlan plan, Func<TrialKey, TrialFigures?> figures)
    {
        var before = SearchState.Of(plan);
        if (before.All(state => state.Chosen is not null))
        {
            return null;
        }

        var stage = new StageBuilder(plan);
        var observed = before.ToImmutableDictionary(state => state.Number, state => Observe(plan.Spec, state, figures));

        // The states after what was observed: a decision without proposals changes nothing else.
        var seen = plan with { Stages = plan.Stages.Add(new(plan.Stages.Length, StageKind.Generation, "", false) { Searches = [.. observed.Select(search => new SearchDecision(search.Key) { Observed = search.Value })] }) };
        var states = SearchState.Of(seen);
        var isPromoted = false;
        foreach (var state in states)
        {
            var promoted = Promote(plan.Spec.Tune!, state);
            isPromoted |= !promoted.IsEmpty;
            stage.Promote(new(state.Number) { Observed = observed[state.Number], Promoted = promoted }, state);
        }

        if (isPromoted)
        {
            var rung = states.SelectMany(state => stage.Promoted(state.Number).Select(point => state.Points[point].Rung + 1)).Max();
            return stage.Build(StageKind.Rung, FormattableString.Invariant($"rung {rung + 1} of {plan.Spec.Tune!.Rungs!.Steps.Length}: to {plan.Spec.Tune.Rungs.Steps[rung]} steps"), isLast: false);
        }

        stage = new(plan);
        foreach (var state in states)
        {
            Propose(stage, new(state.Number) { Observed = observed[state.Number] }, state);
        }

        return stage.HasProposals
            ? stage.Build(StageKind.Generation, Words(plan, states.Max(state => state.Generations) + 1), isLast: false)
            : Evaluation(plan, states, observed);
    }

    /// <summary>What an outside optimizer proposes for one search.</summary>
    public static StageDecision Told(StudyPlan plan, IReadOnlyDictionary<int, ImmutableArray<SpacePoint>> told, Func<TrialKey, TrialFigures?> figures)
    {
        var stage = new StageBuilder(plan);
        foreach (var state in SearchState.Of(plan))
        {
            stage.Propose(new(state.Number) { Observed = Observe(plan.Spec, state, figures), Proposed = told.GetValueOrDefault(state.Number, []) }, state);
        }

        return stage.Build(StageKind.Generation, Words(plan, SearchState.Of(plan).Max(state => state.Generations) + 1), isLast: false);
    }

    private static string Words(StudyPlan plan, int generation) => plan.Spec.Tune!.Design is DesignKind.Tpe or DesignKind.External || plan.Spec.Tune.Seconds is not null
        ? FormattableString.Invariant($"generation {generation} of the searches")
        : plan.Spec.Tune.Rungs is { } rungs ? FormattableString.Invariant($"rung 1 of {rungs.Steps.Length}: to {rungs.Steps[0]} steps")
        : "the searches";

    private static void Propose(StageBuilder stage, SearchDecision decision, SearchState state)
    {
        var tune = stage.Plan.Spec.Tune!;
        var rules = state.Search.PlanOf(tune);
        // Where no trial ever takes time, because none ends, time would never be spent.
        var isSpent = tune.Seconds is { } purse && state.Generations > 0 && (state.Seconds >= purse || state.Seconds == 0);
        var proposed = isSpent || (tune.Design == DesignKind.External && state.Generations > 0) ? []
            : tune.Design == DesignKind.External ? (rules.First is { } first ? [first] : [])
            : tune.Seconds is null ? Proposals.Propose(state.Search.Space.Space, rules, state.History(), state.Generations)
            : InTime(state, rules);
        stage.Propose(decision with { Proposed = proposed }, state);
    }

    /// <summary>A purse of time has no end that a design could be laid out for: its points come a few at a time.</summary>
    private static ImmutableArray<SpacePoint> InTime(SearchState state, SearchPlan rules)
    {
        if (rules.Design == DesignKind.Tpe)
        {
            return Proposals.Propose(state.Search.Space.Space, rules, state.History(), state.Generations);
        }

        var some = rules with { Trials = state.Points.Count + rules.Generation };
        return [.. Proposals.Propose(state.Search.Space.Space, some, [], 0).Skip(state.Points.Count)];
    }

    /// <summary>
    /// What became of the proposals since. Of a trial that was given up nobody knows the time: its proposal costs as much as the dearest of
    /// the search, or a purse of seconds would pay for crashes without end.
    /// </summary>
    internal static ImmutableArray<ProposalScore> Observe(StudySpec spec, SearchState state, Func<TrialKey, TrialFigures?> figures)
    {
        var seen = state.Points.Where(point => point.Scores.Length <= point.Rung)
            .Select(point => (Point: point, Trials: state.KeysOf(spec, point, point.Rung).Select(figures).ToImmutableArray()))
            .Select(one => (Score: Score(one.Point, one.Trials), IsTimed: !one.Trials.Contains(null))).ToImmutableArray();
        var dearest = state.Points.SelectMany(point => point.Scores).Concat(seen.Select(one => one.Score)).Select(score => score.Seconds).DefaultIfEmpty(0).Max();
        return [.. seen.Select(one => one.IsTimed ? one.Score : one.Score with { Seconds = dearest })];
    }

    private static ProposalScore Score(SearchedPoint point, ImmutableArray<TrialFigures?> trials)
    {
        var failed = trials.Count(trial => trial is null || trial.IsFailed || !double.IsFinite(trial.By));
        return new(
            point.Number,
            point.Rung,
            failed > 0 ? double.PositiveInfinity : GeometricMean(trials.Select(trial => trial!.By)),
            failed > 0 ? double.NaN : GeometricMean(trials.Select(trial => trial!.RelativeL2)),
            failed,
            trials.Sum(trial => trial?.Seconds ?? 0));
    }

    private static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Average(value => Math.Log(Math.Max(value, double.Epsilon))));

    private static ImmutableArray<int> Promote(TuneSpec tune, SearchState state)
    {
        if (tune.Rungs is not { } rungs || state.Points.Count == 0)
        {
            return [];
        }

        var top = state.Points.Max(point => point.Rung);
        var there = state.Points.Where(point => point.Rung == top).ToList();
        return top == rungs.Steps.Length - 1 ? []
            : [.. SuccessiveHalving.Promote([.. there.Select(point => point.Scores[^1].Score)], rungs.Keep).Select(index => there[index].Number)];
    }

    /// <summary>The best of those that trained the longest; of equal ones the first. The default where all failed.</summary>
    private static int Choose(SearchState state)
    {
        var top = state.Points.Max(point => point.Scores.Length);
        var best = state.Points.Where(point => point.Scores.Length == top).MinBy(point => (point.Scores[^1].Score, point.Number))!;
        return double.IsFinite(best.Scores[^1].Score) ? best.Number : 0;
    }

    private static StageDecision Evaluation(StudyPlan plan, ImmutableArray<SearchState> states, ImmutableDictionary<int, ImmutableArray<ProposalScore>> observed)
    {
        var stage = new StageBuilder(plan);
        var levels = new List<(PlannedSearch Search, CellLevels Levels, SpacePoint? Point)>();
        foreach (var state in states)
        {
            var chosen = Choose(state);
            stage.Add(new SearchDecision(state.Number) { Observed = observed[state.Number], Chosen = chosen });
            levels.Add((state.Search, state.Search.Default, null));
            levels.Add((state.Search, state.LevelsAt(state.Points[chosen].Point), state.Points[chosen].Point));
        }

        var seeds = plan.Spec.Replicate is { } replicate ? plan.Spec.Seeds.Take(replicate.Looks[0]).ToList() : [.. plan.Spec.Seeds];
        var cells = levels.Select(cell => stage.CellOf(cell.Search, cell.Levels, cell.Point)).Distinct().ToList();
        foreach (var seed in seeds)
        {
            cells.ForEach(cell => stage.Add(cell, seed, null));
        }

        return stage.Build(
            StageKind.Evaluation,
            FormattableString.Invariant($"evaluation of defaults and of what was chosen on {seeds.Count} seeds"),
            isLast: plan.Spec.Replicate is null || plan.Spec.Replicate.Looks.Length == 0);
    }
}
