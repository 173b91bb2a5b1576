using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Model;

/// <summary>What became of a planned trial.</summary>
public enum TrialStatus
{
    /// <summary>Finished below the threshold.</summary>
    Converged,

    /// <summary>Finished above the threshold.</summary>
    Stalled,

    /// <summary>Finished on a field that solves nothing, or below the threshold with an error no better than that of such a field.</summary>
    Trivial,

    /// <summary>Became non-finite: it has no error, counts in n and not in the mean.</summary>
    Diverged,

    /// <summary>Given up after too many faults of infrastructure: no fault of the method.</summary>
    Quarantined,

    /// <summary>Not finished yet.</summary>
    Unfinished,
}

/// <summary>One planned trial and what is known of it.</summary>
/// <param name="Key">Its identity.</param>
/// <param name="Labels">What tables call its levels.</param>
/// <param name="Seed">The replicate.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Error">The primary metric at the end; null where the trial has no finite one.</param>
/// <param name="Result">The record of a finished trial, as <see cref="StudyResults.Results"/> has it: of its curve the end alone can be counted on.</param>
/// <param name="Faults">Why it was given up.</param>
public sealed record ReportTrial(
    TrialKey Key,
    ImmutableSortedDictionary<Factor, string> Labels,
    long Seed,
    TrialStatus Status,
    double? Error,
    TrialResult? Result,
    ImmutableArray<string> Faults)
{
    /// <summary>What pairs it with a trial of another method: the seed, and where a table averages over factors their labels.</summary>
    public string Replicate { get; init; } = Seed.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What is known of curve and field of a finished trial, which <see cref="Result"/> may lack; null without a result.</summary>
    public TrialDigest? Digest { get; init; }

    /// <summary>Its levels; null in a trial that was made by hand.</summary>
    public CellLevels? Levels { get; init; }

    /// <summary>
    /// The smallest relative L2 error of a field that solves nothing, where <see cref="Error"/> is of the same measure; null where it is not, or
    /// the result does not know it.
    /// </summary>
    public double? TrivialScore { get; init; }

    /// <summary>Whether its error is a field's that solves nothing, but for a twentieth of it, or larger.</summary>
    public bool IsNoBetterThanTrivial => Error * Worth.Margin >= TrivialScore;

    /// <summary>Whether a result was accepted.</summary>
    public bool IsFinished => Result is not null;

    /// <summary>Training time of one step in milliseconds; null without a step.</summary>
    public double? MillisecondsPerStep => Result is { Steps: > 0 } result ? 1000 * result.Seconds / result.Steps : null;

    /// <summary>All planned trials in the order of the plan.</summary>
    public static ImmutableArray<ReportTrial> AllOf(StudyResults results)
    {
        var quarantined = results.Quarantined.ToDictionary(trial => trial.Key, trial => trial.Faults);
        var labels = results.Plan.Cells.Select(cell => FactorWords.All.ToImmutableSortedDictionary(factor => factor, factor => StudyLabels.Of(cell.Levels, cell.Labels, factor))).ToArray();
        return
        [
            .. results.Plan.Trials.Select(planned => Of(planned, labels[planned.CellIndex], results, quarantined)),
        ];
    }

    /// <summary>The value of the primary metric at one point of a result's curve; NaN where the result does not know it.</summary>
    public static double Metric(TrialResult result, CurvePoint point, string metric) => TrialMetric.At(result, point, metric);

    private static ReportTrial Of(
        PlannedTrial planned, ImmutableSortedDictionary<Factor, string> labels, StudyResults results, Dictionary<TrialKey, ImmutableArray<string>> quarantined)
    {
        if (results.Results.GetValueOrDefault(planned.Key) is not { } result)
        {
            return quarantined.TryGetValue(planned.Key, out var faults)
                ? new(planned.Key, labels, planned.Description.Seed, TrialStatus.Quarantined, null, null, faults) { Levels = planned.Description.Levels }
                : new(planned.Key, labels, planned.Description.Seed, TrialStatus.Unfinished, null, null, []) { Levels = planned.Description.Levels };
        }

        var error = result.Curve.IsEmpty ? double.NaN : Metric(result, result.Final, results.Plan.Spec.Metric);
        var status = result.Outcome switch
        {
            Outcome.Converged => TrialStatus.Converged,
            Outcome.Stalled => TrialStatus.Stalled,
            Outcome.Trivial => TrialStatus.Trivial,
            _ => TrialStatus.Diverged,
        };
        var hasError = status != TrialStatus.Diverged && double.IsFinite(error);
        var trial = new ReportTrial(planned.Key, labels, planned.Description.Seed, status, hasError ? error : null, result, [])
        {
            Levels = planned.Description.Levels,
            Digest = results.DigestOf(planned.Key),
            TrivialScore = results.Plan.Spec.Metric == "relative_l2" && result.TrivialScores is { IsEmpty: false } scores ? scores.Values.Min() : null,
        };

        // Below the threshold of the study and no better than nothing: the problem has such a field below the threshold itself.
        return status == TrialStatus.Converged && trial.IsNoBetterThanTrivial ? trial with { Status = TrialStatus.Trivial } : trial;
    }
}
