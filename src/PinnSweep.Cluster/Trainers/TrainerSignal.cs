using PinnSweep.Studies.Messages;

namespace PinnSweep.Cluster.Trainers;

/// <summary>What a trainer process lets its owner know.</summary>
public abstract record TrainerSignal
{
    private TrainerSignal()
    {
    }

    /// <summary>Trials that it was training at that moment; more than one where several share it.</summary>
    public int Company { get; init; } = 1;

    /// <summary>It said something.</summary>
    public sealed record Said(TrainerProtocol.Event Event) : TrainerSignal;

    /// <summary>It said something that is no message of the protocol.</summary>
    public sealed record Garbled(string Line) : TrainerSignal;

    /// <summary>It ended; nothing comes after this.</summary>
    /// <param name="ExitCode">As the shell counts: 128 and the signal that killed it.</param>
    /// <param name="LastErrors">The last lines of its standard error.</param>
    /// <param name="WasOutOfMemory">The kernel killed for memory while it ran.</param>
    /// <param name="ResidentBytes">The most memory that was seen in it, 0 where none was.</param>
    public sealed record Ended(int ExitCode, string LastErrors, bool WasOutOfMemory, long ResidentBytes = 0) : TrainerSignal;
}
