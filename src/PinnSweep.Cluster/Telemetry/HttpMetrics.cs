using System.Diagnostics.Metrics;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>What a node's HTTP interface counts beside what its server counts of every request.</summary>
public static class HttpMetrics
{
    private static readonly Counter<long> Reports = Metering.Counter(
        "pinnsweep.reports.made", "{report}", "Reports made over HTTP.", Labels.Format);

    /// <summary>A report was made in a form: one of the words that the interface takes.</summary>
    public static void ReportMade(string format) => Reports.Add(1, Labels.With(Labels.Format, format));
}
