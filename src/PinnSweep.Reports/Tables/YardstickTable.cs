using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Tables;

/// <summary>
/// What a solver without networks takes for the error of the best method (McGreivy, Hakim 2024, arXiv:2407.07218, on weak baselines).
/// </summary>
internal static class YardstickTable
{
    /// <summary>The heading of its section.</summary>
    public const string Title = "Classical solver";

    private const string Name = "yardstick";

    /// <summary>Whether a table is called so: its times are of a machine, and no store knows them.</summary>
    public static bool Is(string table) => table == Name || table.StartsWith($"{Name}-", StringComparison.Ordinal) || table.StartsWith($"{Name}:", StringComparison.Ordinal);

    /// <summary>A line for each column with a best method on a problem that has a solver; null where there is none.</summary>
    public static TableModel? Of(StudyReport report, ReportBlock block)
    {
        var lines = block.Sound.Columns.Select(column => block.Column(column).FirstOrDefault(cell => cell.Standing == Standing.Best)).OfType<ReportCell>()
            .Select(best => (Best: best, Known: Of(report, best))).Where(line => line.Known is not null)
            .Select(line => (line.Best, Yardstick: line.Known!, Error: ErrorOf(line.Best), Seconds: Descriptive.Median([.. line.Best.Trials.Select(trial => trial.Result?.Seconds).OfType<double>()])))
            .Where(line => double.IsFinite(line.Error)).ToArray();
        return lines.Length == 0 ? null : new(
            ReportNames.Of(Name, report, block),
            $"The best network of each column beside a solver without networks{(block.Name.Length > 0 ? $" ({block.Name})" : "")}.",
            [new(report.Axes.ColumnsWord, false), new("best method", false), new("relative L2 error"), new("training"), new("solver", false), new("same error"), new("training ÷ solver")],
            [.. lines.Select(line => Line(report, line.Best, line.Yardstick, line.Error, line.Seconds))],
            [.. Notes(lines.Select(line => line.Yardstick))]);
    }

    private static ImmutableArray<TableCell> Line(StudyReport report, ReportCell best, Yardstick yardstick, double error, double seconds)
    {
        var (needed, bound) = yardstick.For(error)!.Value;
        var (sign, inverse) = bound switch { YardstickBound.Less => ("< ", "> "), YardstickBound.More => ("> ", "< "), _ => ("", "") };
        return
        [
            best.Column,
            report.RowName(best.Row),
            TableCell.Of(new Inline.Scientific(error, 3)),
            NumberText.Duration(seconds),
            yardstick.Method,
            TableCell.Of(new Inline.Words(sign), new Inline.Scientific(needed, 2), new Inline.Words(" s")),
            TableCell.Of(new Inline.Words(inverse), new Inline.Scientific(seconds / needed, 2)),
        ];
    }

    private static IEnumerable<string> Notes(IEnumerable<Yardstick> yardsticks) =>
    [
        "Error and training: medians over the trials of the method with the smallest geometric mean. Same error: processor time of the solver on one core for that error on the same test grid, between its resolutions by logarithms; < where its coarsest is better already, > where its finest was not good enough: nothing is extrapolated.",
        $"The solvers ran on {string.Join(", ", yardsticks.Select(one => one.Machine).Distinct())}, each resolution as often as fits, the fastest counts; training may have run elsewhere, on several cores or beside others. A solver gives one solution of one problem, as the network does.",
    ];

    private static Yardstick? Of(StudyReport report, ReportCell cell) => cell.Trials.Select(trial => trial.Labels[Factor.Problem]).Distinct().ToArray() is [var problem]
        && report.Known.GetValueOrDefault(problem)?.Yardstick is { Points.IsEmpty: false } yardstick ? yardstick : null;

    private static double ErrorOf(ReportCell cell) => Descriptive.Median([.. cell.Trials.Where(trial => trial.Error is not null).Select(trial => trial.Result!.Final.RelativeL2)]);
}
