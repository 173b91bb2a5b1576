using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Model;

/// <summary>What headings and axes call a metric.</summary>
internal static class MetricWords
{
    /// <summary>For sentences: <c>relative L2 error</c>.</summary>
    public static string Name(string metric) => metric switch
    {
        "relative_l2" => "relative L2 error",
        "max_error" => "largest absolute error",
        "mse" => "mean squared error",
        CurvePoint.ResidualL2 => "relative residual",
        CurvePoint.ResidualRelative => "largest residual relative to what its term amounts to",
        _ => metric.Replace('_', ' '),
    };

    /// <summary>What the outcomes in these cells go by: an error, or the residual on problems without a known solution.</summary>
    public static string OfOutcome(IEnumerable<ReportCell> cells)
    {
        var final = cells.SelectMany(cell => cell.Trials)
            .Where(trial => trial.Result is not null && trial.Status != TrialStatus.Diverged)
            .Select(trial => trial.Result!.Final)
            .ToList();
        var isUnknown = final.Select(point => double.IsNaN(point.RelativeL2)).ToHashSet();
        var (error, residual) = (Name("relative_l2"), string.Join(" or ", final
            .Where(point => double.IsNaN(point.RelativeL2))
            .Select(point => Name(point.Metrics.ContainsKey(CurvePoint.ResidualRelative) ? CurvePoint.ResidualRelative : CurvePoint.ResidualL2))
            .Distinct()));
        return !isUnknown.Contains(true) ? error : isUnknown.Contains(false) ? $"{error} (where no solution is known, {residual})" : residual;
    }
}
