using System.Collections.Concurrent;
using PinnSweep.Jets.Engines.Gpu;

namespace PinnSweep.Jets.Tests.Engines.Gpu;

/// <summary>Simulated cards for all tests of the process: compiling the kernels takes longer than most tests.</summary>
internal static class SimulatedCards
{
    private static readonly ConcurrentDictionary<(int Threads, int SharedMemory), Lazy<GpuBackend>> Cards = [];

    /// <summary>One with so many threads a block and so much shared memory; nobody disposes it.</summary>
    public static GpuBackend Of(int threads = 2, int sharedMemory = 227 * 1024) =>
        Cards.GetOrAdd((threads, sharedMemory), card => new(() => GpuBackend.Simulate(card.Threads, card.SharedMemory))).Value;
}
