namespace PinnSweep.Cluster.Tests;

/// <summary>Keeps the processor busy, so that leases of tests beside it would run out.</summary>
[CollectionDefinition("chaos", DisableParallelization = true)]
public sealed class ChaosCollection;

/// <summary>Watches short leases and pauses of heartbeats.</summary>
[CollectionDefinition("several nodes", DisableParallelization = true)]
public sealed class SeveralNodesCollection;
