using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Figures;

/// <summary>Which methods a figure shows that has no room for all.</summary>
internal static class ShownMethods
{
    /// <summary>The control, the one of the largest geometric mean error, and of the others those of the smallest; all where they have room.</summary>
    public static HashSet<ReportCell> Of(StudyReport report, IReadOnlyCollection<ReportCell> cells, int most)
    {
        var byError = cells.OrderBy(cell => cell.Errors.IsEmpty ? double.PositiveInfinity : cell.Accuracy.Mean).ToArray();
        return cells.Count <= most ? [.. cells] : [.. byError.Where(cell => cell.Row == report.ControlRow).Append(byError[^1]).Concat(byError).Distinct().Take(most)];
    }

    /// <summary>What a caption says of it; nothing where all are shown.</summary>
    public static string Words(int all, int shown) => all <= shown ? "" : FormattableString.Invariant($" Of {all} methods the control, the one of the largest error and those of the smallest.");
}
