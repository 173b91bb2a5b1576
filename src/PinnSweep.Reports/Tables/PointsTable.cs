using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tables;

/// <summary>The points of a design, one line each, with all combinations that have them side by side.</summary>
internal static class PointsTable
{
    /// <summary>More points are not read to their end.</summary>
    public const int MostShown = 30;

    /// <summary>So many at each end of a longer table.</summary>
    public const int Ends = 10;

    /// <summary>One table for all combinations with the same points on the same problem.</summary>
    public static IEnumerable<TableModel> AllOf(StudyReport report)
    {
        var groups = report.Design!.Groups.ToArray();
        return groups.Select((group, i) => Of(report, group, groups.Length == 1 ? "points" : FormattableString.Invariant($"points-{i + 1}"), groups.Length == 1));
    }

    private static TableModel Of(StudyReport report, ImmutableArray<DesignedCombination> group, string name, bool isAlone)
    {
        var first = group[0];
        var count = first.Points.Length;
        var order = Enumerable.Range(0, count).ToArray();
        var isCut = count > MostShown;
        if (isCut)
        {
            order = [.. order.OrderBy(point => Place(group, point)).ThenBy(point => point)];
            order = [.. order[..Ends], .. order[^Ends..]];
        }

        var of = isAlone && group.Length > 1 ? "" : $" of {string.Join(", ", group.Select(combination => combination.Method))}{(first.On.Length > 0 ? $" on {first.On}" : "")}";
        return new(
            name,
            isCut
                ? FormattableString.Invariant($"Points of the design{of}: the best {Ends} and the worst {Ends} of {count}.")
                : $"Points of the design{of}.",
            [new("point"), .. first.Dimensions.Select(dimension => new TableColumn(dimension.Name)), .. group.Select(combination => new TableColumn(report.RowName(combination.Method)))],
            [
                .. order.Select(point => ImmutableArray.Create<TableCell>(
                [
                    FormattableString.Invariant($"{first.Points[point].Number}"),
                    .. first.Dimensions.Select((_, d) => TableCell.Of(DimensionView.Text(first.Points[point].Values.Values[d]))),
                    .. group.Select(combination => Cell(combination.Points[point])),
                ])),
            ],
            [
                $"Geometric mean of the {report.Header.MetricName} over the seeds with its 95 % interval; where a trial diverged or was given up, how many did.{(isCut ? " In the order of the mean of log10 over the columns, failed ones last; `points.csv` has all points." : " `points.csv` has the same with the keys of the trials.")}",
                .. group.Any(combination => order.Any(point => combination.Points[point] is { IsFailed: false, IsObserved: true, IsBad: true })) ? new[] { "‡: no trial solved the problem there." } : [],
            ]);
    }

    // A column that failed counts as worse than any error.
    private static double Place(ImmutableArray<DesignedCombination> group, int point) => group.Select(combination => combination.Points[point].Score)
        .Where(score => !double.IsNaN(score)).Select(score => double.IsInfinity(score) ? 1000 : LogErrorMean.Log(score)).DefaultIfEmpty(1001).Average();

    private static TableCell Cell(DesignPoint point)
    {
        if (point.Cell is not { } cell)
        {
            return "n/a";
        }

        var total = cell.Trials.Length;
        return !point.IsObserved ? FormattableString.Invariant($"{cell.Finished} of {total} finished")
            : !point.IsFailed ? DesignTables.Mean(point)
            : cell.Count(TrialStatus.Diverged) > 0 ? FormattableString.Invariant($"{cell.Count(TrialStatus.Diverged)} of {total} diverged")
            : FormattableString.Invariant($"{total - cell.Errors.Length} of {total} given up");
    }
}
