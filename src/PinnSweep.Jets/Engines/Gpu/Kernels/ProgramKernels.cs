using System.Numerics;
using ILGPU;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>The residual program, a thread for a point: its registers are a number for each instruction and point.</summary>
internal static class ProgramKernels<T, TReal>
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    /// <summary>Registers from the outputs' jets, columns and coefficients.</summary>
    public static void Forward(Tile<T> tile)
    {
        var (table, slab) = (tile.Table, tile.Points);
        var columns = table[At.PointData] + ((table[At.IsPaired] + 1) * table[At.Dimension] * tile.PointCount);
        for (int p = Group.IdxX; p < slab; p += Group.DimX)
        {
            for (var i = 0; i < table[At.Instructions]; i++)
            {
                var instruction = table[At.InstructionList] + (i * At.InstructionLength);
                var (op, a, b) = (table[instruction], table[instruction + 1], table[instruction + 2]);
                var value = op switch
                {
                    (int)OpCode.Jet => tile.Arena[JetAt(tile, At.OutputRows, a, b) + p],
                    (int)OpCode.Column => tile.Data[columns + (a * tile.PointCount) + tile.Point(p)],
                    (int)OpCode.Coefficient => tile.Step[table[At.Parameters] + a],
                    (int)OpCode.Constant => Constant(tile, i),
                    _ => Operate(tile, op, a, b, i, p),
                };
                tile.Put(table[At.Registers] + (i * slab) + p, value, 0);
            }
        }
    }

    /// <summary>
    /// From the cotangents of one residual, or of all where <paramref name="residual"/> is negative, to those of the outputs and coefficients.
    /// </summary>
    /// <param name="tile">The tile.</param>
    /// <param name="residual">The residual.</param>
    /// <param name="isUnit">Cotangents are 1, for rows; else 2 λ w r / n, with 2 λ / n and w of the step.</param>
    /// <param name="hasWeights">Whether points have weights w.</param>
    public static void Reverse(Tile<T> tile, int residual, bool isUnit, bool hasWeights)
    {
        var (table, slab, real) = (tile.Table, tile.Points, default(TReal));
        for (int p = Group.IdxX; p < slab; p += Group.DimX)
        {
            Clear(tile, table[At.RegisterCotangents] + p, table[At.Instructions], slab);
            Clear(tile, table[At.CoefficientCotangents] + p, table[At.Coefficients], slab);
            for (var side = 0; side <= table[At.IsPaired]; side++)
            {
                for (var output = 0; output < table[At.Outputs]; output++)
                {
                    Clear(tile, table[At.OutputCotangents + side] + (output * tile.Pitch) + p, tile.Channels, slab);
                }
            }

            for (var j = 0; j < table[At.Results]; j++)
            {
                if (residual < 0 || residual == j)
                {
                    var register = (table[table[At.ResultList] + j] * slab) + p;
                    var seed = isUnit ? real.Of(1) : Seed(tile, j, p, hasWeights) * tile.Arena[table[At.Registers] + register];
                    tile.Put(table[At.RegisterCotangents] + register, p < tile.Count ? seed : real.Of(0), 1);
                }
            }

            var leads = table[At.Leads] + ((residual < 0 ? table[At.Results] : residual) * table[At.Instructions]);
            for (var i = table[At.Instructions] - 1; i >= 0; i--)
            {
                if (table[leads + i] != 0)
                {
                    Back(tile, i, p);
                }
            }
        }
    }

    /// <summary>Adds the cotangents of the coefficients.</summary>
    public static void AddCoefficients(Tile<T> tile, GradientTarget<T> target)
    {
        var (table, slab) = (tile.Table, tile.Points);
        for (int c = Group.IdxX; c < table[At.Coefficients]; c += Group.DimX)
        {
            var sum = default(TReal).Of(0);
            for (var p = 0; p < tile.Count; p++)
            {
                var value = tile.Arena[table[At.CoefficientCotangents] + (c * slab) + p];
                sum += value;
                if (target.IsRows != 0)
                {
                    target.Add(p, table[At.Parameters] + c, value);
                }
            }

            if (target.IsRows == 0)
            {
                target.Add(0, table[At.Parameters] + c, sum);
            }
        }
    }

    private static T Seed(Tile<T> tile, int j, int p, bool hasWeights)
    {
        var table = tile.Table;
        var factors = table[At.Parameters] + table[At.Coefficients];
        var factor = tile.Step[factors + j];
        return hasWeights ? factor * tile.Step[factors + table[At.Results] + (j * tile.PointCount) + tile.Point(p)] : factor;
    }

    private static void Clear(Tile<T> tile, int at, int count, int step)
    {
        for (var i = 0; i < count; i++)
        {
            tile.Put(at + (i * step), default(TReal).Of(0), 0);
        }
    }

    // The channel b of output a, of the point or from Outputs on of the one across.
    private static int JetAt(Tile<T> tile, int rows, int a, int b)
    {
        var outputs = tile.Table[At.Outputs];
        var side = a < outputs ? 0 : 1;
        return tile.Table[rows + side] + ((a - (side * outputs)) * tile.Pitch) + (b * tile.Points);
    }

    private static T Constant(Tile<T> tile, int i) => tile.Data[tile.Table[At.Constants] + i];

    private static T Register(Tile<T> tile, int i, int p) => tile.Arena[tile.Table[At.Registers] + (i * tile.Points) + p];

    // What is not a number stays so: neither comparison holds for it.
    private static T WherePositive(T a, T b)
    {
        var zero = default(TReal).Of(0);
        return b > zero ? a : b <= zero ? zero : b;
    }

    private static T WhereNotNegative(T a, T b)
    {
        var zero = default(TReal).Of(0);
        return b >= zero ? a : b < zero ? zero : b;
    }

    private static T Operate(Tile<T> tile, int op, int a, int b, int i, int p)
    {
        var x = Register(tile, a, p);
        switch (op)
        {
            case (int)OpCode.Add:
                return x + Register(tile, b, p);
            case (int)OpCode.Subtract:
                return x - Register(tile, b, p);
            case (int)OpCode.Multiply:
                return x * Register(tile, b, p);
            case (int)OpCode.Divide:
                return x / Register(tile, b, p);
            case (int)OpCode.Negate:
                return -x;
            case (int)OpCode.Scale:
                return x * Constant(tile, i);
            case (int)OpCode.Offset:
                return x + Constant(tile, i);
            case (int)OpCode.Sin:
            case (int)OpCode.Cos:
                return RealFunctions<T, TReal>.Wave(x, op == (int)OpCode.Sin ? 0 : 1);
            case (int)OpCode.Exp:
                return RealFunctions<T, TReal>.Exp(x);
            case (int)OpCode.Log:
                return RealFunctions<T, TReal>.Log(x);
            case (int)OpCode.Sqrt:
                return default(TReal).Sqrt(x);
            case (int)OpCode.Tanh:
                return RealFunctions<T, TReal>.Tanh(x);
            case (int)OpCode.Atan:
                return RealInverses<T, TReal>.Atan(x);
            case (int)OpCode.Erf:
                return RealInverses<T, TReal>.Erf(x);
            case (int)OpCode.WherePositive:
                return WherePositive(x, Register(tile, b, p));
            case (int)OpCode.WhereNotNegative:
                return WhereNotNegative(x, Register(tile, b, p));
            default:
                return RealFunctions<T, TReal>.Power(x, Constant(tile, i));
        }
    }

    private static void Back(Tile<T> tile, int i, int p)
    {
        var (table, slab, real) = (tile.Table, tile.Points, default(TReal));
        var instruction = table[At.InstructionList] + (i * At.InstructionLength);
        var (op, a, b) = (table[instruction], table[instruction + 1], table[instruction + 2]);
        var bars = table[At.RegisterCotangents] + p;
        var bar = tile.Arena[bars + (i * slab)];
        switch (op)
        {
            case (int)OpCode.Constant:
            case (int)OpCode.Column:
                return;
            case (int)OpCode.Jet:
                tile.Put(JetAt(tile, At.OutputCotangents, a, b) + p, bar, 1);
                return;
            case (int)OpCode.Coefficient:
                tile.Put(table[At.CoefficientCotangents] + (a * slab) + p, bar, 1);
                return;
        }

        var x = Register(tile, a, p);
        var value = Register(tile, i, p);
        switch (op)
        {
            case (int)OpCode.Add:
                tile.Put(bars + (b * slab), bar, 1);
                break;
            case (int)OpCode.Subtract:
                tile.Put(bars + (b * slab), -bar, 1);
                break;
            case (int)OpCode.Multiply:
                tile.Put(bars + (b * slab), bar * x, 1);
                bar *= Register(tile, b, p);
                break;
            case (int)OpCode.Divide:
                bar /= Register(tile, b, p);
                tile.Put(bars + (b * slab), -(bar * value), 1);
                break;
            case (int)OpCode.Negate:
                bar = -bar;
                break;
            case (int)OpCode.Scale:
                bar *= Constant(tile, i);
                break;
            case (int)OpCode.Offset:
                break;
            case (int)OpCode.Sin:
            case (int)OpCode.Cos:
                // A quarter further: cos x, and −sin x.
                bar *= RealFunctions<T, TReal>.Wave(x, op == (int)OpCode.Sin ? 1 : 2);
                break;
            case (int)OpCode.Exp:
                bar *= value;
                break;
            case (int)OpCode.Log:
                bar /= x;
                break;
            case (int)OpCode.Sqrt:
                bar /= value + value;
                break;
            case (int)OpCode.Tanh:
                bar *= real.MultiplyAdd(-value, value, real.Of(1));
                break;
            case (int)OpCode.Atan:
                bar /= real.MultiplyAdd(x, x, real.Of(1));
                break;
            case (int)OpCode.Erf:
                bar *= RealFunctions<T, TReal>.Exp(-(x * x)) * real.Of(ErrorFunction.SlopeAtZero);
                break;
            case (int)OpCode.WherePositive:
                bar = WherePositive(bar, Register(tile, b, p));
                break;
            case (int)OpCode.WhereNotNegative:
                bar = WhereNotNegative(bar, Register(tile, b, p));
                break;
            default:
                bar = bar * Constant(tile, i) * RealFunctions<T, TReal>.Power(x, Constant(tile, i) - real.Of(1));
                break;
        }

        tile.Put(bars + (a * slab), bar, 1);
    }
}
