// Most of these tests wait, for processes and for times that a protocol gives: more of them at once than there are cores keep none from its
// work.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]

namespace PinnSweep.Cluster.Tests;

/// <summary>Keeps the processor busy, so that leases of tests beside it would run out.</summary>
[CollectionDefinition("chaos", DisableParallelization = true)]
public sealed class ChaosCollection;

/// <summary>Counters and traces are the process's: what tests beside it do would be counted too.</summary>
[CollectionDefinition("telemetry", DisableParallelization = true)]
public sealed class TelemetryCollection;
