using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Formats;

/// <summary>Searches and looks for the JSON of a report.</summary>
internal static class StagedJson
{
    /// <summary>What was tuned; null where nothing was.</summary>
    public static object? Tuning(StudyReport report) => report.Staged is not { Tune: { } tune } staged ? null : new
    {
        Each = tune.Each,
        Design = tune.Design.ToWord(),
        tune.Trials,
        tune.Seconds,
        tune.FirstIsDefault,
        tune.Seeds,
        tune.By,
        tune.IsOnTheTruth,
        tune.Rungs,
        Stage = staged.Plan.Stages[^1].Words,
        staged.IsChosen,
        Compared = report.Blocks.Select(block => new
        {
            block.Fixed,
            Methods = staged.ComparisonsOf(block).Select(Compared),
            Rankings = staged.ChangesOf(block).Select(change => new { change.Column, change.BestByDefault, change.BestTuned, change.IsWinnerChanged, Tau = change.Tau.Value, change.Tau.Interval, Methods = change.Tau.Count }),
            Conclusions = staged.ConclusionsOf(report, block),
        }),
        Searches = staged.Searches.Select((search, i) => Search(search, staged.Importances[i].Parameters)),
    };

    /// <summary>The looks; null where seeds are fixed.</summary>
    public static object? Looks(StudyReport report) => report.Staged?.Looks is not { } looks ? null : new
    {
        Declared = looks.Spec.Looks,
        looks.Spec.Alpha,
        looks.Spec.Spending,
        looks.Spec.Equivalence,
        TrialsPlanned = looks.Spent,
        TrialsOfFixedDesign = looks.Fixed,
        Taken = looks.Looks.Select(look => new { Look = look.Look + 1, look.Seeds, Decided = look.Decided.ToDictionary(verdict => JsonNamingPolicy.CamelCase.ConvertName(verdict.Key.ToString()), verdict => verdict.Value), look.Open }),
        Comparisons = looks.Comparisons.Select(comparison => new
        {
            comparison.Method,
            Against = comparison.Control,
            comparison.On,
            comparison.Verdict,
            Look = comparison.Known?.Look + 1,
            Seeds = comparison.Known?.Pairs,
            comparison.Known?.MeanLog10,
            comparison.Known?.Lower,
            comparison.Known?.Upper,
            comparison.Known?.RepeatedP,
            comparison.Known?.AdjustedP,
        }),
    };

    private static object Compared(TunedComparison pair) => new
    {
        pair.Row,
        pair.Column,
        pair.IsDefaultKept,
        Pairs = pair.Gain.Count,
        Default = Mean(pair.Default),
        Tuned = Mean(pair.Tuned),
        FactorGained = pair.Gain.Count > 0 ? pair.Factor : (double?)null,
        pair.FactorInterval,
        DefaultTrials = pair.Default.Trials.Select(trial => trial.Key.Hex),
        TunedTrials = pair.Tuned.Trials.Select(trial => trial.Key.Hex),
    };

    private static object Mean(ReportCell cell) => new
    {
        GeometricMean = cell.Errors.IsEmpty ? (double?)null : cell.Accuracy.Mean,
        cell.Accuracy.Interval,
        cell.Finished,
        cell.Failures,
    };

    private static object Search(SearchReport search, ImmutableArray<ParameterImportance> importance) => new
    {
        search.View.Number,
        search.View.Method,
        On = search.View.Block,
        search.View.Purse,
        search.Observed,
        search.Failed,
        search.GivenUp,
        search.Censored,
        search.Seconds,
        search.Best,
        search.View.Default,
        search.View.Chosen,
        search.Near,
        Regret = search.Regret is { } regret ? new { regret.Decades, regret.MedianDecades, regret.Better, regret.Count } : null,
        Dimensions = search.View.Dimensions.Select((dimension, d) => new
        {
            dimension.Name,
            Space = dimension.Words[(dimension.Name.Length + 1)..],
            Default = Value(search.DefaultOf(d)),
            Chosen = Value(search.Chosen?.Point.Values[d]),
            Sensitivity = search.SensitivityOf(d) is { } near ? new { near.Near, near.NearFactor, near.Far, near.FarFactor } : null,
            Importance = importance[d].Rank,
            PedAnova = importance[d].Ped,
        }),
        Rungs = RungReport.Of(search),
        Proposals = search.WithViews().Select(proposal => new
        {
            proposal.Point.Number,
            State = StagedCsv.State(search, proposal.View),
            proposal.Point.Generation,
            proposal.Point.Rung,
            Point = SearchReports.Shown(search.State.Search, proposal.Point.Point).Values.Select(Value),
            Scores = proposal.Point.Scores.Select(score => new { score.Rung, score.Score, score.Truth, score.Failed, score.Seconds }),
            Trials = search.Trials[proposal.Point.Number].Keys,
        }),
    };

    private static JsonElement? Value(SpecValue? value) => value is null ? null : JsonDocument.Parse(value.Canonical()).RootElement;
}
