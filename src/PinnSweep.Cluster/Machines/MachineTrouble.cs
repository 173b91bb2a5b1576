namespace PinnSweep.Cluster.Machines;

/// <summary>What of a machine is in trouble; each kind is looked at in its own way until it is well again.</summary>
internal enum TroubleKind
{
    /// <summary>The work folder takes nothing: full, read-only, gone, or failing.</summary>
    Disk,

    /// <summary>The trainer does not start.</summary>
    Trainer,

    /// <summary>The trainer starts and lacks a library that trials need.</summary>
    Library,

    /// <summary>Memory, processes or descriptors are used up.</summary>
    Memory,

    /// <summary>A GPU does not answer, or its driver.</summary>
    Gpu,

    /// <summary>A process has lost its GPU and cannot use it any more; a new process may.</summary>
    Context,

    /// <summary>A GPU is damaged, or has left the machine: no process can use it.</summary>
    Device,
}

/// <summary>Why a machine cannot train now, whatever the trial.</summary>
/// <param name="Kind">What to look at until it is well again.</param>
/// <param name="Reason">One line for people.</param>
internal sealed record MachineTrouble(TroubleKind Kind, string Reason);
