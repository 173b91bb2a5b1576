using System.Numerics;
using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>What is linear in rows, a thread for a number; a place below 0 means that the rows are not there.</summary>
internal static class RowKernels<T, TReal>
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    /// <summary>y = or y += a.</summary>
    public static void Copy(Tile<T> tile, int width, int a, int y, int accumulates)
    {
        var columns = tile.Columns;
        for (int task = Group.IdxX; y >= 0 && task < width * columns; task += Group.DimX)
        {
            var feature = task / columns;
            var at = (feature * tile.Pitch) + (task - (feature * columns));
            tile.Put(y + at, tile.Arena[a + at], accumulates);
        }
    }

    /// <summary>y = a + b.</summary>
    public static void Add(Tile<T> tile, int width, int a, int b, int y)
    {
        var columns = tile.Columns;
        for (int task = Group.IdxX; task < width * columns; task += Group.DimX)
        {
            var feature = task / columns;
            var at = (feature * tile.Pitch) + (task - (feature * columns));
            tile.Put(y + at, tile.Arena[a + at] + tile.Arena[b + at], 0);
        }
    }

    /// <summary>y = h + α (f − h).</summary>
    public static void Blend(Tile<T> tile, int width, int alpha, int f, int h, int y)
    {
        var columns = tile.Columns;
        for (int task = Group.IdxX; task < width * columns; task += Group.DimX)
        {
            var feature = task / columns;
            var at = (feature * tile.Pitch) + (task - (feature * columns));
            var rest = tile.Arena[h + at];
            tile.Put(y + at, default(TReal).MultiplyAdd(tile.Step[alpha], tile.Arena[f + at] - rest, rest), 0);
        }
    }

    /// <summary>f̄ = or += α ȳ and h̄ = or += (1 − α) ȳ; Σ over the channels of ȳ (f − h) goes to the sums.</summary>
    public static void BlendBack(Tile<T> tile, int width, int alpha, int f, int h, int cotangents, int fBar, int fAccumulates, int hBar, int hAccumulates)
    {
        var slab = tile.Points;
        var a = tile.Step[alpha];
        for (int task = Group.IdxX; task < width * slab; task += Group.DimX)
        {
            var feature = task / slab;
            var at = (feature * tile.Pitch) + (task - (feature * slab));
            var dot = default(TReal).Of(0);
            for (var channel = 0; channel < tile.Channels; channel++)
            {
                var bar = tile.Arena[cotangents + at];
                dot = default(TReal).MultiplyAdd(bar, tile.Arena[f + at] - tile.Arena[h + at], dot);
                if (fBar >= 0)
                {
                    tile.Put(fBar + at, a * bar, fAccumulates);
                }

                if (hBar >= 0)
                {
                    tile.Put(hBar + at, (default(TReal).Of(1) - a) * bar, hAccumulates);
                }

                at += slab;
            }

            tile.Put(tile.Table[At.Sums] + task, dot, 0);
        }
    }

    /// <summary>The coordinates: value scale·x + shift, first derivatives scale·direction, all higher ones zero.</summary>
    public static void Input(Tile<T> tile, int width, int data, bool isAcross, int y)
    {
        var slab = tile.Points;
        var points = tile.Table[At.PointData] + (isAcross ? width * tile.PointCount : 0);
        for (int task = Group.IdxX; task < width * slab; task += Group.DimX)
        {
            var i = task / slab;
            var p = task - (i * slab);
            var at = y + (i * tile.Pitch) + p;
            tile.Put(at, default(TReal).MultiplyAdd(tile.Data[data + i], tile.Data[points + (i * tile.PointCount) + tile.Point(p)], tile.Data[data + width + i]), 0);
            for (var direction = 0; direction < tile.Directions; direction++)
            {
                for (var k = 1; k <= tile.Order(direction); k++)
                {
                    at += slab;
                    tile.Put(at, k == 1 ? tile.Data[data + ((2 + direction) * width) + i] : default(TReal).Of(0), 0);
                }
            }
        }
    }
}
