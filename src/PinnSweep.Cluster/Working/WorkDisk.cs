using PinnSweep.Cluster.MachineChecks;
using PinnSweep.Cluster.Trainers;

namespace PinnSweep.Cluster.Working;

/// <summary>Whether a worker could work in a folder, for whoever asks before a worker does.</summary>
public static class WorkDisk
{
    /// <summary>
    /// What would make a worker pause, by its own measure; null where nothing would. Writes a small file and takes it away again.
    /// </summary>
    /// <param name="folder">A folder that is there.</param>
    public static string? TroubleOf(string folder) =>
        new MachineCheck(folder, WorkerSettings.DefaultDiskFloor, new TrainerLaunch("", new Dictionary<string, string>())).AsItIs()?.Reason;
}
