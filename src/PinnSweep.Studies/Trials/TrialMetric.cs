namespace PinnSweep.Studies.Trials;

/// <summary>The metrics of study files, read off results.</summary>
public static class TrialMetric
{
    /// <summary>The metric at the end of a training; not a number where it was not measured.</summary>
    public static double Of(TrialResult result, string metric) => At(result, result.Final, metric);

    /// <summary>The metric at a point of the curve.</summary>
    public static double At(TrialResult result, CurvePoint point, string metric) => metric switch
    {
        "relative_l2" => point.RelativeL2,
        "max_error" => point.MaxError,
        "mse" => point.RelativeL2 * point.RelativeL2 * (result.ReferenceMeanSquare ?? double.NaN),
        _ => point.Metrics.GetValueOrDefault(metric, double.NaN),
    };
}
