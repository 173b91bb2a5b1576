using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model;

/// <summary>One cell of a table: all trials of one combination of levels.</summary>
/// <param name="Row">Label of its row.</param>
/// <param name="Column">Label of its column.</param>
/// <param name="NotApplicable">Why it cannot be trained; null where it can.</param>
/// <param name="Trials">Its planned trials, seed by seed.</param>
/// <param name="Accuracy">Geometric mean of the finite errors with its interval.</param>
/// <param name="Standing">How it stands in its column.</param>
public sealed record ReportCell(
    string Row,
    string Column,
    string? NotApplicable,
    ImmutableArray<ReportTrial> Trials,
    LogErrorMean Accuracy,
    Standing Standing)
{
    /// <summary>Why no error of it means anything; null where they do.</summary>
    public string? Void { get; init; }

    /// <summary>The finite errors, seed by seed.</summary>
    public ImmutableArray<double> Errors { get; } = [.. Trials.Where(trial => trial.Error is not null).Select(trial => trial.Error!.Value)];

    /// <summary>
    /// Whether the geometric mean of the relative L2 errors is below three times the error of the solution that they were measured against:
    /// then the number depends on that solution as much as on the method.
    /// </summary>
    public bool IsAtFloor => !Errors.IsEmpty && Trials.Where(trial => trial.Error is not null).Average(LogDistanceToFloor) < Math.Log(3);

    /// <summary>How many trials ended so.</summary>
    public int Count(TrialStatus status) => Trials.Count(trial => trial.Status == status);

    /// <summary>Finished trials that a rule of the study stopped before their budget.</summary>
    public int Stopped => Trials.Count(trial => trial.Result?.StoppedBy is not null);

    /// <summary>Trials with an accepted result.</summary>
    public int Finished => Trials.Count(trial => trial.IsFinished);

    /// <summary>Median of the finite errors; NaN without one.</summary>
    public double Median => Descriptive.Median(Errors.AsSpan());

    /// <summary>Smallest and largest finite error; null without one.</summary>
    public Interval? Range => Errors.IsEmpty ? null : new(Errors.Min(), Errors.Max());

    /// <summary>The 10 and 90 % quantiles of the finite errors; null without one.</summary>
    public Interval? Spread => Errors.IsEmpty ? null : new(Descriptive.Quantile(Errors.AsSpan(), 0.1), Descriptive.Quantile(Errors.AsSpan(), 0.9));

    /// <summary>Whether no finished trial got anywhere: all are trivial or diverged. False where nothing is finished.</summary>
    public bool IsUnsolved { get; } = Worth.IsUnsolved(Trials);

    /// <summary>Whether its error is within noise of a field that solves nothing. False where no score of such a field is known.</summary>
    public bool IsTrivial { get; } = Worth.IsTrivial(Trials);

    /// <summary>Whether nothing speaks for its having solved anything: <see cref="IsUnsolved"/> or <see cref="IsTrivial"/>.</summary>
    public bool IsWorthless => IsUnsolved || IsTrivial;

    /// <summary>Failures: finished trials that did not converge.</summary>
    public int Failures => Finished - Count(TrialStatus.Converged);

    /// <summary>95 % Wilson interval of the probability that a trial does not converge.</summary>
    public Interval FailureInterval => WilsonInterval.Of(Failures, Finished);

    /// <summary>Median over trials of the training time of one step, in milliseconds; NaN without a step.</summary>
    public double MillisecondsPerStep => Descriptive.Median([.. Trials.Select(trial => trial.MillisecondsPerStep).OfType<double>()]);

    /// <summary>Training time of all finished trials, evaluations excluded, in seconds.</summary>
    public double TotalSeconds => Trials.Sum(trial => trial.Result?.Seconds ?? 0);

    /// <summary>
    /// Whether its mean is that of its seeds and of a network that did something: its problem is not void, every finished trial has a finite
    /// error, none was given up, and at least one solved the problem.
    /// </summary>
    public bool IsSound => Void is null && !Errors.IsEmpty && !IsUnsolved && Errors.Length == Finished && Count(TrialStatus.Quarantined) == 0;

    /// <summary>Whether it may be first: its mean is sound, and not within noise of a field that solves nothing.</summary>
    public bool IsRankable => IsSound && !IsTrivial;

    /// <summary>Whether it may be held against another: both means are sound, and one of them at least is more than noise.</summary>
    public bool IsComparableWith(ReportCell other) => IsSound && other.IsSound && !(IsTrivial && other.IsTrivial);

    /// <summary>
    /// The errors of all finished trials, for statistics that use only ranks. A diverged trial and every trial of an unsolved cell count as
    /// infinite, so that they rank last: diverging, or a small error of a trivial solution, must never be an advantage.
    /// </summary>
    public double[] RankedErrors() => [.. Trials.Where(trial => trial.IsFinished).Select(trial => Ranked(trial) ?? double.PositiveInfinity)];

    /// <summary>log10 of (this error ÷ the other's) for every replicate that both have.</summary>
    public double[] LogRatios(ReportCell other)
    {
        var theirs = other.Trials.Where(trial => trial.Error is not null).ToDictionary(trial => trial.Replicate, trial => trial.Error!.Value);
        return
        [
            .. Trials.Where(trial => trial.Error is not null && theirs.ContainsKey(trial.Replicate))
                .Select(trial => LogErrorMean.Log(trial.Error!.Value) - LogErrorMean.Log(theirs[trial.Replicate])),
        ];
    }

    /// <summary>
    /// The same for whatever only ranks: a diverged trial, and every trial of an unsolved cell, is worse than any other by an infinite
    /// difference, and equal to another such trial.
    /// </summary>
    public double[] RankedLogRatios(ReportCell other)
    {
        var theirs = other.Trials.Where(trial => trial.IsFinished).ToDictionary(trial => trial.Replicate, other.Ranked);
        return
        [
            .. Trials.Where(trial => trial.IsFinished && theirs.ContainsKey(trial.Replicate)).Select(trial => (Ranked(trial), theirs[trial.Replicate]) switch
            {
                ({ } mine, { } its) => LogErrorMean.Log(mine) - LogErrorMean.Log(its),
                (null, null) => 0,
                (null, _) => double.PositiveInfinity,
                _ => double.NegativeInfinity,
            }),
        ];
    }

    private double? Ranked(ReportTrial trial) => IsUnsolved ? null : trial.Error;

    private static double LogDistanceToFloor(ReportTrial trial) =>
        trial.Result is { Floor: { } floor } result ? Math.Log(result.Final.RelativeL2 / floor) : double.PositiveInfinity;
}
