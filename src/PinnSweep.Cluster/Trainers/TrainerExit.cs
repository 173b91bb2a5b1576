using PinnSweep.Cluster.Machines;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials.Lifecycle;

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
        if (WasKilledForMemory(ended))
        {
            return new(FaultKind.OutOfMemory, "the kernel killed the trainer for memory", ended.LastErrors);
        }

        var how = SignalNames.TryGetValue(signal, out var name) ? $"ended by signal {name}" : $"ended with exit code {ended.ExitCode}";
        return new(FaultKind.Crash, $"the trainer {how}", ended.LastErrors);
    }

    /// <summary>The machine's trouble that ended the trainer; null when it was the trial, or nothing says that it was not.</summary>
    /// <param name="ended">How it ended.</param>
    /// <param name="wasTold">Whether it had been told of the trial: one that had not cannot have ended by it.</param>
    /// <param name="slots">Trials that the worker trains at the same time.</param>
    /// <param name="machineBytes">Memory of the machine, or of its container.</param>
    public static MachineTrouble? ToTrouble(TrainerSignal.Ended ended, bool wasTold, int slots, long machineBytes)
    {
        var fault = ToFault(ended);
        if (!wasTold)
        {
            return TroubleSigns.InWords(ended.LastErrors) ?? new(TroubleKind.Trainer, $"{fault.Message} before it was told of a trial");
        }

        return WasKilledForMemory(ended)
            ? MemoryBlame.IsOfTrial(ended.ResidentBytes, machineBytes, slots)
                ? null
                : new(TroubleKind.Memory, $"{fault.Message}, which others had used up")
            : TroubleSigns.InWords(ended.LastErrors);
    }

    /// <summary>The machine's trouble that a trainer reports; null when it is the trial's.</summary>
    public static MachineTrouble? ToTrouble(TrainerProtocol.Failed failed) => failed.Kind switch
    {
        TrainerProtocol.Failed.OutOfMemory => null,
        TrainerProtocol.Failed.Disk => new(TroubleKind.Disk, FirstLine(failed.Message)),
        TrainerProtocol.Failed.Library => new(TroubleKind.Library, FirstLine(failed.Message)),
        TrainerProtocol.Failed.Device => TroubleSigns.InWords(failed.Message) is { Kind: TroubleKind.Device } gone ? gone : new(TroubleKind.Context, FirstLine(failed.Message)),
        _ => TroubleSigns.InWords(failed.Message),
    };

    /// <summary>What a trainer's own word means for its trial. A GPU's memory is the trial's to fill.</summary>
    public static FaultKind KindOf(TrainerProtocol.Failed failed) =>
        failed.Kind == TrainerProtocol.Failed.OutOfMemory || failed.Message.Contains("CUDA out of memory", StringComparison.OrdinalIgnoreCase) ? FaultKind.OutOfMemory : FaultKind.Error;

    private static bool WasKilledForMemory(TrainerSignal.Ended ended) => ended.ExitCode - SignalBase == SigKill && ended.WasOutOfMemory;

    private static string FirstLine(string text) => text.Split('\n')[0];
}
