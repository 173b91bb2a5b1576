using PinnSweep.Studies.Lifecycle;

namespace PinnSweep.Cluster.Trainers;

/// <summary>What the end of a trainer process means for the attempt it was training.</summary>
internal static class TrainerExit
{
    private const int SignalBase = 128;
    private const int SigKill = 9;

    private static readonly Dictionary<int, string> SignalNames = new()
    {
        [4] = "SIGILL", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE", [SigKill] = "SIGKILL", [11] = "SIGSEGV", [15] = "SIGTERM",
    };

    public static Fault ToFault(TrainerSignal.Ended ended)
    {
        var signal = ended.ExitCode - SignalBase;
        if (signal == SigKill && ended.WasOutOfMemory)
        {
            return new(FaultKind.OutOfMemory, "the kernel killed the trainer for memory", ended.LastErrors);
        }

        var how = SignalNames.TryGetValue(signal, out var name) ? $"ended by signal {name}" : $"ended with exit code {ended.ExitCode}";
        return new(FaultKind.Crash, $"the trainer {how}", ended.LastErrors);
    }
}
