using System.Numerics;
using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>Adds the gradients of a lane's items in their order, a thread for an entry and a lane in each row of the grid.</summary>
internal static class ReduceKernel
{
    /// <summary>The kernel.</summary>
    /// <param name="arguments">What the launch works on.</param>
    /// <param name="length">Entries of all gradients of a lane.</param>
    public static void Run<T, TReal>(TileArguments<T> arguments, int length)
        where T : unmanaged, INumber<T>
        where TReal : struct, IReal<T>
    {
        var lane = Grid.IdxY * AtLane.Length;
        var (first, items) = (arguments.Lanes[lane + AtLane.FirstItem], arguments.Lanes[lane + AtLane.Items]);
        var results = arguments.Results;
        for (int entry = (Grid.IdxX * Group.DimX) + Group.IdxX; entry < length; entry += Grid.DimX * Group.DimX)
        {
            var sum = default(TReal).Of(0);
            for (var item = first; item < first + items; item++)
            {
                sum += arguments.Partials[((long)item * length) + entry];
            }

            results[arguments.Lanes[lane + AtLane.Gradients] + entry] = sum;
        }
    }
}
