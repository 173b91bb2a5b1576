namespace PinnSweep.Cluster.Protocol;

/// <summary>Whether a worker takes work. The numbers travel.</summary>
public enum WorkerMode
{
    /// <summary>It did not say: a worker of an older version, which cannot rest.</summary>
    Untold = 0,

    /// <summary>It takes work, or pauses because of its machine.</summary>
    Working = 1,

    /// <summary>It takes nothing until it is told to, and stays where it is.</summary>
    Resting = 2,

    /// <summary>It takes nothing more and ends.</summary>
    Draining = 3,
}
