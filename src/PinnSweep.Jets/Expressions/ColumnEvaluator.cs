using System.Numerics.Tensors;

namespace PinnSweep.Jets.Expressions;

/// <summary>
/// Evaluates coordinate-only expressions at many points: one program for all of them, an instruction at a time over a batch of
/// points that stays in the first-level cache. Not thread-safe; allocates nothing after construction.
/// </summary>
public sealed class ColumnEvaluator
{
    private const int Batch = 256;

    private readonly Instruction[] _instructions;
    private readonly int[] _results;
    private readonly Expr.KnownFunction[] _functions;
    private readonly int _dimension;
    private readonly double[] _registers;

    /// <summary>Prepares the expressions, which may hold numbers, coordinates, known functions and functions of these.</summary>
    public ColumnEvaluator(IReadOnlyList<Expr> columns, int inputDimension)
    {
        _dimension = inputDimension;
        var program = new ProgramBuilder();
        var lowered = new Dictionary<Expr, int>(ReferenceEqualityComparer.Instance);
        _results = [.. columns.Select(column => ResidualCompiler.LowerColumn(column, program, lowered))];
        _instructions = [.. program.Finish(_results)];
        _functions = [.. program.Functions];
        _registers = new double[_instructions.Length * Batch];
    }

    /// <summary>Number of expressions.</summary>
    public int Count => _results.Length;

    /// <summary>Evaluates at n points.</summary>
    /// <param name="points">Row-major n × dimension.</param>
    /// <param name="columns">Entry c·n + i: expression c at point i.</param>
    public void Evaluate(ReadOnlySpan<double> points, Span<double> columns)
    {
        var n = points.Length / _dimension;
        for (var start = 0; start < n && Count > 0; start += Batch)
        {
            var count = Math.Min(Batch, n - start);
            Run(points.Slice(start * _dimension, count * _dimension), count);
            for (var c = 0; c < _results.Length; c++)
            {
                Register(_results[c], count).CopyTo(columns[((c * n) + start)..]);
            }
        }
    }

    private Span<double> Register(int index, int count) => _registers.AsSpan(index * Batch, count);

    private void Run(ReadOnlySpan<double> points, int count)
    {
        for (var i = 0; i < _instructions.Length; i++)
        {
            var instruction = _instructions[i];
            var (readsA, readsB) = instruction.Op.Reads();
            var a = readsA ? Register(instruction.A, count) : default;
            var b = readsB ? Register(instruction.B, count) : default;
            var result = Register(i, count);
            switch (instruction.Op)
            {
                case OpCode.Constant: result.Fill(instruction.Constant); break;
                case OpCode.Column: Gather(points, instruction.A, result); break;
                case OpCode.Known: Ask(_functions[instruction.A], points, result); break;
                case OpCode.Add: TensorPrimitives.Add(a, b, result); break;
                case OpCode.Subtract: TensorPrimitives.Subtract(a, b, result); break;
                case OpCode.Multiply: TensorPrimitives.Multiply(a, b, result); break;
                case OpCode.Divide: TensorPrimitives.Divide(a, b, result); break;
                case OpCode.Negate: TensorPrimitives.Negate(a, result); break;
                case OpCode.Scale: TensorPrimitives.Multiply(a, instruction.Constant, result); break;
                case OpCode.Offset: TensorPrimitives.Add(a, instruction.Constant, result); break;
                case OpCode.Sin: Map(a, Math.Sin, result); break;
                case OpCode.Cos: Map(a, Math.Cos, result); break;
                case OpCode.Exp: Map(a, Math.Exp, result); break;
                case OpCode.Log: Map(a, Math.Log, result); break;
                case OpCode.Sqrt: TensorPrimitives.Sqrt(a, result); break;
                case OpCode.Tanh: Map(a, Math.Tanh, result); break;
                case OpCode.Power: Raise(a, instruction.Constant, result); break;
                case OpCode.Atan: Map(a, Math.Atan, result); break;
                case OpCode.Erf: Map(a, ErrorFunction.Of, result); break;
                case OpCode.WherePositive or OpCode.WhereNotNegative: Choose(instruction.Op, a, b, result); break;
                default: throw new InvalidOperationException($"{instruction.Op} in a column.");
            }
        }
    }

    /// <summary>
    /// By the runtime's scalar functions: the vectorized ones of <see cref="TensorPrimitives"/> give other last digits once their code is
    /// compiled anew in a running process, and a resumed training must meet the same bits.
    /// </summary>
    private static void Map(ReadOnlySpan<double> a, Func<double, double> function, Span<double> result)
    {
        for (var i = 0; i < a.Length; i++)
        {
            result[i] = function(a[i]);
        }
    }

    private static void Choose(OpCode op, ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result)
    {
        for (var i = 0; i < a.Length; i++)
        {
            result[i] = op.Apply(a[i], b[i], 0);
        }
    }

    private static void Raise(ReadOnlySpan<double> a, double exponent, Span<double> result)
    {
        for (var i = 0; i < a.Length; i++)
        {
            result[i] = Math.Pow(a[i], exponent);
        }
    }

    private void Ask(Expr.KnownFunction function, ReadOnlySpan<double> points, Span<double> result)
    {
        if (function.Together is { } together)
        {
            together(points, result);
            return;
        }

        for (var i = 0; i < result.Length; i++)
        {
            result[i] = function.Function(points.Slice(i * _dimension, _dimension));
        }
    }

    private void Gather(ReadOnlySpan<double> points, int coordinate, Span<double> result)
    {
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = points[(i * _dimension) + coordinate];
        }
    }
}
