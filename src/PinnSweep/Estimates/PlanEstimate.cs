using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using PinnSweep.Progress;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Texts;
using PinnSweep.Trainers;

namespace PinnSweep.Estimates;

/// <summary>
/// How long a plan will train on this machine and what it will leave on disk: by the trials of a store that have the same cells, else by the
/// first steps of some of its own.
/// </summary>
internal static class PlanEstimate
{
    /// <summary>The lines that tell it; one that says why where it is not known.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="place">The store, which may not be there yet.</param>
    /// <param name="isProbed">Whether steps are trained where the store tells nothing.</param>
    /// <param name="slots">Trials that a run trains at a time.</param>
    /// <param name="stop">Ends a measurement.</param>
    public static async Task<ImmutableArray<string>> LinesAsync(StudyPlan plan, string place, bool isProbed, int slots, CancellationToken stop)
    {
        var cost = CostEstimate.Of(plan);
        var first = $"cost: {cost}";
        var (stored, open) = Stored(plan, place);
        if (plan.Trials.IsEmpty)
        {
            return [first];
        }

        var finished = plan.Trials.Length - open.Length;
        var done = finished == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{finished:N0} of them {(finished == 1 ? "is" : "are")} finished; ");
        if (open.IsEmpty)
        {
            return [first, "time: none; every trial is finished"];
        }

        var (measured, how) = stored.IsEmpty && isProbed ? await ProbedAsync(plan, slots, stop) : (stored, "in finished trials of the store");
        if (measured.IsEmpty)
        {
            var least = cost.Duration(slots) is { } time ? string.Create(CultureInfo.InvariantCulture, $"at least {Pace.Clock(time)} with {Slots(slots)}") : "not known";
            return [first, $"time: {done}{least} ({(isProbed ? how : "nothing was measured")})"];
        }

        var costs = new MeasuredCosts(measured);
        var (fast, slow) = costs.SecondsPerStep;
        var steps = fast < slow ? $"{Milliseconds(fast)} to {Milliseconds(slow)}" : Milliseconds(fast);
        var cells = string.Create(CultureInfo.InvariantCulture, $"{costs.Count} {(costs.Count == 1 ? "cell" : "cells")}");
        return
        [
            first,
            $"time: {done}{About(costs.Duration(open, slots))} with {Slots(slots)} ({steps} ms a step with evaluations, measured {how}, {cells})",
            $"disk: about {Size(costs.Bytes(open))} in the store, with networks and the states at the ends of trials",
        ];
    }

    /// <summary>What the store tells of the plan's cells, and the plan's trials that it has no result of.</summary>
    private static (ImmutableArray<MeasuredCell> Cells, ImmutableArray<PlannedTrial> Open) Stored(StudyPlan plan, string place)
    {
        if (!StorePlace.Parse(place).IsPostgres && !File.Exists(place))
        {
            return ([], plan.Trials);
        }

        try
        {
            using var store = Store.OpenForReading(place);
            var open = store.Studies.Unsettled([.. plan.Trials.Select(trial => trial.Key)]).ToHashSet();
            return (StoredCosts.Of(plan, store), [.. plan.Trials.Where(trial => open.Contains(trial.Key))]);
        }
        catch (UserMistakeException)
        {
            // Whoever named the store is told where its trials are looked for; an estimate has no mistakes of its own.
            return ([], plan.Trials);
        }
    }

    private static async Task<(ImmutableArray<MeasuredCell> Cells, string How)> ProbedAsync(StudyPlan plan, int slots, CancellationToken stop)
    {
        try
        {
            var launch = TrainerProgram.Launch();
            var cells = await ProbedCosts.OfAsync(plan, launch, slots, stop);
            return (cells, cells.IsEmpty ? "no trial got to its first steps within seconds" : "just now");
        }
        catch (Exception absent) when (absent is UserMistakeException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            return ([], $"it was not measured: {absent.Message.Split('\n')[0]}");
        }
    }

    // What starts and ends a run is no part of it, and as long as this.
    private static string About(TimeSpan time) => time < TimeSpan.FromSeconds(5) ? "a few seconds" : $"about {Pace.Clock(time)}";

    private static string Slots(int slots) => string.Create(CultureInfo.InvariantCulture, $"{slots} {(slots == 1 ? "slot" : "slots")}");

    private static string Milliseconds(double seconds) => ShortNumber.Rounded(1000 * seconds, 2);

    private static string Size(double bytes)
    {
        string[] units = ["KB", "MB", "GB", "TB"];
        var value = bytes / 1000;
        var unit = 0;
        for (; value >= 1000 && unit < units.Length - 1; unit++)
        {
            value /= 1000;
        }

        return $"{ShortNumber.Rounded(value, 2)} {units[unit]}";
    }
}
