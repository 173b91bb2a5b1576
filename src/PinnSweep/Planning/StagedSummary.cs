using System.Globalization;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;

namespace PinnSweep.Planning;

/// <summary>One line that says how much there is to train of a study in stages, where results decide what follows.</summary>
internal static class StagedSummary
{
    /// <summary><c>2 searches of 14 proposals × 2 seeds, then at most 4 cells × 4 to 8 seeds: 40 trials to begin with, at most 88</c>.</summary>
    public static string Of(StudyPlan plan)
    {
        var spec = plan.Spec;
        var cost = StagedCost.Of(plan);
        var seeds = spec.Replicate is { } replicate && replicate.Looks.Length > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{replicate.Looks[0]} to {replicate.Looks[^1]} seeds")
            : Count(spec.Seeds.Length, "seed");
        var cells = spec.Tune is null ? Count(plan.Cells.Length, "cell") : $"{Searches(plan)}, then at most {Count(cost.Cells, "cell")}";
        var most = cost.AtMost is { } count ? string.Create(CultureInfo.InvariantCulture, $"at most {count}") : "as many more as the time of the searches is enough for";
        return string.Create(CultureInfo.InvariantCulture, $"{spec.Name}: {cells} × {seeds}: {cost.Begin} trials to begin with, {most}, of {spec.Budget}{string.Concat(spec.BudgetExceptions.Select(exception => $", {exception.Budget} for {exception.Cells}"))}{(spec.Tune?.Rungs is null ? "" : " or of their rung")}");
    }

    /// <summary>A number with its noun.</summary>
    public static string Count(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : noun.EndsWith("ch", StringComparison.Ordinal) ? "es" : "s")}");

    private static string Searches(StudyPlan plan)
    {
        var tune = plan.Spec.Tune!;
        var proposals = plan.Searches.Select(search => StagedCost.Proposals(tune, search)).Distinct().ToList();
        var purse = tune.Seconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds} s")
            : proposals is [{ } same] ? Count(same, "proposal")
            : string.Create(CultureInfo.InvariantCulture, $"{proposals.Min()} to {proposals.Max()} proposals");
        return tune.Seconds is null
            ? $"{Count(plan.Searches.Length, "search")} of {purse} × {Count(tune.Seeds.Length, "seed")}"
            : $"{Count(plan.Searches.Length, "search")} of {purse} with {Count(tune.Seeds.Length, "seed")} a proposal";
    }
}
