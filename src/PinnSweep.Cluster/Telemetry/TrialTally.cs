using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>
/// How many trials stand where, each counted once however many studies name it. Kept up event by event, because counting a hundred thousand
/// anew for each look would take longer than the decisions between two looks. Written by the coordinator, read by any thread.
/// </summary>
internal sealed class TrialTally
{
    private static readonly string[] Names = ["waiting", "running", "accepted", "quarantined", "cancelled"];
    private readonly int[] _counts = new int[Names.Length];

    /// <summary>The counts by the words of the phases.</summary>
    public IEnumerable<(string State, int Trials)> Counts => Names.Select((name, phase) => (name, Volatile.Read(ref _counts[phase])));

    /// <summary>Counts a recovered state.</summary>
    public void Begin(CoordinatorState state)
    {
        Array.Clear(_counts);
        foreach (var trial in state.Trials.Values)
        {
            Add(trial.Phase, 1);
        }
    }

    /// <summary>Follows an event. Trials that a study brings along wait.</summary>
    public void Follow(CoordinatorState before, SweepEvent happened, CoordinatorState after)
    {
        if (happened is TrialEvent { Key: var key })
        {
            Add(before.Trials[key].Phase, -1);
            Add(after.Trials[key].Phase, 1);
        }
        else if (after.Trials.Count != before.Trials.Count)
        {
            Add(TrialPhase.Waiting.Instance, after.Trials.Count - before.Trials.Count);
        }
    }

    private void Add(TrialPhase phase, int trials) => Volatile.Write(ref _counts[PlaceOf(phase)], _counts[PlaceOf(phase)] + trials);

    private static int PlaceOf(TrialPhase phase) => phase switch
    {
        TrialPhase.Waiting => 0,
        TrialPhase.Leased => 1,
        TrialPhase.Accepted => 2,
        TrialPhase.Quarantined => 3,
        _ => 4,
    };
}
