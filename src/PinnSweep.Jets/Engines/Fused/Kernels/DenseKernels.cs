using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Kernels;

/// <summary>
/// The three matrix products of a dense layer on one tile. Rows are features, a row is (groups × channels) slabs of four vectors. The
/// methods are long because a register block cannot be looped over: its accumulators must each have a name to stay in registers.
/// </summary>
internal static unsafe class DenseKernels<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    /// <summary>Columns of a block of the weight gradient.</summary>
    public const int GradientColumns = 4;

    private static int Slab
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4 * TSimd.Lanes;
    }

    /// <summary>Vectors of accumulators for one row of a block of so many columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RowAccumulators(int columns) => TSimd.Folds ? 1 : columns;

    /// <summary>The finished sum for one column of a row of accumulators.</summary>
    public static double Sum(TScalar* accumulators, int column)
    {
        if (!TSimd.Folds)
        {
            return Scalar.ToDouble(TSimd.Sum(TSimd.Load(accumulators + (column * TSimd.Lanes))));
        }

        var sum = 0.0;
        var share = TSimd.Lanes / GradientColumns;
        for (var lane = 0; lane < share; lane++)
        {
            sum += Scalar.ToDouble(accumulators[(column * share) + lane]);
        }

        return sum;
    }

    /// <summary>
    /// y = W x (+ bias in the slabs of channel 0, unless null), or y += W x. Carries the values forward and, with the transposed weights,
    /// cotangents back. The weights are packed in blocks of rows, the rows' entries of one column side by side.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        TScalar* weights, TScalar* bias, in Blocking blocking, int columns, TScalar* x, TScalar* y, nint stride, int slabs, int channels, bool accumulate)
    {
        var blocks = blocking.Count;
        for (var slab = 0; slab < slabs; slab++)
        {
            var xs = x + (slab * Slab);
            var ys = y + (slab * Slab);
            var w = weights;
            var b = slab % channels == 0 ? bias : null;
            for (var i = 0; i < blocks; i++)
            {
                var rows = blocking.Size(i);
                switch (rows)
                {
                    case 1: Block<One>(w, b, columns, xs, ys, stride, accumulate); break;
                    case 2: Block<Two>(w, b, columns, xs, ys, stride, accumulate); break;
                    case 3: Block<Three>(w, b, columns, xs, ys, stride, accumulate); break;
                    case 4: Block<Four>(w, b, columns, xs, ys, stride, accumulate); break;
                    case 5: Block<Five>(w, b, columns, xs, ys, stride, accumulate); break;
                    default: Block<Six>(w, b, columns, xs, ys, stride, accumulate); break;
                }

                w += (nint)rows * columns;
                ys += rows * stride;
                b = b == null ? null : b + rows;
            }
        }
    }

    /// <summary>
    /// Adds ḡ xᵀ to the accumulators of the weight gradient, vectors whose lanes are summed at the end of the pass: one for each weight,
    /// or, where the width folds, one for each row of a block. Blocks lie one after another, row blocks outside, entries row-major. In the
    /// first tile of a pass the accumulators' content is ignored.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(TScalar* g, in Blocking rows, TScalar* x, in Blocking columns, nint stride, int slabs, TScalar* accumulators, bool first)
    {
        var rowBlocks = rows.Count;
        var columnBlocks = columns.Count;
        for (var i = 0; i < rowBlocks; i++)
        {
            var size = rows.Size(i);
            var xs = x;
            for (var j = 0; j < columnBlocks; j++)
            {
                var width = columns.Size(j);
                switch (size)
                {
                    case 1: GradientColumnsOf<One>(g, xs, width, stride, slabs, accumulators, first); break;
                    case 2: GradientColumnsOf<Two>(g, xs, width, stride, slabs, accumulators, first); break;
                    case 3: GradientColumnsOf<Three>(g, xs, width, stride, slabs, accumulators, first); break;
                    case 4: GradientColumnsOf<Four>(g, xs, width, stride, slabs, accumulators, first); break;
                    case 5: GradientColumnsOf<Five>(g, xs, width, stride, slabs, accumulators, first); break;
                    default: GradientColumnsOf<Six>(g, xs, width, stride, slabs, accumulators, first); break;
                }

                accumulators += (nint)size * RowAccumulators(width) * TSimd.Lanes;
                xs += width * stride;
            }

            g += size * stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<TRows>(TScalar* w, TScalar* bias, int columns, TScalar* x, TScalar* y, nint stride, bool accumulate)
        where TRows : struct, ICount
    {
        Quad<TSimd, TVector, TScalar> q0, q1, q2, q3, q4, q5;
        q0 = q1 = q2 = q3 = q4 = q5 = default;
        if (accumulate)
        {
            q0 = Quad<TSimd, TVector, TScalar>.Load(y);
            if (TRows.Value > 1) q1 = Quad<TSimd, TVector, TScalar>.Load(y + stride);
            if (TRows.Value > 2) q2 = Quad<TSimd, TVector, TScalar>.Load(y + (2 * stride));
            if (TRows.Value > 3) q3 = Quad<TSimd, TVector, TScalar>.Load(y + (3 * stride));
            if (TRows.Value > 4) q4 = Quad<TSimd, TVector, TScalar>.Load(y + (4 * stride));
            if (TRows.Value > 5) q5 = Quad<TSimd, TVector, TScalar>.Load(y + (5 * stride));
        }
        else if (bias != null)
        {
            q0 = Quad<TSimd, TVector, TScalar>.Broadcast(bias[0]);
            if (TRows.Value > 1) q1 = Quad<TSimd, TVector, TScalar>.Broadcast(bias[1]);
            if (TRows.Value > 2) q2 = Quad<TSimd, TVector, TScalar>.Broadcast(bias[2]);
            if (TRows.Value > 3) q3 = Quad<TSimd, TVector, TScalar>.Broadcast(bias[3]);
            if (TRows.Value > 4) q4 = Quad<TSimd, TVector, TScalar>.Broadcast(bias[4]);
            if (TRows.Value > 5) q5 = Quad<TSimd, TVector, TScalar>.Broadcast(bias[5]);
        }

        for (var k = columns; k > 0; k--)
        {
            // One column vector at a time, so that accumulators, weights and it are 16 registers with 3 rows and 31 with 6.
            var w0 = TSimd.Broadcast(w[0]);
            var w1 = TRows.Value > 1 ? TSimd.Broadcast(w[1]) : default;
            var w2 = TRows.Value > 2 ? TSimd.Broadcast(w[2]) : default;
            var w3 = TRows.Value > 3 ? TSimd.Broadcast(w[3]) : default;
            var w4 = TRows.Value > 4 ? TSimd.Broadcast(w[4]) : default;
            var w5 = TRows.Value > 5 ? TSimd.Broadcast(w[5]) : default;
            Update<TRows>(TSimd.Load(x), w0, w1, w2, w3, w4, w5, ref q0.V0, ref q1.V0, ref q2.V0, ref q3.V0, ref q4.V0, ref q5.V0);
            Update<TRows>(TSimd.Load(x + TSimd.Lanes), w0, w1, w2, w3, w4, w5, ref q0.V1, ref q1.V1, ref q2.V1, ref q3.V1, ref q4.V1, ref q5.V1);
            Update<TRows>(TSimd.Load(x + (2 * TSimd.Lanes)), w0, w1, w2, w3, w4, w5, ref q0.V2, ref q1.V2, ref q2.V2, ref q3.V2, ref q4.V2, ref q5.V2);
            Update<TRows>(TSimd.Load(x + (3 * TSimd.Lanes)), w0, w1, w2, w3, w4, w5, ref q0.V3, ref q1.V3, ref q2.V3, ref q3.V3, ref q4.V3, ref q5.V3);
            w += TRows.Value;
            x += stride;
        }

        q0.Store(y);
        if (TRows.Value > 1) q1.Store(y + stride);
        if (TRows.Value > 2) q2.Store(y + (2 * stride));
        if (TRows.Value > 3) q3.Store(y + (3 * stride));
        if (TRows.Value > 4) q4.Store(y + (4 * stride));
        if (TRows.Value > 5) q5.Store(y + (5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GradientColumnsOf<TRows>(TScalar* g, TScalar* x, int width, nint stride, int slabs, TScalar* accumulators, bool first)
        where TRows : struct, ICount
    {
        switch (width)
        {
            case 1: GradientBlock<TRows, One>(g, x, stride, slabs, accumulators, first); break;
            case 2: GradientBlock<TRows, Two>(g, x, stride, slabs, accumulators, first); break;
            case 3: GradientBlock<TRows, Three>(g, x, stride, slabs, accumulators, first); break;
            default: GradientBlock<TRows, Four>(g, x, stride, slabs, accumulators, first); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientBlock<TRows, TColumns>(TScalar* g, TScalar* x, nint stride, int slabs, TScalar* accumulators, bool first)
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        var row = TColumns.Value * TSimd.Lanes;
        Quad<TSimd, TVector, TScalar> q0, q1, q2, q3, q4, q5;
        q0 = q1 = q2 = q3 = q4 = q5 = default;
        if (!TSimd.Folds && !first)
        {
            q0 = LoadColumns<TColumns>(accumulators, TSimd.Lanes);
            if (TRows.Value > 1) q1 = LoadColumns<TColumns>(accumulators + row, TSimd.Lanes);
            if (TRows.Value > 2) q2 = LoadColumns<TColumns>(accumulators + (2 * row), TSimd.Lanes);
            if (TRows.Value > 3) q3 = LoadColumns<TColumns>(accumulators + (3 * row), TSimd.Lanes);
            if (TRows.Value > 4) q4 = LoadColumns<TColumns>(accumulators + (4 * row), TSimd.Lanes);
            if (TRows.Value > 5) q5 = LoadColumns<TColumns>(accumulators + (5 * row), TSimd.Lanes);
        }

        for (var i = 4 * slabs; i > 0; i--)
        {
            var g0 = TSimd.Load(g);
            var g1 = TRows.Value > 1 ? TSimd.Load(g + stride) : default;
            var g2 = TRows.Value > 2 ? TSimd.Load(g + (2 * stride)) : default;
            var g3 = TRows.Value > 3 ? TSimd.Load(g + (3 * stride)) : default;
            var g4 = TRows.Value > 4 ? TSimd.Load(g + (4 * stride)) : default;
            var g5 = TRows.Value > 5 ? TSimd.Load(g + (5 * stride)) : default;
            Update<TRows>(TSimd.Load(x), g0, g1, g2, g3, g4, g5, ref q0.V0, ref q1.V0, ref q2.V0, ref q3.V0, ref q4.V0, ref q5.V0);
            if (TColumns.Value > 1) Update<TRows>(TSimd.Load(x + stride), g0, g1, g2, g3, g4, g5, ref q0.V1, ref q1.V1, ref q2.V1, ref q3.V1, ref q4.V1, ref q5.V1);
            if (TColumns.Value > 2) Update<TRows>(TSimd.Load(x + (2 * stride)), g0, g1, g2, g3, g4, g5, ref q0.V2, ref q1.V2, ref q2.V2, ref q3.V2, ref q4.V2, ref q5.V2);
            if (TColumns.Value > 3) Update<TRows>(TSimd.Load(x + (3 * stride)), g0, g1, g2, g3, g4, g5, ref q0.V3, ref q1.V3, ref q2.V3, ref q3.V3, ref q4.V3, ref q5.V3);
            g += TSimd.Lanes;
            x += TSimd.Lanes;
        }

        if (TSimd.Folds)
        {
            Fold(accumulators, q0, first);
            if (TRows.Value > 1) Fold(accumulators + TSimd.Lanes, q1, first);
            if (TRows.Value > 2) Fold(accumulators + (2 * TSimd.Lanes), q2, first);
            if (TRows.Value > 3) Fold(accumulators + (3 * TSimd.Lanes), q3, first);
            if (TRows.Value > 4) Fold(accumulators + (4 * TSimd.Lanes), q4, first);
            if (TRows.Value > 5) Fold(accumulators + (5 * TSimd.Lanes), q5, first);
            return;
        }

        StoreColumns<TColumns>(accumulators, q0);
        if (TRows.Value > 1) StoreColumns<TColumns>(accumulators + row, q1);
        if (TRows.Value > 2) StoreColumns<TColumns>(accumulators + (2 * row), q2);
        if (TRows.Value > 3) StoreColumns<TColumns>(accumulators + (3 * row), q3);
        if (TRows.Value > 4) StoreColumns<TColumns>(accumulators + (4 * row), q4);
        if (TRows.Value > 5) StoreColumns<TColumns>(accumulators + (5 * row), q5);
    }

    // A quarter of the accumulators' memory: at 128 × 128 they then stay in the second cache level, beside the tile.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fold(TScalar* accumulator, in Quad<TSimd, TVector, TScalar> quad, bool first)
    {
        var sum = TSimd.Fold(quad.V0, quad.V1, quad.V2, quad.V3);
        TSimd.Store(accumulator, first ? sum : TSimd.Add(TSimd.Load(accumulator), sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Quad<TSimd, TVector, TScalar> LoadColumns<TColumns>(TScalar* address, nint stride)
        where TColumns : struct, ICount
    {
        Quad<TSimd, TVector, TScalar> quad = default;
        quad.V0 = TSimd.Load(address);
        if (TColumns.Value > 1) quad.V1 = TSimd.Load(address + stride);
        if (TColumns.Value > 2) quad.V2 = TSimd.Load(address + (2 * stride));
        if (TColumns.Value > 3) quad.V3 = TSimd.Load(address + (3 * stride));
        return quad;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Update<TRows>(
        TVector column,
        TVector w0,
        TVector w1,
        TVector w2,
        TVector w3,
        TVector w4,
        TVector w5,
        ref TVector a0,
        ref TVector a1,
        ref TVector a2,
        ref TVector a3,
        ref TVector a4,
        ref TVector a5)
        where TRows : struct, ICount
    {
        a0 = TSimd.MultiplyAdd(w0, column, a0);
        if (TRows.Value > 1) a1 = TSimd.MultiplyAdd(w1, column, a1);
        if (TRows.Value > 2) a2 = TSimd.MultiplyAdd(w2, column, a2);
        if (TRows.Value > 3) a3 = TSimd.MultiplyAdd(w3, column, a3);
        if (TRows.Value > 4) a4 = TSimd.MultiplyAdd(w4, column, a4);
        if (TRows.Value > 5) a5 = TSimd.MultiplyAdd(w5, column, a5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreColumns<TColumns>(TScalar* address, in Quad<TSimd, TVector, TScalar> quad)
        where TColumns : struct, ICount
    {
        TSimd.Store(address, quad.V0);
        if (TColumns.Value > 1) TSimd.Store(address + TSimd.Lanes, quad.V1);
        if (TColumns.Value > 2) TSimd.Store(address + (2 * TSimd.Lanes), quad.V2);
        if (TColumns.Value > 3) TSimd.Store(address + (3 * TSimd.Lanes), quad.V3);
    }
}
