namespace PinnSweep.Tests.Telemetry;

/// <summary>Runs with nothing beside it: what it measures is the process's.</summary>
[CollectionDefinition("metrics", DisableParallelization = true)]
public sealed class MetricsCollection;
