using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Formats;

/// <summary>Published numbers beside ours as comma-separated values, one line a number of a table.</summary>
internal static class ReproductionCsv
{
    /// <summary>All published tables of a study.</summary>
    public static void Write(StudyReport report, TextWriter text)
    {
        CsvFormat.Line(text, [
            "table", .. FactorWords.All.Select(factor => factor.ToWord()), "statistic", "metric", "verdict", "reason", "rerun_verdict", "rerun_reason", "runs", "published", "published_lower", "published_upper",
            "ours", "interval_lower", "interval_upper", "n", "diverged", "ratio", "ratio_lower", "ratio_upper", "equivalence", "seeds_to_decide",
            "rerun", "rerun_lower", "rerun_upper", "rerun_ratio", "rerun_ratio_lower", "rerun_ratio_upper", "rerun_seeds_to_decide"]);
        var all = report.Findings.Reproductions;
        for (var i = 0; i < all.Length; i++)
        {
            var table = all[i].Table;
            foreach (var value in all[i].Values)
            {
                var (ours, against, again) = (value.Ours, value.Against, value.AgainstRerun);
                CsvFormat.Line(text, [
                    ReproductionTable.Name(i, all.Length), .. FactorWords.All.Select(factor => value.Labels[factor]),
                    table.Statistic.ToWord(), table.Metric, against.Verdict.ToWord(), against.Reason ?? "", again?.Verdict.ToWord() ?? "", again?.Reason ?? "",
                    CsvFormat.Number(table.Runs),
                    .. Estimate(against.Theirs.Estimate),
                    .. Estimate(ours),
                    CsvFormat.Number(value.Finished),
                    CsvFormat.Number(value.Diverged),
                    .. Ratio(against),
                    CsvFormat.Number(table.Equivalence),
                    CsvFormat.Number(against.SeedsToDecide),
                    .. again is null ? Enumerable.Repeat("", 6) : [.. Estimate(again.Theirs.Estimate), .. Ratio(again)],
                    CsvFormat.Number(again?.SeedsToDecide),
                ]);
            }
        }
    }

    private static string[] Estimate(ErrorEstimate estimate) => [Finite(estimate.Value), CsvFormat.Number(estimate.Interval?.Lower), CsvFormat.Number(estimate.Interval?.Upper)];

    private static string[] Ratio(Comparison comparison) => [Finite(comparison.Ratio), CsvFormat.Number(comparison.Interval?.Lower), CsvFormat.Number(comparison.Interval?.Upper)];

    private static string Finite(double value) => CsvFormat.Number(double.IsNaN(value) ? (double?)null : value);
}
