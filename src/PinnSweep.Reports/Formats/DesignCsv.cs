using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Formats;

/// <summary>The points of a design as comma-separated values, in the form of <see cref="CsvFormat"/>.</summary>
internal static class DesignCsv
{
    // Of cells with the trials of all points, or of tests over them, these would tell nothing.
    private static readonly string[] NotOfPoints = ["accuracy", "comparisons", "published"];

    /// <summary>The files of a study with a design, by name.</summary>
    public static IEnumerable<(string Name, Action<StudyReport, TextWriter> Write)> FilesOf(StudyReport report) =>
        CsvFormat.Files.Where(file => !NotOfPoints.Contains(file.Name) && CsvFormat.HasAdded(report, file.Name)).Concat(
        [
            ("space", Space),
            ("points", Points),
            .. report.Design!.Comparisons.IsEmpty ? [] : new (string, Action<StudyReport, TextWriter>)[] { ("point-by-point", Compared) },
            .. report.Design.Importances.IsEmpty ? [] : new (string, Action<StudyReport, TextWriter>)[] { ("parameters", Parameters) },
        ]);

    private static void Space(StudyReport report, TextWriter text)
    {
        CsvFormat.Line(text, ["combination", .. FactorWords.All.Select(factor => factor.ToWord()), "dimensions", "points", "observed", "failed", "best_point", "best", "best_lower", "best_upper", "median", "worst", "within_2x", "within_2x_lower", "within_2x_upper", "planned", "finished", "converged", "diverged", "given_up"]);
        foreach (var one in report.Design!.Combinations)
        {
            var best = one.Best;
            CsvFormat.Line(text, [
                CsvFormat.Number(one.Number), .. FactorWords.All.Select(factor => one.Search.Labels[factor]), CsvFormat.Number(one.Dimensions.Length),
                CsvFormat.Number(one.Points.Length), CsvFormat.Number(one.Observed.Length), CsvFormat.Number(one.Observed.Count(point => point.IsFailed)),
                CsvFormat.Number(best?.Number), CsvFormat.Number(best?.Score), .. Ends(best?.Cell!.Accuracy.Interval),
                Score(one.Median), Score(one.Worst), CsvFormat.Number(one.Near?.Share), .. Ends(one.Near?.Interval),
                CsvFormat.Number(one.Trials.Count()), CsvFormat.Number(one.Trials.Count(trial => trial.IsFinished)), Count(one, TrialStatus.Converged), Count(one, TrialStatus.Diverged), Count(one, TrialStatus.Quarantined),
            ]);
        }
    }

    private static void Points(StudyReport report, TextWriter text)
    {
        string[] dimensions = [.. report.Design!.Combinations.SelectMany(one => one.Dimensions).Select(dimension => dimension.Name).Distinct()];
        CsvFormat.Line(text, ["combination", .. FactorWords.All.Select(factor => factor.ToWord()), "point", .. dimensions, "state", "geometric_mean", "interval_lower", "interval_upper", "planned", "finished", "converged", "diverged", "given_up", "keys"]);
        foreach (var (one, point) in report.Design.Combinations.SelectMany(one => one.Points.Select(point => (one, point))))
        {
            var cell = point.Cell;
            CsvFormat.Line(text, [
                CsvFormat.Number(one.Number), .. FactorWords.All.Select(factor => one.Search.Labels[factor]), CsvFormat.Number(point.Number),
                .. dimensions.Select(name => one.Dimensions.Index().Where(dimension => dimension.Item.Name == name).Select(dimension => StagedCsv.Exact(point.Values.Values[dimension.Index])).FirstOrDefault("")),
                State(point), CsvFormat.Number(cell is { Errors.IsEmpty: false } ? cell.Accuracy.Mean : null), .. Ends(cell?.Accuracy.Interval),
                CsvFormat.Number(cell?.Trials.Length), CsvFormat.Number(cell?.Finished), CsvFormat.Number(cell?.Count(TrialStatus.Converged)), CsvFormat.Number(cell?.Count(TrialStatus.Diverged)), CsvFormat.Number(cell?.Count(TrialStatus.Quarantined)),
                string.Join(' ', cell?.Trials.Select(trial => trial.Key.Hex) ?? []),
            ]);
        }
    }

    private static void Compared(StudyReport report, TextWriter text)
    {
        CsvFormat.Line(text, ["first", "second", "method", "against", "on", "points", "points_of_ratio", "error_ratio", "interval_lower", "interval_upper", "p_paired_t", "p_paired_t_holm", "p_signed_rank", "p_signed_rank_holm", "signed_rank_attainable", "won", "tied", "lost"]);
        foreach (var pair in report.Design!.Comparisons)
        {
            CsvFormat.Line(text, [
                CsvFormat.Number(pair.First.Number), CsvFormat.Number(pair.Second.Number), pair.First.Method, pair.Second.Method, pair.First.On,
                CsvFormat.Number(pair.Differences.Length), CsvFormat.Number(pair.Paired.Count), CsvFormat.Number(pair.Paired.Count > 0 ? pair.Ratio : null), .. Ends(pair.RatioInterval),
                CsvFormat.Number(pair.Paired.P), CsvFormat.Number(pair.PairedHolm), CsvFormat.Number(pair.SignedRank.P), CsvFormat.Number(pair.SignedRankHolm), pair.IsAttainable ? "yes" : "no",
                CsvFormat.Number(pair.Record.Wins), CsvFormat.Number(pair.Record.Ties), CsvFormat.Number(pair.Record.Losses),
            ]);
        }
    }

    private static void Parameters(StudyReport report, TextWriter text)
    {
        CsvFormat.Line(text, ["combination", "method", "on", "parameter", "space", "best", "eta_squared", "corrected", "corrected_lower", "corrected_upper", "p", "ped_anova", "ped_anova_lower", "ped_anova_upper"]);
        foreach (var (search, parameter, d) in report.Design!.Importances.SelectMany(search => search.Parameters.Select((parameter, d) => (search.Search, parameter, d))))
        {
            var dimension = search.Dimensions[d];
            CsvFormat.Line(text, [
                CsvFormat.Number(search.Number), search.Method, search.Block, dimension.Name, dimension.Words[(dimension.Name.Length + 1)..], StagedCsv.Exact(search[search.Chosen]?.Point.Values[d]),
                CsvFormat.Number(parameter.Rank?.EtaSquared), CsvFormat.Number(parameter.Rank?.Corrected), .. Ends(parameter.Rank?.Interval), CsvFormat.Number(parameter.Rank?.P),
                CsvFormat.Number(parameter.Ped?.Share), .. Ends(parameter.Ped?.Interval),
            ]);
        }
    }

    /// <summary>What became of a point, in a word.</summary>
    internal static string State(DesignPoint point) => point.Cell is null ? "n/a" : !point.IsObserved ? "open" : point.IsFailed ? "failed" : "observed";

    private static string Score(double score) => double.IsNaN(score) ? "" : CsvFormat.Number(score);

    private static string Count(DesignedCombination one, TrialStatus status) => CsvFormat.Number(one.Trials.Count(trial => trial.Status == status));

    private static string[] Ends(Interval? interval) => [CsvFormat.Number(interval?.Lower), CsvFormat.Number(interval?.Upper)];
}
