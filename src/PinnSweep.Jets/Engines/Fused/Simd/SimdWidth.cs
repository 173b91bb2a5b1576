using System.Runtime.Intrinsics;

namespace PinnSweep.Jets.Engines.Fused.Simd;

/// <summary>Bits of a vector register.</summary>
internal enum SimdWidth
{
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
}

internal static class SimdWidths
{
    /// <summary>The widest that this machine runs in hardware.</summary>
    public static SimdWidth Widest =>
        Vector512.IsHardwareAccelerated ? SimdWidth.Bits512
        : Vector256.IsHardwareAccelerated ? SimdWidth.Bits256
        : SimdWidth.Bits128;

    /// <summary>The usual name of the instruction set.</summary>
    public static string Name(this SimdWidth width) => width switch
    {
        SimdWidth.Bits512 => "avx512",
        SimdWidth.Bits256 => "avx2",
        _ => "simd128",
    };
}
