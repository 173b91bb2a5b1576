using System.Numerics;
using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>
/// Products of jets by Leibniz' rule, a thread for a feature at a point. The second factor may be a difference b − c and the product added to
/// rows d; a place below 0 means that there are none.
/// </summary>
internal static class ProductKernels<T, TReal>
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    /// <summary>y = a ⊙ (b − c) + d.</summary>
    public static void Forward(Tile<T> tile, int width, int a, int b, int c, int d, int y)
    {
        var (real, slab) = (default(TReal), tile.Points);
        for (int task = Group.IdxX; task < width * slab; task += Group.DimX)
        {
            var feature = task / slab;
            var at = (feature * tile.Pitch) + (task - (feature * slab));
            var (a0, b0) = (tile.Arena[a + at], Factor(tile, b, c, at));
            Put(tile, y, d, at, a0 * b0);
            at += slab;
            for (var direction = 0; direction < tile.Directions; direction++)
            {
                var order = tile.Order(direction);
                var (a1, b1) = (tile.Arena[a + at], Factor(tile, b, c, at));
                Put(tile, y, d, at, real.MultiplyAdd(a0, b1, a1 * b0));
                at += slab;
                if (order > 1)
                {
                    var (a2, b2) = (tile.Arena[a + at], Factor(tile, b, c, at));
                    Put(tile, y, d, at, real.MultiplyAdd(a0, b2, real.MultiplyAdd(a2, b0, (a1 + a1) * b1)));
                    at += slab;
                    if (order > 2)
                    {
                        var (a3, b3) = (tile.Arena[a + at], Factor(tile, b, c, at));
                        var cross = real.Of(3) * real.MultiplyAdd(a1, b2, a2 * b1);
                        Put(tile, y, d, at, real.MultiplyAdd(a0, b3, real.MultiplyAdd(a3, b0, cross)));
                        at += slab;
                        if (order > 3)
                        {
                            var (a4, b4) = (tile.Arena[a + at], Factor(tile, b, c, at));
                            cross = real.Of(4) * real.MultiplyAdd(a1, b3, a3 * b1);
                            cross = real.MultiplyAdd(real.Of(6) * a2, b2, cross);
                            Put(tile, y, d, at, real.MultiplyAdd(a0, b4, real.MultiplyAdd(a4, b0, cross)));
                            at += slab;
                        }
                    }
                }
            }
        }
    }

    /// <summary>
    /// ā = or ā += the pullback of ȳ through y = a ⊙ (b − c): āᵢ = Σₖ C(k, i) bₖ₋ᵢ ȳₖ; with <paramref name="isRest"/> ȳ less that.
    /// </summary>
    public static void Reverse(Tile<T> tile, int width, int b, int c, int cotangents, int target, int accumulates, bool isRest)
    {
        var (real, slab) = (default(TReal), tile.Points);
        for (int task = Group.IdxX; target >= 0 && task < width * slab; task += Group.DimX)
        {
            var feature = task / slab;
            var origin = (feature * tile.Pitch) + (task - (feature * slab));
            var at = origin + slab;
            var b0 = Factor(tile, b, c, origin);
            var bar0 = b0 * tile.Arena[cotangents + origin];
            for (var direction = 0; direction < tile.Directions; direction++)
            {
                var order = tile.Order(direction);
                var (b1, y1) = (Factor(tile, b, c, at), tile.Arena[cotangents + at]);
                bar0 = real.MultiplyAdd(b1, y1, bar0);
                var bar1 = b0 * y1;
                if (order > 1)
                {
                    var (b2, y2) = (Factor(tile, b, c, at + slab), tile.Arena[cotangents + at + slab]);
                    bar0 = real.MultiplyAdd(b2, y2, bar0);
                    bar1 = real.MultiplyAdd(b1 + b1, y2, bar1);
                    var bar2 = b0 * y2;
                    if (order > 2)
                    {
                        var (b3, y3) = (Factor(tile, b, c, at + (2 * slab)), tile.Arena[cotangents + at + (2 * slab)]);
                        var triple = real.Of(3) * y3;
                        bar0 = real.MultiplyAdd(b3, y3, bar0);
                        bar1 = real.MultiplyAdd(b2, triple, bar1);
                        bar2 = real.MultiplyAdd(b1, triple, bar2);
                        var bar3 = b0 * y3;
                        if (order > 3)
                        {
                            var (b4, y4) = (Factor(tile, b, c, at + (3 * slab)), tile.Arena[cotangents + at + (3 * slab)]);
                            var four = real.Of(4) * y4;
                            bar0 = real.MultiplyAdd(b4, y4, bar0);
                            bar1 = real.MultiplyAdd(b3, four, bar1);
                            bar2 = real.MultiplyAdd(b2, real.Of(6) * y4, bar2);
                            bar3 = real.MultiplyAdd(b1, four, bar3);
                            PutBar(tile, target, cotangents, at + (3 * slab), b0 * y4, accumulates, isRest);
                        }

                        PutBar(tile, target, cotangents, at + (2 * slab), bar3, accumulates, isRest);
                    }

                    PutBar(tile, target, cotangents, at + slab, bar2, accumulates, isRest);
                }

                PutBar(tile, target, cotangents, at, bar1, accumulates, isRest);
                at += order * slab;
            }

            PutBar(tile, target, cotangents, origin, bar0, accumulates, isRest);
        }
    }

    private static T Factor(Tile<T> tile, int b, int c, int at) => c < 0 ? tile.Arena[b + at] : tile.Arena[b + at] - tile.Arena[c + at];

    private static void Put(Tile<T> tile, int y, int d, int at, T value) => tile.Put(y + at, d < 0 ? value : value + tile.Arena[d + at], 0);

    private static void PutBar(Tile<T> tile, int target, int cotangents, int at, T bar, int accumulates, bool isRest) =>
        tile.Put(target + at, isRest ? tile.Arena[cotangents + at] - bar : bar, accumulates);
}
