using System.Collections.Immutable;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Cluster.Security;
using PinnSweep.Cluster.Working;

namespace PinnSweep.Cluster.Hosting;

/// <summary>What a node is.</summary>
/// <param name="Name">Its name in logs and leases; stable over restarts.</param>
/// <param name="Coordinator">Settings of the coordinator it may host; null for a node that only trains.</param>
/// <param name="Worker">Its worker; null for a node that only coordinates.</param>
public sealed record NodeOptions(string Name, CoordinatorSettings? Coordinator, WorkerSettings? Worker)
{
    /// <summary>The interface to listen on.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>What other nodes call this one; null for <see cref="Host"/>.</summary>
    public string? PublicHost { get; init; }

    /// <summary>The port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Nodes to join by, as host:port; empty makes a cluster of its own. Only the first of them may found a cluster.</summary>
    public ImmutableArray<string> Seeds { get; init; } = [];

    /// <summary>Certificates of the node; null talks in plain text.</summary>
    public NodeTls? Tls { get; init; }

    /// <summary>Times and strategies of a real cluster; null for a cluster of one.</summary>
    public NodeProfile? Profile { get; init; }

    /// <summary>More HOCON, stronger than all else.</summary>
    public string ExtraSettings { get; init; } = "";
}

/// <summary>Why a node cannot go on.</summary>
public enum NodeEnd
{
    /// <summary>An operator had it drained: everything was given back.</summary>
    Drained,

    /// <summary>The cluster removed it, or it could not join.</summary>
    Removed,

    /// <summary>What its worker trains is refused, for want of a right token: somebody has to mend that.</summary>
    Refused,

    /// <summary>Another worker has its worker's name and lives: somebody has to give it another.</summary>
    NameTaken,

    /// <summary>Its worker heard no coordinator for too long.</summary>
    LostCoordinator,
}
