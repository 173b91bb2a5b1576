using System.Numerics;
using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>
/// Weights in the order in which products read them, forward and transposed, a lane in each row of the grid. With random weight factorization
/// a row has its factor in it.
/// </summary>
internal static class PackKernel
{
    /// <summary>A place of the map that is zero: the filling of the last block of rows.</summary>
    public const int Zero = -1;

    /// <summary>The kernel.</summary>
    /// <param name="arguments">What the launch works on.</param>
    /// <param name="map">For each packed number two: where it is in θ, or from −2 downwards in the data; and its row's scale in θ or −1.</param>
    public static void Run<T, TReal>(TileArguments<T> arguments, ArrayView<int> map)
        where T : unmanaged, INumber<T>
        where TReal : struct, IReal<T>
    {
        var length = arguments.Table[At.PackedLength];
        var (data, step) = (arguments.Lanes[(Grid.IdxY * AtLane.Length) + AtLane.Data], arguments.Lanes[(Grid.IdxY * AtLane.Length) + AtLane.Step]);
        var packed = arguments.Packed;
        for (int entry = (Grid.IdxX * Group.DimX) + Group.IdxX; entry < length; entry += Grid.DimX * Group.DimX)
        {
            var (place, scale) = (map[2 * entry], map[(2 * entry) + 1]);
            var value = place == Zero ? default(TReal).Of(0) : place < Zero ? arguments.Data[data - place - 2] : arguments.Step[step + place];
            packed[((long)Grid.IdxY * length) + entry] = scale < 0 ? value : RealFunctions<T, TReal>.Exp(arguments.Step[step + scale]) * value;
        }
    }
}
