using System.Numerics;
using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>
/// The kernel that does it all: jets, residuals, cotangents, gradient. A block of threads takes items one after another, an item tile by tile.
/// An item's gradient has a place of its own, so that blocks share no sum, and who takes which item changes no digit.
/// </summary>
internal static class TileKernel
{
    /// <summary>The kernel.</summary>
    public static void Run<T, TReal, TArena>(TileArguments<T> arguments)
        where T : unmanaged, INumber<T>
        where TReal : struct, IReal<T>
        where TArena : struct, IArena
    {
        var arena = default(TArena).Of(arguments);
        for (int item = Grid.IdxX; item < arguments.ItemCount; item += Grid.DimX)
        {
            RunItem<T, TReal>(arguments, arena, item);
        }
    }

    private static void RunItem<T, TReal>(TileArguments<T> arguments, ArrayView<T> arena, int item)
        where T : unmanaged, INumber<T>
        where TReal : struct, IReal<T>
    {
        var (table, lanes, work) = (arguments.Table, arguments.Lanes, arguments.Work);
        var number = arguments.Items[2 * item];
        var first = arguments.Items[(2 * item) + 1];
        var lane = number * AtLane.Length;
        var end = lanes[lane + AtLane.EndPoint] < first + TileWork.ItemPoints ? lanes[lane + AtLane.EndPoint] : first + TileWork.ItemPoints;
        var length = table[At.Parameters] + table[At.Coefficients];
        var sets = work == TileWork.Gradients ? table[At.Results] : work == TileWork.Combined || work == TileWork.Pullback ? 1 : 0;
        var partials = arguments.Partials.SubView((long)item * sets * length, (long)sets * length);
        for (int entry = Group.IdxX; entry < sets * length; entry += Group.DimX)
        {
            partials[entry] = default(TReal).Of(0);
        }

        for (var start = first; start < end; start += table[At.Points])
        {
            var count = end - start < table[At.Points] ? end - start : table[At.Points];
            var tile = new Tile<T>(
                table,
                arena,
                arguments.Data.SubView(lanes[lane + AtLane.Data], arguments.Data.Length - lanes[lane + AtLane.Data]),
                arguments.Step.SubView(lanes[lane + AtLane.Step], arguments.Step.Length - lanes[lane + AtLane.Step]),
                arguments.Packed.SubView((long)number * table[At.PackedLength], table[At.PackedLength]),
                count,
                start,
                lanes[lane + AtLane.Points]);
            var results = arguments.Results.SubView(lanes[lane + AtLane.Results], arguments.Results.Length - lanes[lane + AtLane.Results]);

            // Before the barrier behind the first node nothing that another thread may still read is written.
            Group.Barrier();
            NodeKernels<T, TReal>.Forward(tile);
            if (work == TileWork.Jets)
            {
                StoreJets(tile, results);
            }
            else if (work != TileWork.Pullback)
            {
                ProgramKernels<T, TReal>.Forward(tile);
                StoreResiduals(tile, results, work, lanes[lane + AtLane.Residual], lanes[lane + AtLane.FirstPoint]);
            }

            var residual = lanes[lane + AtLane.Residual];
            var isRows = work == TileWork.Rows;
            for (var set = 0; set < (isRows ? 1 : sets); set++)
            {
                var target = isRows
                    ? results.SubView(lanes[lane + AtLane.EndPoint] - lanes[lane + AtLane.FirstPoint] + ((long)(start - lanes[lane + AtLane.FirstPoint]) * length), (long)count * length)
                    : partials.SubView((long)set * length, length);
                Back<T, TReal>(tile, new(target, length, isRows ? 1 : 0), work, isRows ? residual : work == TileWork.Combined ? -1 : set, lanes[lane + AtLane.HasWeights] != 0);
            }
        }
    }

    private static void Back<T, TReal>(Tile<T> tile, GradientTarget<T> target, int work, int residual, bool hasWeights)
        where T : unmanaged, INumber<T>
        where TReal : struct, IReal<T>
    {
        var rows = target.View;
        for (int entry = Group.IdxX; target.IsRows != 0 && entry < tile.Count * target.Length; entry += Group.DimX)
        {
            rows[entry] = default(TReal).Of(0);
        }

        Group.Barrier();
        if (work == TileWork.Pullback)
        {
            LoadCotangents<T, TReal>(tile, target.Length);
        }
        else
        {
            ProgramKernels<T, TReal>.Reverse(tile, residual, work == TileWork.Rows, hasWeights);
        }

        Group.Barrier();
        if (work != TileWork.Pullback)
        {
            ProgramKernels<T, TReal>.AddCoefficients(tile, target);
        }

        NodeKernels<T, TReal>.Reverse(tile, target);
    }

    // A thread stores what it computed itself. Of rows, the residual that they are of; else all, residual by residual.
    private static void StoreResiduals<T>(Tile<T> tile, ArrayView<T> results, int work, int residual, int firstPoint)
        where T : unmanaged, INumber<T>
    {
        var table = tile.Table;
        for (int p = Group.IdxX; p < tile.Count; p += Group.DimX)
        {
            for (var j = 0; j < table[At.Results]; j++)
            {
                var value = tile.Arena[table[At.Registers] + (table[table[At.ResultList] + j] * tile.Points) + p];
                if (work != TileWork.Rows)
                {
                    results[(j * tile.PointCount) + tile.Start + p] = value;
                }
                else if (j == residual)
                {
                    results[tile.Start - firstPoint + p] = value;
                }
            }
        }
    }

    // Entry (point · outputs + output) · channels + channel.
    private static void StoreJets<T>(Tile<T> tile, ArrayView<T> results)
        where T : unmanaged, INumber<T>
    {
        var size = tile.Table[At.Outputs] * tile.Channels;
        for (int task = Group.IdxX; task < tile.Count * size; task += Group.DimX)
        {
            var p = task / size;
            var (output, channel) = ((task - (p * size)) / tile.Channels, (task - (p * size)) % tile.Channels);
            results[((tile.Start + p) * size) + task - (p * size)] = tile.Arena[tile.Table[At.OutputRows] + (output * tile.Pitch) + (channel * tile.Points) + p];
        }
    }

    private static void LoadCotangents<T, TReal>(Tile<T> tile, int length)
        where T : unmanaged, INumber<T>
        where TReal : struct, IReal<T>
    {
        var size = tile.Table[At.Outputs] * tile.Channels;
        for (int task = Group.IdxX; task < tile.Points * size; task += Group.DimX)
        {
            var p = task / size;
            var (output, channel) = ((task - (p * size)) / tile.Channels, (task - (p * size)) % tile.Channels);
            var cotangent = p < tile.Count ? tile.Step[length + ((tile.Start + p) * size) + task - (p * size)] : default(TReal).Of(0);
            tile.Put(tile.Table[At.OutputCotangents] + (output * tile.Pitch) + (channel * tile.Points) + p, cotangent, 0);
        }
    }
}
