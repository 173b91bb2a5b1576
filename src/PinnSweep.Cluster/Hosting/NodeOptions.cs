using PinnSweep.Cluster.Coordination;
using PinnSweep.Cluster.Working;

namespace PinnSweep.Cluster.Hosting;

/// <summary>What a node is.</summary>
/// <param name="Name">Its name in logs and leases; stable over restarts.</param>
/// <param name="Coordinator">Settings of the coordinator it may host.</param>
/// <param name="Worker">Its worker.</param>
public sealed record NodeOptions(string Name, CoordinatorSettings Coordinator, WorkerSettings Worker)
{
    /// <summary>The port on the loopback interface; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>More HOCON, stronger than the product's.</summary>
    public string ExtraSettings { get; init; } = "";
}
