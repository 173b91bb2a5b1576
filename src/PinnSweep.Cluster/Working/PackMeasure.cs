namespace PinnSweep.Cluster.Working;

/// <summary>How fast the trials of a pack were together for a while.</summary>
/// <param name="Lanes">Trials that trained, on average over that time.</param>
/// <param name="StepsPerSecond">Steps of all of them.</param>
/// <param name="MemoryUse">The part of the device's memory that is used; null where nothing tells.</param>
internal sealed record PackMeasure(double Lanes, double StepsPerSecond, double? MemoryUse);
