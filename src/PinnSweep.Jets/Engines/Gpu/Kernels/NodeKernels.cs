using System.Numerics;
using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>
/// The network on a tile, node by node; a barrier follows each. Everything called here is compiled into its place, so what several kinds share
/// is called at one place.
/// </summary>
internal static class NodeKernels<T, TReal>
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    /// <summary>All rows, from the coordinates on.</summary>
    public static void Forward(Tile<T> tile)
    {
        for (var i = 0; i < tile.Table[At.Nodes]; i++)
        {
            Forward(tile, tile.Table[At.NodeRecords] + (i * AtNode.Length));
            Group.Barrier();
        }
    }

    /// <summary>From the outputs' cotangents to derivatives by θ.</summary>
    public static void Reverse(Tile<T> tile, GradientTarget<T> target)
    {
        for (var i = 0; i < tile.Table[At.Reversed]; i++)
        {
            Reverse(tile, target, tile.Table[At.NodeRecords] + (tile.Table[tile.Table[At.ReversedList] + i] * AtNode.Length));
            Group.Barrier();
        }
    }

    private static void Forward(Tile<T> tile, int node)
    {
        var (width, y) = (tile.Table[node + AtNode.Width], tile.Table[node + AtNode.Values]);
        var (a, b, c) = (Source(tile, node, 0, AtNode.SourceValues), Source(tile, node, 1, AtNode.SourceValues), Source(tile, node, 2, AtNode.SourceValues));
        var aWidth = Source(tile, node, 0, AtNode.SourceWidth);
        switch (tile.Table[node + AtNode.Kind])
        {
            case NodeKinds.Input:
                RowKernels<T, TReal>.Input(tile, width, Extra(tile, node, 0), Extra(tile, node, 1) != 0, y);
                break;
            case NodeKinds.Dense:
                DenseKernels<T, TReal>.Multiply(tile, Extra(tile, node, 0), width, aWidth, a, y, Extra(tile, node, 3), 0);
                break;
            case NodeKinds.Activation:
            case NodeKinds.CosSin:
                // The cosines, then the sines behind them.
                var isWave = tile.Table[node + AtNode.Kind] == NodeKinds.CosSin;
                for (var half = 0; half < (isWave ? 2 : 1); half++)
                {
                    ActivationKernels<T, TReal>.Forward(
                        tile, isWave ? Wave(half) : Extra(tile, node, 0), aWidth, a, y + (half * aWidth * tile.Pitch), Extra(tile, node, 1), Extra(tile, node, 2), Extra(tile, node, 3));
                }

                break;
            case NodeKinds.Gate:
            case NodeKinds.Multiply:
                ProductKernels<T, TReal>.Forward(tile, width, a, b, c, c, y);
                break;
            case NodeKinds.Blend:
                RowKernels<T, TReal>.Blend(tile, width, Extra(tile, node, 0), a, b, y);
                break;
            case NodeKinds.Add:
                RowKernels<T, TReal>.Add(tile, width, a, b, y);
                break;
            default:
                RowKernels<T, TReal>.Copy(tile, aWidth, a, y, 0);
                RowKernels<T, TReal>.Copy(tile, width - aWidth, b, y + (aWidth * tile.Pitch), 0);
                break;
        }
    }

    private static void Reverse(Tile<T> tile, GradientTarget<T> target, int node)
    {
        var (width, bars) = (tile.Table[node + AtNode.Width], tile.Table[node + AtNode.Cotangents]);
        var (a, b, c) = (Source(tile, node, 0, AtNode.SourceValues), Source(tile, node, 1, AtNode.SourceValues), Source(tile, node, 2, AtNode.SourceValues));
        var (aBars, bBars, cBars) = (Source(tile, node, 0, AtNode.SourceCotangents), Source(tile, node, 1, AtNode.SourceCotangents), Source(tile, node, 2, AtNode.SourceCotangents));
        var (aPlus, bPlus, cPlus) = (Source(tile, node, 0, AtNode.SourceAccumulates), Source(tile, node, 1, AtNode.SourceAccumulates), Source(tile, node, 2, AtNode.SourceAccumulates));
        var aWidth = Source(tile, node, 0, AtNode.SourceWidth);
        switch (tile.Table[node + AtNode.Kind])
        {
            case NodeKinds.Dense:
                Dense(tile, target, node, width, aWidth, bars, a, aBars, aPlus);
                break;
            case NodeKinds.Activation:
            case NodeKinds.CosSin:
                var isWave = tile.Table[node + AtNode.Kind] == NodeKinds.CosSin;
                var (slope, slopes) = (Extra(tile, node, 2), Extra(tile, node, 3));
                for (var half = 0; half < (isWave ? 2 : 1); half++)
                {
                    var offset = half * aWidth * tile.Pitch;
                    ActivationKernels<T, TReal>.Reverse(
                        tile,
                        isWave ? Wave(half) : Extra(tile, node, 0),
                        aWidth,
                        a,
                        tile.Table[node + AtNode.Values] + offset,
                        bars + offset,
                        aBars,
                        half == 0 ? aPlus : 1,
                        Extra(tile, node, 1),
                        slope,
                        slopes);
                }

                if (slope >= 0)
                {
                    ParameterSums<T, TReal>.Add(tile, target, width, slope, slopes <= 1);
                }

                break;
            case NodeKinds.Gate:
            case NodeKinds.Multiply:
                // A product has no third source, whose cotangents are absent then.
                for (var part = 0; part < 3; part++)
                {
                    ProductKernels<T, TReal>.Reverse(
                        tile,
                        width,
                        part == 0 ? b : a,
                        part == 0 ? c : -1,
                        bars,
                        part == 0 ? aBars : part == 1 ? bBars : cBars,
                        part == 0 ? aPlus : part == 1 ? bPlus : cPlus,
                        isRest: part == 2);
                }

                break;
            case NodeKinds.Blend:
                RowKernels<T, TReal>.BlendBack(tile, width, Extra(tile, node, 0), a, b, bars, aBars, aPlus, bBars, bPlus);
                ParameterSums<T, TReal>.Add(tile, target, width, Extra(tile, node, 0), isSingle: true);
                break;
            case NodeKinds.Add:
                RowKernels<T, TReal>.Copy(tile, width, bars, aBars, aPlus);
                RowKernels<T, TReal>.Copy(tile, width, bars, bBars, bPlus);
                break;
            case NodeKinds.Concat:
                // A source that stands on both sides is added to by the thread that set it: both copies have the same tasks.
                RowKernels<T, TReal>.Copy(tile, aWidth, bars, aBars, aPlus);
                RowKernels<T, TReal>.Copy(tile, width - aWidth, bars + (aWidth * tile.Pitch), bBars, bPlus);
                break;
        }
    }

    private static void Dense(Tile<T> tile, GradientTarget<T> target, int node, int width, int inner, int bars, int a, int aBars, int aPlus)
    {
        if (aBars >= 0)
        {
            DenseKernels<T, TReal>.Multiply(tile, Extra(tile, node, 1), inner, width, bars, aBars, -1, aPlus);
        }

        var weights = Extra(tile, node, 2);
        if (weights < 0)
        {
            return;
        }

        if (target.IsRows != 0)
        {
            DenseKernels<T, TReal>.Rows(tile, target, width, inner, bars, a, weights, Extra(tile, node, 3));
        }
        else
        {
            DenseKernels<T, TReal>.Gradient(tile, target, width, inner, bars, a, weights, Extra(tile, node, 3));
        }
    }

    private static int Wave(int half) => half == 0 ? NodeKinds.Cosine : (int)Networks.ActivationKind.Sin;

    private static int Source(Tile<T> tile, int node, int source, int place) => tile.Table[node + AtNode.Sources + (source * AtNode.SourceLength) + place];

    private static int Extra(Tile<T> tile, int node, int extra) => tile.Table[node + AtNode.Extra + extra];
}
