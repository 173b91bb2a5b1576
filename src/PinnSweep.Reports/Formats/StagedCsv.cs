using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Formats;

/// <summary>Searches and looks as comma-separated values, in the form of <see cref="CsvFormat"/>.</summary>
internal static class StagedCsv
{
    /// <summary>The files that a study in stages has beside any other, by name.</summary>
    public static IEnumerable<(string Name, Action<StudyReport, TextWriter> Write)> FilesOf(StudyReport report) => report.Staged is not { } staged
        ? []
        :
        [
            .. staged.IsTuned ? new (string, Action<StudyReport, TextWriter>)[] { ("tuned", Tuned), ("searches", Searches), ("proposals", Proposals), ("parameters", Parameters), ("trials-default", Defaults) } : [],
            .. staged.Looks is null ? [] : new (string, Action<StudyReport, TextWriter>)[] { ("verdicts", Verdicts) },
        ];

    private static void Tuned(StudyReport report, TextWriter text)
    {
        CsvFormat.Line(text, ["block", report.Axes.ColumnsWord, report.Axes.RowsWord, "default_kept", "pairs", "default", "default_lower", "default_upper", "tuned", "tuned_lower", "tuned_upper", "factor_gained", "factor_lower", "factor_upper", "default_finished", "default_failures", "tuned_finished", "tuned_failures"]);
        foreach (var (block, pair) in report.Blocks.SelectMany(block => report.Staged!.ComparisonsOf(block).Select(pair => (block, pair))))
        {
            CsvFormat.Line(text, [
                block.Name, pair.Column, pair.Row, pair.IsDefaultKept ? "yes" : "no", CsvFormat.Number(pair.Gain.Count),
                .. Estimate(pair.Default), .. Estimate(pair.Tuned),
                CsvFormat.Number(pair.Gain.Count > 0 ? pair.Factor : null), .. Ends(pair.FactorInterval),
                CsvFormat.Number(pair.Default.Finished), CsvFormat.Number(pair.Default.Failures), CsvFormat.Number(pair.Tuned.Finished), CsvFormat.Number(pair.Tuned.Failures),
            ]);
        }
    }

    private static void Searches(StudyReport report, TextWriter text)
    {
        CsvFormat.Line(text, ["search", "method", "on", "design", "by", "dimensions", "purse_proposals", "purse_seconds", "proposals", "failed", "given_up", "censored", "steps", "seconds", "best_score", "within_2x", "within_2x_lower", "within_2x_upper", "regret", "chosen"]);
        foreach (var search in report.Staged!.Searches)
        {
            var tune = search.Tune;
            CsvFormat.Line(text, [
                .. Names(search), tune.Design.ToWord(), tune.By, CsvFormat.Number(search.View.Dimensions.Length),
                CsvFormat.Number(tune.Seconds is null ? search.View.Purse : null), CsvFormat.Number(tune.Seconds),
                CsvFormat.Number(search.View.Proposals.Length), CsvFormat.Number(search.Failed), CsvFormat.Number(search.GivenUp), CsvFormat.Number(search.Censored),
                CsvFormat.Number((double)search.View.Proposals.Sum(proposal => proposal.Steps)), CsvFormat.Number(search.Seconds), CsvFormat.Number(search.Best),
                CsvFormat.Number(search.Near?.Share), .. Ends(search.Near?.Interval),
                CsvFormat.Number(search.Regret is { } regret ? Math.Pow(10, regret.Decades) : null), CsvFormat.Number(search.View.Chosen),
            ]);
        }
    }

