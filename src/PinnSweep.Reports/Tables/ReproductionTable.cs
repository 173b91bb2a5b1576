using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Tables;

/// <summary>Published numbers beside ours.</summary>
internal static class ReproductionTable
{
    /// <summary>The table of one published table.</summary>
    public static TableModel Of(StudyReport report, Reproduction reproduction, int index, int count)
    {
        var table = reproduction.Table;
        var factors = FactorWords.All.Where(factor => reproduction.Values.Select(value => value.Labels[factor]).Distinct().Count() > 1).DefaultIfEmpty(report.Axes.Rows).ToArray();
        var hasRerun = reproduction.Values.Any(value => value.AgainstRerun is not null);
        return new(
            Name(index, count),
            $"{MetricWords.Name(table.Metric)}: {table.Source}, and ours after {report.Header.BudgetText}.",
            [
                .. factors.Select(factor => new TableColumn(report.Axes.WordOf(factor), false)),
                new("published"), new($"ours ({ReproductionNotes.Short(table)})"), new("95 % interval"), new("n"), new("ours ÷ published [95 %]"), new("verdict", false),
                .. hasRerun ? new TableColumn[] { new("rerun"), new("ours ÷ rerun [95 %]"), new("verdict on the rerun", false) } : [],
            ],
            [
                .. reproduction.Values.Select(value => ImmutableArray.Create<TableCell>(
                [
                    .. factors.Select(factor => (TableCell)value.Labels[factor]),
                    Published(value.Published),
                    double.IsNaN(value.Ours.Value) ? "–" : TableCell.Of(new Inline.Scientific(value.Ours.Value, 3)),
                    value.Ours.Interval is { } interval ? TableCell.Of(new Inline.Scientific(interval.Lower, 2), new Inline.Words(" – "), new Inline.Scientific(interval.Upper, 2)) : "–",
                    value.Diverged == 0 ? value.Finished.ToString(CultureInfo.InvariantCulture) : FormattableString.Invariant($"{value.Finished} ({value.Diverged} diverged)"),
                    Ratio(value.Against),
                    Words(value.Against, table.Within),
                    .. hasRerun ? Rerun(value.AgainstRerun, table.Within) : [],
                ])),
            ],
            [.. ReproductionNotes.Of(report, reproduction)]);
    }

    /// <summary>What the table is called among so many.</summary>
    public static string Name(int index, int count) => count == 1 ? "published" : FormattableString.Invariant($"published-{index + 1}");

    /// <summary>A verdict with what belongs to it: <c>undecided at n = 3, within 2× (about 12 seeds would decide)</c>.</summary>
    public static string Words(Comparison comparison, double within)
    {
        // Rounded up to two digits: more would say more than three seeds know.
        var about = comparison.SeedsToDecide is { } seeds ? Math.Ceiling(seeds / Unit(seeds)) * Unit(seeds) : 0;
        var rest = comparison switch
        {
            { Reason: { } reason } => $" ({reason})",
            { SeedsToDecide: not null } => FormattableString.Invariant($" (about {about:#,0} seeds would decide)"),
            { Verdict: Verdict.Undecided, Ours.Count: > 1 } => FormattableString.Invariant($" ({SeedsToDecide.Most:#,0} seeds would not decide)"),
            _ => "",
        };
        return $"{comparison.Verdict.ToWord()}{(comparison.Verdict == Verdict.Undecided ? FormattableString.Invariant($" at n = {comparison.Ours.Count}") : "")}{(IsWithin(comparison, within) ? $", within {NumberText.RoundTrip(within)}×" : "")}{rest}";
    }

    /// <summary>Whether a number that was judged and is not reproduced is within a factor all the same.</summary>
    public static bool IsWithin(Comparison comparison, double within) =>
        comparison.Verdict is not Verdict.Reproduced and not Verdict.NotJudged && Math.Max(comparison.Ratio, 1 / comparison.Ratio) <= within;

    private static double Unit(int seeds) => Math.Pow(10, Math.Max(0, (int)Math.Log10(seeds) - 1));

    private static TableCell[] Rerun(Comparison? comparison, double within) => comparison is null
        ? ["–", "–", "–"]
        : [TableCell.Of(new Inline.Scientific(comparison.Theirs.Estimate.Value, 3)), Ratio(comparison), Words(comparison, within)];

    private static TableCell Ratio(Comparison comparison) => comparison switch
    {
        { Ratio: double.NaN } => "–",
        { Interval: { } interval } => TableCell.Of(
            Factor(comparison.Ratio, 3), new Inline.Words("× ["), Factor(interval.Lower, 2), new Inline.Words(", "), Factor(interval.Upper, 2), new Inline.Words("]")),
        _ => TableCell.Of(Factor(comparison.Ratio, 3), new Inline.Words("×")),
    };

    // A mean of few errors that spread over decades may be anything, and its interval has more zeros than a column holds.
    private static Inline Factor(double value, int digits) => value is >= 1e-3 and < 1e4 ? new Inline.Decimal(value, digits) : new Inline.Scientific(value, digits);

    private static TableCell Published(PublishedValue value) => value switch
    {
        { Deviation: { } deviation } => TableCell.Of(new Inline.Scientific(value.Value, 3), new Inline.Words(" ± "), new Inline.Scientific(deviation, 2)),
        { Lower: { } lower, Upper: { } upper } => TableCell.Of(new Inline.Scientific(value.Value, 3), new Inline.Words(" ["), new Inline.Scientific(lower, 2), new Inline.Words(", "), new Inline.Scientific(upper, 2), new Inline.Words("]")),
        _ => TableCell.Of(new Inline.Scientific(value.Value, 3)),
    };
}
