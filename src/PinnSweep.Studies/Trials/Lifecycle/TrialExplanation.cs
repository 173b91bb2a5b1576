using System.Collections.Immutable;
using System.Globalization;

namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>Answers what a trial waits for, in sentences; the same rules as <see cref="PlacementPolicy"/>.</summary>
public static class TrialExplanation
{
    /// <summary>Why the trial is not running, or what it is doing. The first line says it; the rest is evidence.</summary>
    public static ImmutableArray<string> Of(CoordinatorState state, TrialKey key, IReadOnlyCollection<FleetMember> fleet)
    {
        var trial = state.Trials[key];
        return [.. Standing(state, trial, fleet), .. Beginning(trial), .. Stages(state, trial), .. trial.Faults.Select((fault, index) => FaultLine(fault, WhyUncounted(trial, index)))];
    }

    /// <summary>What the studies in stages wait for that are still to decide trials: of a trial that is not known yet.</summary>
    public static ImmutableArray<string> OfUnknown(CoordinatorState state) =>
        [.. state.Studies.Values.OrderByDescending(study => study.Order).Select(StudyExplanation.Of).OfType<string>()];

    private static IEnumerable<string> Beginning(TrialState trial) => trial.Continued is { } continued
        ? [Text($"it {(trial.Phase is TrialPhase.Accepted ? "went" : "goes")} on from the end of trial {continued.From.Short} at step {continued.Step}")]
        : [];

    private static IEnumerable<string> Stages(CoordinatorState state, TrialState trial) => trial.Phase is TrialPhase.Leased or TrialPhase.Waiting
        ? state.Places[trial.Key].Select(place => StudyExplanation.Of(state.Studies[place.Study])).OfType<string>()
        : [];

    private static IEnumerable<string> Standing(CoordinatorState state, TrialState trial, IReadOnlyCollection<FleetMember> fleet) => trial.Phase switch
    {
        TrialPhase.Leased { Lease: var lease } => [Text($"attempt {lease.Attempt} runs on {lease.Worker.Name}{(trial.Checkpoint is { } at ? Text($", last checkpoint at step {at.Step}") : "")}")],
        TrialPhase.Accepted accepted => [Text($"its result was accepted from attempt {accepted.Attempt}: {accepted.Result.Outcome}, {accepted.Result.Steps} steps")],
        TrialPhase.Quarantined => [Text($"it was given up after {trial.CountedFaults().Length} faults without progress; `retry STUDY --failed` gives it another chance")],
        TrialPhase.Cancelled => ["no study wants it any more; submit one that does"],
        _ => [.. state.Places[trial.Key].Select(place => Waiting(state, trial, state.Studies[place.Study], place.Position, fleet))],
    };

    private static string Waiting(CoordinatorState state, TrialState trial, StudyState study, int position, IReadOnlyCollection<FleetMember> fleet)
    {
        var device = study.Placement.Device;
        var able = fleet.Where(member => member.Slots.Of(device) > 0).ToArray();
        var taking = able.Where(member => member.TakesWork).ToArray();
        var what = device is null ? "slot" : $"{device} slot";
        if (!study.IsWanted)
        {
            return $"study {study.Name} was cancelled";
        }

        if (study.IsPaused)
        {
            return $"study {study.Name} is paused; `resume {study.Name}` goes on";
        }

        if (fleet.Count == 0)
        {
            return "no worker is registered; start one with `pinnsweep node --roles worker --seed-node HOST:PORT`";
        }

        if (able.Length == 0)
        {
            return Text($"study {study.Name} needs a {what} and none of the {fleet.Count} workers has one: {Names(fleet)}");
        }

        if (taking.Length == 0)
        {
            return Text($"every worker that has a {what} is draining or pauses: {string.Join("; ", able.OrderBy(member => member.Name, StringComparer.Ordinal).Take(10).Select(WhyIdle))}");
        }

        if (study.Placement.MaxRunning is { } limit && study.Leased >= limit)
        {
            return Text($"study {study.Name} runs {study.Leased} trials, the most it may (--max-running {limit})");
        }

        var before = study.Waiting.IndexOf(position);
        var rivals = state.Studies.Values.Where(other => other.Hash != study.Hash && PlacementPolicy.IsGrantable(other) && other.Placement.Priority > study.Placement.Priority).ToArray();
        var room = PlacementPolicy.RoomOf(trial, taking.Max(member => member.Slots.Of(device)));
        return string.Concat(
            Text($"it waits for a free {what}: {taking.Sum(member => member.Slots.Of(device))} on {taking.Length} workers, {state.Running.Count} trials run"),
            before == 0 ? Text($"; next of study {study.Name}") : Text($"; {before} trials of study {study.Name} go before it"),
            room > 1 ? Text($"; it ran out of memory and gets {room} slots at once") : "",
            rivals.Length > 0 ? Text($"; {rivals.Sum(rival => rival.Waiting.Count)} trials of studies with a higher priority go first: {string.Join(", ", rivals.Select(rival => rival.Name))}") : "");
    }

    private static string WhyUncounted(TrialState trial, int fault) =>
        fault < trial.Forgiven ? " (before the last retry)"
        : fault < trial.Overcome ? " (a later checkpoint left it behind)"
        : "";

    private static string FaultLine(FaultRecord record, string uncounted) =>
        Text($"{record.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z attempt {record.Attempt} on {record.Worker.Name}: {record.Fault.Kind}: {record.Fault.Message}{uncounted}");

    private static string WhyIdle(FleetMember member) => member.Paused is { } paused ? $"{member.Name} pauses ({paused})" : $"{member.Name} is draining";

    private static string Names(IEnumerable<FleetMember> fleet) => string.Join(", ", fleet.Select(member => member.Name).Order(StringComparer.Ordinal).Take(10));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
