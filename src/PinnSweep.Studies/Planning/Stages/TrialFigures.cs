using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>What decisions need of a finished trial.</summary>
/// <param name="By">The metric that a search minimizes.</param>
/// <param name="Metric">The study's metric.</param>
/// <param name="RelativeL2">The relative L2 error; not a number where it is unknown.</param>
/// <param name="IsFailed">It diverged, or was stopped before its budget.</param>
/// <param name="Seconds">Training time.</param>
public sealed record TrialFigures(double By, double Metric, double RelativeL2, bool IsFailed, double Seconds)
{
    /// <summary>The figures of a result.</summary>
    public static TrialFigures Of(TrialResult result, string by, string metric) => new(
        TrialMetric.Of(result, by),
        TrialMetric.Of(result, metric),
        result.Final.RelativeL2,
        result.Outcome is Outcome.Diverged || result.StoppedBy is not null,
        result.Seconds);
}
