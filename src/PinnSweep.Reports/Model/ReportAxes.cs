using PinnSweep.Studies;

namespace PinnSweep.Reports;

/// <summary>Which factors a table puts on its rows and columns; every combination of the other factors' levels is a block of its own.</summary>
/// <param name="Rows">The factor under comparison.</param>
/// <param name="Columns">The factor it is compared on.</param>
public sealed record ReportAxes(Factor Rows, Factor Columns)
{
    /// <summary>
    /// Problems as columns, and as rows the factor with most levels besides; the balancer where none has more than it. A study that varies nothing is a table of one row.
    /// </summary>
    public static ReportAxes For(StudyPlan plan)
    {
        int Levels(Factor factor) => StudyLabels.Of(plan, factor).Length;
        var rows = Enum.GetValues<Factor>()
            .Where(factor => factor != Factor.Problem)
            .OrderByDescending(Levels)
            .ThenBy(factor => factor == Factor.Balancer ? 0 : 1)
            .ThenBy(factor => factor)
            .First();
        return new(rows, Factor.Problem);
    }
}
