using System.Numerics;
using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>
/// Products with a weight matrix. A thread has <see cref="BlockRows"/> × 4 numbers of the product in registers: every weight it loads serves
/// four columns, every column eight rows. The inner index runs in order.
/// </summary>
internal static class DenseKernels<T, TReal>
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    /// <summary>Rows that a thread has at a time; packed weights come in blocks of as many.</summary>
    public const int BlockRows = 8;

    /// <summary>Target = or += matrix × source, with a bias in the value channel where <paramref name="bias"/> ≥ 0.</summary>
    public static void Multiply(Tile<T> tile, int packed, int rows, int inner, int source, int target, int bias, int accumulates)
    {
        var step = tile.Columns / 4;
        var tasks = (rows + BlockRows - 1) / BlockRows * step;
        var pitch = tile.Pitch;
        for (int task = Group.IdxX; task < tasks; task += Group.DimX)
        {
            var block = task / step;
            var column = task - (block * step);
            var weights = packed + (block * inner * BlockRows);
            var (c0, c1, c2, c3) = (source + column, source + column + step, source + column + (2 * step), source + column + (3 * step));
            var r0 = default(Quad<T>);
            var r1 = r0;
            var r2 = r0;
            var r3 = r0;
            var r4 = r0;
            var r5 = r0;
            var r6 = r0;
            var r7 = r0;
            for (var k = 0; k < inner; k++)
            {
                var w = tile.Packed.SubView(weights, BlockRows);
                var h = new Quad<T>(tile.Arena[c0], tile.Arena[c1], tile.Arena[c2], tile.Arena[c3]);
                r0 = r0.Plus<TReal>(w[0], h);
                r1 = r1.Plus<TReal>(w[1], h);
                r2 = r2.Plus<TReal>(w[2], h);
                r3 = r3.Plus<TReal>(w[3], h);
                r4 = r4.Plus<TReal>(w[4], h);
                r5 = r5.Plus<TReal>(w[5], h);
                r6 = r6.Plus<TReal>(w[6], h);
                r7 = r7.Plus<TReal>(w[7], h);
                weights += BlockRows;
                c0 += pitch;
                c1 += pitch;
                c2 += pitch;
                c3 += pitch;
            }

            var row = block * BlockRows;
            Store(tile, r0, row, rows, column, target, bias, accumulates);
            Store(tile, r1, row + 1, rows, column, target, bias, accumulates);
            Store(tile, r2, row + 2, rows, column, target, bias, accumulates);
            Store(tile, r3, row + 3, rows, column, target, bias, accumulates);
            Store(tile, r4, row + 4, rows, column, target, bias, accumulates);
            Store(tile, r5, row + 5, rows, column, target, bias, accumulates);
            Store(tile, r6, row + 6, rows, column, target, bias, accumulates);
            Store(tile, r7, row + 7, rows, column, target, bias, accumulates);
        }
    }

    /// <summary>Adds cotangent × sourceᵀ, and the cotangents of the value channel to those of the bias.</summary>
    public static void Gradient(Tile<T> tile, GradientTarget<T> target, int rows, int inner, int cotangents, int source, int weights, int bias)
    {
        var (rowStep, innerStep) = ((rows + 3) / 4, (inner + 3) / 4);
        for (int task = Group.IdxX; task < rowStep * innerStep; task += Group.DimX)
        {
            var row = task / innerStep;
            var k = task - (row * innerStep);
            var (z0, z1, z2, z3) = (RowAt(tile, cotangents, row, rows), RowAt(tile, cotangents, row + rowStep, rows), RowAt(tile, cotangents, row + (2 * rowStep), rows), RowAt(tile, cotangents, row + (3 * rowStep), rows));
            var (h0, h1, h2, h3) = (RowAt(tile, source, k, inner), RowAt(tile, source, k + innerStep, inner), RowAt(tile, source, k + (2 * innerStep), inner), RowAt(tile, source, k + (3 * innerStep), inner));
            var r0 = default(Quad<T>);
            var r1 = r0;
            var r2 = r0;
            var r3 = r0;
            for (var column = 0; column < tile.Columns; column++)
            {
                var h = new Quad<T>(tile.Arena[h0 + column], tile.Arena[h1 + column], tile.Arena[h2 + column], tile.Arena[h3 + column]);
                r0 = r0.Plus<TReal>(tile.Arena[z0 + column], h);
                r1 = r1.Plus<TReal>(tile.Arena[z1 + column], h);
                r2 = r2.Plus<TReal>(tile.Arena[z2 + column], h);
                r3 = r3.Plus<TReal>(tile.Arena[z3 + column], h);
            }

            AddRow(target, r0, row, rows, k, innerStep, inner, weights);
            AddRow(target, r1, row + rowStep, rows, k, innerStep, inner, weights);
            AddRow(target, r2, row + (2 * rowStep), rows, k, innerStep, inner, weights);
            AddRow(target, r3, row + (3 * rowStep), rows, k, innerStep, inner, weights);
        }

        for (int row = Group.IdxX; bias >= 0 && row < rows; row += Group.DimX)
        {
            var sum = default(TReal).Of(0);
            for (var p = 0; p < tile.Points; p++)
            {
                sum += tile.Arena[cotangents + (row * tile.Pitch) + p];
            }

            target.Add(0, bias + row, sum);
        }
    }

    /// <summary>The same for each point alone.</summary>
    public static void Rows(Tile<T> tile, GradientTarget<T> target, int rows, int inner, int cotangents, int source, int weights, int bias)
    {
        for (int task = Group.IdxX; task < rows * inner * tile.Count; task += Group.DimX)
        {
            var p = task / (rows * inner);
            var entry = task - (p * rows * inner);
            var (z, h) = (cotangents + (entry / inner * tile.Pitch) + p, source + (entry % inner * tile.Pitch) + p);
            var sum = default(TReal).Of(0);
            for (var channel = 0; channel < tile.Channels; channel++)
            {
                sum = default(TReal).MultiplyAdd(tile.Arena[z], tile.Arena[h], sum);
                z += tile.Points;
                h += tile.Points;
            }

            target.Add(p, weights + entry, sum);
        }

        for (int task = Group.IdxX; bias >= 0 && task < rows * tile.Count; task += Group.DimX)
        {
            var p = task / rows;
            var row = task - (p * rows);
            target.Add(p, bias + row, tile.Arena[cotangents + (row * tile.Pitch) + p]);
        }
    }

    private static int RowAt(Tile<T> tile, int rows, int row, int count) => rows + ((row < count ? row : count - 1) * tile.Pitch);

    private static void Store(Tile<T> tile, Quad<T> sums, int row, int rows, int column, int target, int bias, int accumulates)
    {
        if (row < rows)
        {
            var (step, points) = (tile.Columns / 4, tile.Points);
            var at = target + (row * tile.Pitch) + column;
            var shift = bias < 0 ? default(TReal).Of(0) : tile.Step[bias + row];
            var zero = default(TReal).Of(0);
            tile.Put(at, sums.A + (column < points ? shift : zero), accumulates);
            tile.Put(at + step, sums.B + (column + step < points ? shift : zero), accumulates);
            tile.Put(at + (2 * step), sums.C + (column + (2 * step) < points ? shift : zero), accumulates);
            tile.Put(at + (3 * step), sums.D + (column + (3 * step) < points ? shift : zero), accumulates);
        }
    }

    private static void AddRow(GradientTarget<T> target, Quad<T> sums, int row, int rows, int k, int step, int inner, int weights)
    {
        if (row < rows)
        {
            var at = weights + (row * inner) + k;
            target.Add(0, at, sums.A);
            if (k + step < inner)
            {
                target.Add(0, at + step, sums.B);
            }

            if (k + (2 * step) < inner)
            {
                target.Add(0, at + (2 * step), sums.C);
            }

            if (k + (3 * step) < inner)
            {
                target.Add(0, at + (3 * step), sums.D);
            }
        }
    }
}
