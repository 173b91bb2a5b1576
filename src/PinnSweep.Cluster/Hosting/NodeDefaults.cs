namespace PinnSweep.Cluster.Hosting;

/// <summary>Numbers and names that nodes, deployment files and documents share.</summary>
public static class NodeDefaults
{
    /// <summary>Name of the actor system; a part of every node's address.</summary>
    public const string SystemName = "pinnsweep";

    /// <summary>The role that may host the coordinator.</summary>
    public const string CoordinatorRole = "coordinator";

    /// <summary>The role that trains.</summary>
    public const string WorkerRole = "worker";

    /// <summary>Port between nodes.</summary>
    public const int RemotingPort = 4053;

    /// <summary>Port for people and programs.</summary>
    public const int HttpPort = 8053;

    /// <summary>Seconds in which a worker's trainers write checkpoints and give their trials back.</summary>
    public const int DrainSeconds = 60;

    /// <summary>
    /// Seconds from the signal to the end of the process: the drain, and leaving the cluster. A supervisor waits longer before it kills.
    /// </summary>
    public const int ShutdownSeconds = 75;

    /// <summary>Seconds without a word of a coordinator after which a worker's node gives up and ends.</summary>
    public const int WatchdogSeconds = 60;

    /// <summary>Exit code of a node that has lost its cluster; its supervisor starts it again (EX_TEMPFAIL).</summary>
    public const int LostClusterExitCode = 75;
}
