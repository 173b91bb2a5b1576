namespace PinnSweep.Reports;

/// <summary>What headings and axes call a metric.</summary>
public static class MetricWords
{
    /// <summary>For sentences: <c>relative L2 error</c>.</summary>
    public static string Name(string metric) => metric switch
    {
        "relative_l2" => "relative L2 error",
        "max_error" => "largest absolute error",
        "mse" => "mean squared error",
        _ => metric.Replace('_', ' '),
    };
}
