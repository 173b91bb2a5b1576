using PinnSweep.Studies.Messages;

namespace PinnSweep.Cluster.Trainers;

/// <summary>What trains for one slot: a process of its own, or a lane of one that several slots share.</summary>
public interface ITrainer
{
    /// <summary>The operating system's number of the process.</summary>
    int Id { get; }

    /// <summary>Trials that the process trains now.</summary>
    int Company { get; }

    /// <summary>
    /// Writes one command. A line is far shorter than the pipe's buffer, so this does not wait. False when the process is gone.
    /// </summary>
    bool Send(TrainerProtocol.Command command);

    /// <summary>How long the process waited for a processor so far.</summary>
    TimeSpan WaitedForProcessor();

    /// <summary>The slot is done with it, at once: nothing more is heard of it. Others that share the process keep it.</summary>
    void Discard();

    /// <summary>Ends the process at once, with what it started, whoever shares it.</summary>
    void Kill();
}
