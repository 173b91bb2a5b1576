using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Spaces;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>A combination of levels at one point of a design.</summary>
/// <param name="Number">Of the point, from 1.</param>
/// <param name="Values">One value a dimension.</param>
/// <param name="Cell">Its trials, one a seed; null where the point is left out.</param>
internal sealed record DesignPoint(int Number, SpacePoint Values, ReportCell? Cell)
{
    /// <summary>Whether each of its trials has ended, or was given up.</summary>
    public bool IsObserved => Cell is { Trials.IsEmpty: false } && Cell.Count(TrialStatus.Unfinished) == 0;

    /// <summary>Whether a trial of it diverged or was given up.</summary>
    public bool IsFailed => IsObserved && Cell!.Errors.Length < Cell.Trials.Length;

    /// <summary>Geometric mean of the errors over the seeds; +∞ where a trial failed, NaN where one is still to come.</summary>
    public double Score => !IsObserved ? double.NaN : IsFailed ? double.PositiveInfinity : Cell!.Accuracy.Mean;

    /// <summary>
    /// Mean over seeds of log10(this ÷ other); null where nothing is to compare. A point that diverged, or that no trial solved, is worse
    /// than any other by an infinite difference, and equal to another such point. What was given up is no fault of a method.
    /// </summary>
    public double? Difference(DesignPoint other)
    {
        if (!IsObserved || !other.IsObserved || Cell!.Count(TrialStatus.Quarantined) + other.Cell!.Count(TrialStatus.Quarantined) > 0)
        {
            return null;
        }

        return (IsBad, other.IsBad) switch
        {
            (true, true) => 0,
            (true, false) => double.PositiveInfinity,
            (false, true) => double.NegativeInfinity,
            _ => Cell.LogRatios(other.Cell) is { Length: > 0 } logs ? Descriptive.Mean(logs) : null,
        };
    }

    /// <summary>Whether a ratio of errors with this point favours nobody.</summary>
    public bool IsBad => IsFailed || Cell is { IsWorthless: true };
}
