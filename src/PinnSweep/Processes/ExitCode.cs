using PinnSweep.Cluster.Hosting;

namespace PinnSweep.Processes;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    public const int Done = 0;

    /// <summary>Something the user can mend; the message says what.</summary>
    public const int UserMistake = 1;

    /// <summary>The run ended, with trials given up after repeated faults.</summary>
    public const int Quarantined = 2;

    /// <summary>A defect of PinnSweep.</summary>
    public const int Defect = 70;

    /// <summary>A node has lost its cluster; started again, it joins again.</summary>
    public const int LostCluster = NodeDefaults.LostClusterExitCode;

    /// <summary>Stopped by Ctrl-C or SIGTERM; the same command goes on.</summary>
    public const int Interrupted = 130;
}
