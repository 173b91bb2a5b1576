namespace PinnSweep.Cluster.Tests;

/// <summary>Keeps the processor busy, so that leases of tests beside it would run out.</summary>
[CollectionDefinition("chaos", DisableParallelization = true)]
public sealed class ChaosCollection;
