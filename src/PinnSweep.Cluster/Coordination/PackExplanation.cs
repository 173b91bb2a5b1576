using System.Globalization;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// Answers beside whom a running trial is trained, in sentences; nothing where it shares no device, or its worker has not said.
/// </summary>
internal static class PackExplanation
{
    /// <summary>Of the lease in force.</summary>
    public static IEnumerable<string> Of(TrialState trial, WorkerRoster roster)
    {
        if (trial.Lease is not { } lease
            || roster.Find(lease.Worker) is not { Pulse: { } pulse } entry
            || entry.Places.GetValueOrDefault(new(trial.Key, lease.Attempt)).Slot is not { } slot
            || pulse.Packs.FirstOrDefault(pack => pack.Has(slot)) is not { } pack)
        {
            yield break;
        }

        if (pack.Slots > 1)
        {
            var where = pack.Gpu is { } gpu ? Text($"GPU {gpu} of its worker") : "a trainer of its worker";
            yield return Text($"it shares {where} with {Math.Max(0, pack.Training - 1)} other trials: {pack.Training} of {pack.Slots} lanes train, {pack.Allowed} may{(pack.Why is { } why ? $" ({why})" : "")}{(pack.Shape is { } shape ? $"; {shape}" : "")}");
        }

        if (pulse.Load.Devices.FirstOrDefault(device => device.Index == pack.Gpu) is { } load)
        {
            var memory = entry.Machine?.Devices.FirstOrDefault(device => device.Index == pack.Gpu)?.MemoryBytes;
            yield return Text($"GPU {load.Index}: {Gib(load.UsedMemoryBytes)} of {Gib(memory)} memory used, busy {(load.Use is { } use ? Text($"{100 * use:0} %") : "unknown")}");
        }

        if (pack.Trouble is { } trouble)
        {
            yield return trouble;
        }
    }

    private static string Gib(long? bytes) => bytes is { } known ? Text($"{known / (double)(1L << 30):0.0} GiB") : "unknown";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