    private static void Proposals(StudyReport report, TextWriter text)
    {
        string[] dimensions = [.. report.Staged!.Searches.SelectMany(search => search.View.Dimensions).Select(dimension => dimension.Name).Distinct()];
        CsvFormat.Line(text, ["search", "method", "on", "proposal", "state", "default", "generation", "rung", "score", "relative_l2", "diverged", "given_up", "steps", "seconds", .. dimensions, "keys"]);
        foreach (var (search, proposal, seen) in report.Staged.Searches.SelectMany(search => search.WithViews().Select(pair => (search, pair.Point, pair.View))))
        {
            var trials = search.Trials[proposal.Number];
            var shown = SearchReports.Shown(search.State.Search, proposal.Point);
            CsvFormat.Line(text, [
                .. Names(search), CsvFormat.Number(proposal.Number), State(search, seen), proposal.Number == search.View.Default ? "yes" : "no",
                CsvFormat.Number(proposal.Generation), CsvFormat.Number(proposal.Rung), CsvFormat.Number(seen?.Score), CsvFormat.Number(seen?.Truth),
                CsvFormat.Number(trials.Diverged), CsvFormat.Number(trials.GivenUp), CsvFormat.Number((double)trials.Steps), CsvFormat.Number(trials.Seconds),
                .. dimensions.Select(name => search.View.Dimensions.Index().Where(dimension => dimension.Item.Name == name).Select(dimension => Exact(shown.Values[dimension.Index])).FirstOrDefault("")),
                string.Join(' ', trials.Keys),
            ]);
        }
    }

    private static void Parameters(StudyReport report, TextWriter text)
    {
        CsvFormat.Line(text, ["search", "method", "on", "parameter", "space", "default", "chosen", "near", "far", "eta_squared", "corrected", "corrected_lower", "corrected_upper", "p", "ped_anova", "ped_anova_lower", "ped_anova_upper"]);
        foreach (var (search, d) in report.Staged!.Searches.SelectMany(search => Enumerable.Range(0, search.View.Dimensions.Length).Select(d => (search, d))))
        {
            var (dimension, sensitivity, importance) = (search.View.Dimensions[d], search.SensitivityOf(d), report.Staged.Importances[search.State.Number].Parameters[d]);
            CsvFormat.Line(text, [
                .. Names(search), dimension.Name, dimension.Words[(dimension.Name.Length + 1)..], Exact(search.DefaultOf(d)), Exact(search.Chosen?.Point.Values[d]),
                CsvFormat.Number(sensitivity?.NearFactor), CsvFormat.Number(sensitivity?.FarFactor),
                CsvFormat.Number(importance.Rank?.EtaSquared), CsvFormat.Number(importance.Rank?.Corrected), .. Ends(importance.Rank?.Interval), CsvFormat.Number(importance.Rank?.P),
                CsvFormat.Number(importance.Ped?.Share), .. Ends(importance.Ped?.Interval),
            ]);
        }
    }

    private static void Defaults(StudyReport report, TextWriter text) => CsvFormat.Trials(report.Staged!.Default!, text);

    private static void Verdicts(StudyReport report, TextWriter text)
    {
        CsvFormat.Line(text, ["method", "against", "on", "verdict", "look", "seeds", "error_ratio", "interval_lower", "interval_upper", "p_repeated", "p_adjusted"]);
        foreach (var comparison in report.Staged!.Looks!.Comparisons)
        {
            var known = comparison.Known;
            CsvFormat.Line(text, [
                comparison.Method, comparison.Control, comparison.On, comparison.Words, CsvFormat.Number(known?.Look + 1), CsvFormat.Number(known?.Pairs),
                CsvFormat.Number(known is null ? null : Math.Pow(10, known.MeanLog10)), CsvFormat.Number(known is null ? null : Math.Pow(10, known.Lower)), CsvFormat.Number(known is null ? null : Math.Pow(10, known.Upper)),
                CsvFormat.Number(known?.RepeatedP), CsvFormat.Number(known?.AdjustedP),
            ]);
        }
    }

    /// <summary>What became of a proposal, in a word.</summary>
    internal static string State(SearchReport search, ProposalView? seen) => seen is null ? "open"
        : seen.Number == search.View.Chosen ? "chosen"
        : seen.IsFailed ? "failed"
        : seen.IsCensored ? "censored" : "observed";

    private static string[] Names(SearchReport search) => [CsvFormat.Number(search.View.Number), search.View.Method, search.View.Block];

    internal static string Exact(SpecValue? value) => value switch { null => "", SpecValue.Text text => text.Value, _ => value.Canonical() };

    private static string[] Estimate(ReportCell cell) => [CsvFormat.Number(cell.Errors.IsEmpty ? null : cell.Accuracy.Mean), .. Ends(cell.Accuracy.Interval)];

    private static string[] Ends(Interval? interval) => [CsvFormat.Number(interval?.Lower), CsvFormat.Number(interval?.Upper)];
}
