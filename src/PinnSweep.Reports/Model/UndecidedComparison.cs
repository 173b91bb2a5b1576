using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model;

/// <summary>
/// A comparison that the seeds so far do not decide: neither a difference nor equivalence is shown. What deciding would cost is an estimate
/// from the spread of the seeds so far, and as rough as that.
/// </summary>
/// <param name="Method">The cell compared.</param>
/// <param name="Against">The control's cell; the best of the column where the control is no row.</param>
/// <param name="Paired">The ratios so far.</param>
/// <param name="Seeds">How many seeds would decide; null where there is no spread yet, or more than are looked for.</param>
public sealed record UndecidedComparison(ReportCell Method, ReportCell Against, PairedTTest Paired, int? Seeds)
{
    /// <summary>Trials beside those that are planned; null where <see cref="Seeds"/> is.</summary>
    public int? MoreTrials => Seeds is { } seeds ? Math.Max(0, seeds - Method.Trials.Length) + Math.Max(0, seeds - Against.Trials.Length) : null;

    /// <summary>Their training time in seconds, at the pace of those that are finished; null where <see cref="Seeds"/> is.</summary>
    public double? MoreSeconds => Seeds is { } seeds
        ? (Math.Max(0, seeds - Method.Trials.Length) * EachOf(Method)) + (Math.Max(0, seeds - Against.Trials.Length) * EachOf(Against))
        : null;

    /// <summary>All such comparisons of a block, column by column.</summary>
    /// <param name="block">Its cells with their standing.</param>
    /// <param name="control">The row that is the control; null where it is none.</param>
    public static IEnumerable<UndecidedComparison> AllOf(ReportBlock block, string? control) => block.Columns.SelectMany(column => Of([.. block.Column(column)], control));

    private static IEnumerable<UndecidedComparison> Of(ReportCell[] column, string? control)
    {
        var against = column.FirstOrDefault(cell => control is null ? cell.Standing == Standing.Best : cell.Row == control);
        if (against is not { IsSound: true })
        {
            yield break;
        }

        ReportCell[] rivals = [.. column.Where(cell => cell != against && cell.IsComparableWith(against))];
        double[][] ratios = [.. rivals.Select(cell => cell.LogRatios(against))];
        var tests = ratios.Select(logs => PairedTTest.Of(logs)).ToArray();
        var different = HolmFamily.Adjust(ratios, [.. tests.Select(test => test.P)]);
        var equivalent = EquivalenceTest.Adjusted(ratios);
        for (var i = 0; i < rivals.Length; i++)
        {
            // Where nothing is the control the marks of the main table say it, which may go by another test.
            var isOpen = control is null
                ? rivals[i].Standing is Standing.Undecided or Standing.NotTested
                : different[i] > Significance.Alpha && equivalent[i] > Significance.Alpha;
            if (isOpen)
            {
                yield return new(rivals[i], against, tests[i], SeedsFor(ratios[i], rivals.Length));
            }
        }
    }

    // Holm's first step is the hardest: a comparison that passes it is decided whatever becomes of the others.
    private static int? SeedsFor(double[] logs, int family)
    {
        if (logs.Length < 2)
        {
            return null;
        }

        var (mean, spread) = (Descriptive.Mean(logs), Descriptive.StandardDeviation(logs));
        return SeedsToDecide.Smallest(logs.Length, count =>
        {
            var sample = LogErrorMean.Logs(SeedsToDecide.Sample(count, mean, spread));
            return family * Math.Min(PairedTTest.Of(sample).P, EquivalenceTest.P(sample)) <= Significance.Alpha;
        });
    }

    private static double EachOf(ReportCell cell) => cell.Finished == 0 ? 0 : cell.TotalSeconds / cell.Finished;
}
