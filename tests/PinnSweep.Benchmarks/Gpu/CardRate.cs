using ILGPU.Runtime.Cuda;
using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Benchmarks.Gpu;

/// <summary>What a card can do at most, from its processors, their units and its clock as the driver tells them.</summary>
internal static class CardRate
{
    /// <summary>Multiply-adds times two in GFLOP/s; NaN where it is no card.</summary>
    /// <remarks>Units of a processor by compute capability: table of arithmetic throughput in the CUDA C++ programming guide.</remarks>
    public static double Gflops(GpuDevice device, Precision precision)
    {
        if (device.Accelerator is not CudaAccelerator card)
        {
            return double.NaN;
        }

        var (major, minor) = (card.Device.Architecture?.Major ?? 0, card.Device.Architecture?.Minor ?? 0);
        var units = (precision, major, minor) switch
        {
            (Precision.Float32, 7, _) or (Precision.Float32, 8, 0) => 64,
            (Precision.Float32, _, _) => 128,
            (_, 9, _) or (_, 10, 0) => 64,
            (_, 7, 0) or (_, 8, 0) => 32,
            _ => 2,
        };
        return 2.0 * units * card.NumMultiprocessors * card.ClockRate / 1e6;
    }
}
