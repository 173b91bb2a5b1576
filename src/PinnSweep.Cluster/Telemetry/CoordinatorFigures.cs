using System.Collections.Immutable;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>What a coordinator shows of itself while it coordinates. Set by it from time to time, read by whoever collects metrics.</summary>
/// <param name="tally">Its trials.</param>
internal sealed class CoordinatorFigures(TrialTally tally)
{
    private volatile Picture? _last;

    /// <summary>How many trials stand where.</summary>
    public TrialTally Trials => tally;

    /// <summary>The last picture that it gave; null before the first.</summary>
    public Picture? Last => _last;

    /// <summary>Gives a new picture.</summary>
    /// <param name="state">All that is decided.</param>
    /// <param name="fleet">The registered workers.</param>
    /// <param name="stepsPerSecond">What their trainers told last, by worker.</param>
    public void Show(CoordinatorState state, ImmutableArray<FleetMember> fleet, ImmutableDictionary<string, double> stepsPerSecond) =>
        _last = new(state, fleet, stepsPerSecond);

    /// <summary>A moment of a coordinator.</summary>
    public sealed record Picture(CoordinatorState State, ImmutableArray<FleetMember> Fleet, ImmutableDictionary<string, double> StepsPerSecond);
}
