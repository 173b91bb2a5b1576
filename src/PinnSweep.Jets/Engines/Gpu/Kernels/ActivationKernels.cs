using System.Numerics;
using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>
/// Activations of jets by the chain rule of Faà di Bruno along each direction, and the pullback by the adjoint of Leibniz' rule with the jets e
/// of σ′(z): y = σ(z) gives z̄ᵢ = Σₖ C(k, i) eₖ₋ᵢ ȳₖ. A thread has one feature at one point.
/// </summary>
internal static class ActivationKernels<T, TReal>
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    /// <summary>
    /// σ(f z), where f is a number of the data or 1, times a slope of θ where there is one. Source and target may be the same rows.
    /// </summary>
    public static void Forward(Tile<T> tile, int kind, int width, int source, int target, int factor, int slope, int slopes)
    {
        var (real, slab) = (default(TReal), tile.Points);
        for (int task = Group.IdxX; task < width * slab; task += Group.DimX)
        {
            var feature = task / slab;
            var from = source + (feature * tile.Pitch) + (task - (feature * slab));
            var to = from - source + target;
            var f = Factor(tile, factor, slope, slopes, feature);
            var s = ActivationSlopes<T>.Of<TReal>(kind, f * tile.Arena[from]);
            tile.Put(to, s.Value, 0);
            for (var direction = 0; direction < tile.Directions; direction++)
            {
                var order = tile.Order(direction);
                from += slab;
                to += slab;
                var z1 = f * tile.Arena[from];
                tile.Put(to, s.D1 * z1, 0);
                if (order > 1)
                {
                    // y₂ = s₁ z₂ + s₂ z₁²
                    from += slab;
                    to += slab;
                    var z2 = f * tile.Arena[from];
                    var e1 = s.D2 * z1;
                    tile.Put(to, real.MultiplyAdd(s.D1, z2, e1 * z1), 0);
                    if (order > 2)
                    {
                        // y₃ = s₁ z₃ + 3 s₂ z₁ z₂ + s₃ z₁³
                        from += slab;
                        to += slab;
                        var z3 = f * tile.Arena[from];
                        var square = z1 * z1;
                        tile.Put(to, real.MultiplyAdd(s.D3 * z1, square, real.MultiplyAdd(s.D1, z3, real.Of(3) * e1 * z2)), 0);
                        if (order > 3)
                        {
                            // y₄ = s₁ z₄ + s₂ (4 z₁ z₃ + 3 z₂²) + 6 s₃ z₁² z₂ + s₄ z₁⁴
                            from += slab;
                            to += slab;
                            var y4 = real.MultiplyAdd(s.D1, f * tile.Arena[from], real.Of(4) * e1 * z3);
                            y4 = real.MultiplyAdd(real.Of(3) * s.D2, z2 * z2, y4);
                            y4 = real.MultiplyAdd(real.Of(6) * s.D3, square * z2, y4);
                            tile.Put(to, real.MultiplyAdd(s.D4, square * square, y4), 0);
                        }
                    }
                }
            }
        }
    }

    /// <summary>
    /// z̄ = or z̄ += the pullback of ȳ. Where there are slopes, Σ over the channels of their pullback by the plain z goes to the sums.
    /// </summary>
    public static void Reverse(
        Tile<T> tile, int kind, int width, int source, int values, int cotangents, int target, int accumulates, int factor, int slope, int slopes)
    {
        var (real, slab) = (default(TReal), tile.Points);
        for (int task = Group.IdxX; task < width * slab; task += Group.DimX)
        {
            var feature = task / slab;
            var at = (feature * tile.Pitch) + (task - (feature * slab));
            var f = Factor(tile, factor, slope, slopes, feature);
            var ofOutput = ActivationSlopes<T>.IsOfOutput(kind);
            var z = (ofOutput ? values : source) + at;
            var zf = ofOutput ? real.Of(1) : f;
            var y = cotangents + at;
            var to = target + at;
            var plain = source + at;
            var z0 = zf * tile.Arena[z];
            var s = ofOutput ? ActivationSlopes<T>.OfOutput<TReal>(kind, z0) : ActivationSlopes<T>.Of<TReal>(kind, z0);
            var bar0 = s.D1 * tile.Arena[y];
            var dot = real.Of(0);
            var hasSlope = slope >= 0;
            for (var direction = 0; direction < tile.Directions; direction++)
            {
                var order = tile.Order(direction);
                var (z1, y1) = (zf * tile.Arena[z + slab], tile.Arena[y + slab]);
                var e1 = s.D2 * z1;
                var bar1 = s.D1 * y1;
                bar0 = real.MultiplyAdd(e1, y1, bar0);
                if (order > 1)
                {
                    var (z2, y2) = (zf * tile.Arena[z + (2 * slab)], tile.Arena[y + (2 * slab)]);
                    var e2 = real.MultiplyAdd(s.D3 * z1, z1, s.D2 * z2);
                    var bar2 = s.D1 * y2;
                    bar0 = real.MultiplyAdd(e2, y2, bar0);
                    bar1 = real.MultiplyAdd(e1 + e1, y2, bar1);
                    if (order > 2)
                    {
                        var (z3, y3) = (zf * tile.Arena[z + (3 * slab)], tile.Arena[y + (3 * slab)]);
                        var square = z1 * z1;
                        var e3 = real.MultiplyAdd(s.D2, z3, real.Of(3) * (s.D3 * z1) * z2);
                        e3 = real.MultiplyAdd(s.D4 * z1, square, e3);
                        var bar3 = s.D1 * y3;
                        var triple = real.Of(3) * y3;
                        bar0 = real.MultiplyAdd(e3, y3, bar0);
                        bar1 = real.MultiplyAdd(e2, triple, bar1);
                        bar2 = real.MultiplyAdd(e1, triple, bar2);
                        if (order > 3)
                        {
                            var (z4, y4) = (zf * tile.Arena[z + (4 * slab)], tile.Arena[y + (4 * slab)]);
                            var four = real.Of(4) * y4;
                            var inner = real.MultiplyAdd(real.Of(3) * z2, z2, real.Of(4) * z1 * z3);
                            var e4 = real.MultiplyAdd(s.D2, z4, s.D3 * inner);
                            e4 = real.MultiplyAdd(real.Of(6) * s.D4, square * z2, e4);
                            e4 = real.MultiplyAdd(s.D5, square * square, e4);
                            bar0 = real.MultiplyAdd(e4, y4, bar0);
                            bar1 = real.MultiplyAdd(e3, four, bar1);
                            bar2 = real.MultiplyAdd(e2, real.Of(6) * y4, bar2);
                            bar3 = real.MultiplyAdd(e1, four, bar3);
                            dot = Put(tile, s.D1 * y4, f, to + (4 * slab), accumulates, plain + (4 * slab), hasSlope, dot);
                        }

                        dot = Put(tile, bar3, f, to + (3 * slab), accumulates, plain + (3 * slab), hasSlope, dot);
                    }

                    dot = Put(tile, bar2, f, to + (2 * slab), accumulates, plain + (2 * slab), hasSlope, dot);
                }

                dot = Put(tile, bar1, f, to + slab, accumulates, plain + slab, hasSlope, dot);
                z += order * slab;
                y += order * slab;
                to += order * slab;
                plain += order * slab;
            }

            dot = Put(tile, bar0, f, target + at, accumulates, source + at, hasSlope, dot);
            if (hasSlope)
            {
                tile.Put(tile.Table[At.Sums] + task, factor < 0 ? dot : tile.Data[factor] * dot, 0);
            }
        }
    }

    // Writes one channel of z̄ where it is wanted, and goes on with the sum for the slope.
    private static T Put(Tile<T> tile, T bar, T f, int to, int accumulates, int plain, bool hasSlope, T dot)
    {
        // Unwanted cotangents are those of a place below 0; their offset never reaches the arena.
        if (accumulates >= 0)
        {
            tile.Put(to, f * bar, accumulates);
        }

        return hasSlope ? default(TReal).MultiplyAdd(bar, tile.Arena[plain], dot) : dot;
    }

    private static T Factor(Tile<T> tile, int factor, int slope, int slopes, int feature)
    {
        var f = factor < 0 ? default(TReal).Of(1) : tile.Data[factor];
        return slope < 0 ? f : f * tile.Step[slope + (slopes > 1 ? feature : 0)];
    }
}
