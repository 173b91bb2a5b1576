namespace PinnSweep.Cluster.Telemetry;

/// <summary>What an instrument's numbers are.</summary>
public enum InstrumentKind
{
    /// <summary>Grows while the process lives, and begins at 0 with it.</summary>
    Counter,

    /// <summary>What is now; absent where nobody knows.</summary>
    Gauge,

    /// <summary>How often values fell into which range, with their count and sum.</summary>
    Histogram,
}
