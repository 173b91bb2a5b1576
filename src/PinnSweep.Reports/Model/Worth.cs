using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model;

/// <summary>Whether trials of one method solved anything.</summary>
internal static class Worth
{
    /// <summary>Whatever seeds say, a twentieth better than nothing is no solution.</summary>
    public const double Margin = 1.05;

    private const double Clear = 0.5;

    /// <summary>Whether no finished trial got anywhere: all are trivial or diverged. False where nothing is finished.</summary>
    public static bool IsUnsolved(IReadOnlyCollection<ReportTrial> trials) =>
        trials.Any(trial => trial.IsFinished) && trials.All(trial => !trial.IsFinished || trial.Status is TrialStatus.Trivial or TrialStatus.Diverged);

    /// <summary>
    /// Whether the error is within noise of a field that solves nothing: the interval of the geometric mean, or a twentieth above the mean,
    /// reaches the smallest score of such a field. Not where every error is below half of that score: then few seeds make the interval wide,
    /// and no trial speaks for nothing. False where no such score is known.
    /// </summary>
    public static bool IsTrivial(IReadOnlyCollection<ReportTrial> trials)
    {
        double[] ratios = [.. trials.Where(trial => trial is { Error: not null, TrivialScore: not null }).Select(trial => trial.Error!.Value / trial.TrivialScore!.Value)];
        var mean = LogErrorMean.Of(ratios);
        return ratios.Any(ratio => ratio >= Clear) && (mean.Mean * Margin >= 1 || mean.Interval?.Upper >= 1);
    }
}
