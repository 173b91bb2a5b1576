using System.Globalization;

namespace PinnSweep.Studies.Planning;

/// <summary>
/// What a plan costs, as far as the plan alone can tell: a budget of seconds gives the time, a budget of steps gives the steps, whose
/// duration depends on problem, network and machine and is unknown until measured.
/// </summary>
/// <param name="Trials">Trials to train.</param>
/// <param name="TotalSteps">Optimizer steps of all trials; null under a budget of seconds.</param>
/// <param name="TotalSeconds">Training time of all trials, evaluations not counted; null under a budget of steps.</param>
/// <param name="SecondsPerTrial">The budget where it is one of seconds and the same for all.</param>
public sealed record CostEstimate(int Trials, long? TotalSteps, double? TotalSeconds, double? SecondsPerTrial)
{
    /// <summary>The cost of a plan.</summary>
    public static CostEstimate Of(StudyPlan plan) => new(
        plan.Trials.Length,
        plan.Spec.Budget.Steps is null ? null : plan.Trials.Sum(trial => (long)trial.Description.Budget.Steps!.Value),
        plan.Spec.Budget.Seconds is null ? null : plan.Trials.Sum(trial => trial.Description.Budget.Seconds!.Value),
        plan.Trials.All(trial => trial.Description.Budget == plan.Spec.Budget) ? plan.Spec.Budget.Seconds : null);

    /// <summary>The least time on that many slots, or null where it is not known.</summary>
    /// <param name="slots">Trials that train at the same time.</param>
    /// <param name="secondsPerStep">A measured duration of a step on this machine, where there is one.</param>
    public TimeSpan? Duration(int slots, double? secondsPerStep = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slots);
        var rounds = (Trials + slots - 1) / slots;
        var perTrial = SecondsPerTrial ?? (TotalSteps / (double)Trials * secondsPerStep);
        return (rounds * perTrial ?? TotalSeconds / slots) is { } seconds && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => TotalSteps is { } steps
        ? string.Create(CultureInfo.InvariantCulture, $"{Trials:N0} trials, {steps:N0} steps in all")
        : string.Create(CultureInfo.InvariantCulture, $"{Trials:N0} trials, {TotalSeconds:N0} s of training in all, evaluations not counted");
}
