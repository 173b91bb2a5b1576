using PinnSweep.Cluster.Machines;

namespace PinnSweep.Cluster.Hardware;

/// <summary>
/// Looks whether a GPU is still there. All who ask while it looks share an answer that is no older than their question: a process that dies
/// with many trials makes all their slots ask. Blocks for as long as the driver takes. Thread-safe.
/// </summary>
/// <param name="list">Lists the GPUs; <see cref="GpuSearch.List"/> outside tests.</param>
internal sealed class GpuWatch(Func<SmiAnswer?> list)
{
    private readonly Lock _lock = new();
    private long _begun;
    private long _asked;
    private SmiAnswer? _answer;

    /// <summary>What is wrong with a device; null for cores, and where it is there or nothing can be told.</summary>
    public MachineTrouble? TroubleOf(SlotDevice? device)
    {
        if (device is not { Kind: Studies.Trials.Lifecycle.Devices.Gpu })
        {
            return null;
        }

        // A look that begins from now on is new enough.
        var needed = Interlocked.Read(ref _begun) + 1;
        lock (_lock)
        {
            if (_asked < needed)
            {
                _asked = Interlocked.Increment(ref _begun);
                _answer = list();
            }

            return GpuPresence.TroubleOf(_answer, device);
        }
    }
}
