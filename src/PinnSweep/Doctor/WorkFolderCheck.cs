using PinnSweep.Cluster.Working;

namespace PinnSweep.Doctor;

/// <summary>
/// The folder where a worker of this machine would put checkpoints and results: a full or unusable one pauses the worker.
/// </summary>
internal static class WorkFolderCheck
{
    /// <summary>What is found of a folder; one that is not there yet is made by the first node.</summary>
    public static Finding Run(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return Finding.Ok("work", $"{folder} is made by the first node");
        }

        return WorkDisk.TroubleOf(folder) is { } trouble
            ? new("work", FindingState.Missing, trouble, "a worker would pause until this is mended; free some space there, or name another folder by --work or PINNSWEEP_WORK")
            : Finding.Ok("work", $"{folder} can be used by a worker");
    }
}
