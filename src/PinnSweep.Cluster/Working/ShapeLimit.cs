namespace PinnSweep.Cluster.Working;

/// <summary>How many trials of a shape a device bears at once.</summary>
/// <param name="Lanes">So many at most.</param>
/// <param name="IsSettled">It was found; false while more are tried.</param>
/// <param name="Words">The shape for people.</param>
/// <param name="Why">What it follows from, for people.</param>
internal sealed record ShapeLimit(int Lanes, bool IsSettled, string Words, string Why)
{
    /// <summary>The number of trials that was fastest so far; 0 before the first measurement.</summary>
    public int BestLanes { get; init; }

    /// <summary>Steps a second of all of them together.</summary>
    public double BestPace { get; init; }
}

/// <summary>What a limit is about.</summary>
/// <param name="Hardware">The device with what computes on it (<see cref="SlotPlace.Hardware"/>).</param>
/// <param name="Shape">The id of the shape.</param>
internal readonly record struct ShapeOnHardware(string Hardware, string Shape);
