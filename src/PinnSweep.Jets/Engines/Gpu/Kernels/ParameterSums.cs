using System.Numerics;
using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>From a number of each feature and point to derivatives by parameters: features in order, within each the points in order.</summary>
internal static class ParameterSums<T, TReal>
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    /// <summary>Adds them to the derivative by one parameter for each feature, or by a single one.</summary>
    public static void Add(Tile<T> tile, GradientTarget<T> target, int width, int parameter, bool isSingle)
    {
        Group.Barrier();
        if (target.IsRows != 0)
        {
            Rows(tile, target, width, parameter, isSingle);
            return;
        }

        var (sums, slab) = (tile.Table[At.Sums], tile.Points);
        for (int feature = Group.IdxX; feature < width; feature += Group.DimX)
        {
            var sum = default(TReal).Of(0);
            for (var p = 0; p < slab; p++)
            {
                sum += tile.Arena[sums + (feature * slab) + p];
            }

            if (isSingle)
            {
                tile.Put(sums + (feature * slab), sum, 0);
            }
            else
            {
                target.Add(0, parameter + feature, sum);
            }
        }

        Group.Barrier();
        if (isSingle && Group.IdxX == 0)
        {
            var sum = default(TReal).Of(0);
            for (var feature = 0; feature < width; feature++)
            {
                sum += tile.Arena[sums + (feature * slab)];
            }

            target.Add(0, parameter, sum);
        }
    }

    private static void Rows(Tile<T> tile, GradientTarget<T> target, int width, int parameter, bool isSingle)
    {
        var sums = tile.Table[At.Sums];
        for (int p = Group.IdxX; p < tile.Count; p += Group.DimX)
        {
            for (var feature = 0; feature < width; feature++)
            {
                target.Add(p, parameter + (isSingle ? 0 : feature), tile.Arena[sums + (feature * tile.Points) + p]);
            }
        }
    }
}
