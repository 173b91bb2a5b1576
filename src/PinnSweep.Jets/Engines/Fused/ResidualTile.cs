using System.Collections.Immutable;
using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Engines.Fused.Stages;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Fused;

/// <summary>
/// The residual program at work on a tile: each instruction takes a group of points at a time, so what interpretation costs is divided by
/// 64.
/// </summary>
internal sealed unsafe class ResidualTile<TSimd, TVector, TScalar> : IDisposable
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly TileShape _shape;
    private readonly int _outputs;
    private readonly ImmutableArray<Instruction> _instructions;
    private readonly ImmutableArray<int> _results;
    private readonly bool[][] _leads;
    private readonly bool[] _leadsAny;
    private readonly AlignedBuffer<TScalar> _values;
    private readonly AlignedBuffer<TScalar> _cotangents;

    public ResidualTile(ResidualProgram program, TileShape shape)
    {
        _shape = shape;
        _outputs = program.Outputs;
        _instructions = program.Instructions;
        _results = program.Results;
        Coefficients = program.Coefficients;
        _values = new((long)_instructions.Length * shape.Points);
        _cotangents = new((long)_instructions.Length * shape.Slab);
        _leads = [.. _results.Select(result => LeadingTo([result]))];
        _leadsAny = LeadingTo(_results.AsSpan());
        for (var i = 0; i < _instructions.Length; i++)
        {
            if (_instructions[i].Op == OpCode.Constant)
            {
                new Span<TScalar>(Register(i), shape.Points).Fill(Scalar.From<TScalar>(_instructions[i].Constant));
            }
        }
    }

    /// <summary>Number of trainable coefficients; each has one vector of accumulators.</summary>
    public int Coefficients { get; }

    /// <summary>Residual j of the tile's points.</summary>
    public TScalar* Residual(int j) => Register(_results[j]);

    public void SetCoefficients(ReadOnlySpan<double> coefficients)
    {
        for (var i = 0; i < _instructions.Length; i++)
        {
            if (_instructions[i].Op == OpCode.Coefficient)
            {
                new Span<TScalar>(Register(i), _shape.Points).Fill(Scalar.From<TScalar>(coefficients[_instructions[i].A]));
            }
        }
    }

    /// <summary>Residuals from the outputs, and from those at the second points where residuals compare two.</summary>
    public void Forward(FeatureRows<TScalar> output, FeatureRows<TScalar>? across, PointSet<TScalar> points, int start)
    {
        for (var i = 0; i < _instructions.Length; i++)
        {
            var (op, a, b, constant) = _instructions[i];
            switch (op)
            {
                case OpCode.Constant or OpCode.Coefficient:
                    break;
                case OpCode.Column:
                    new Span<TScalar>(points.Columns + ((nint)a * points.Padded) + start, _shape.Points).CopyTo(new(Register(i), _shape.Points));
                    break;
                case OpCode.Jet:
                    for (var g = 0; g < _shape.Groups; g++)
                    {
                        Quad<TSimd, TVector, TScalar>.Load(a < _outputs ? Channel(output.Values, a, b, g) : Channel(across!.Values, a - _outputs, b, g)).Store(Register(i) + (g * _shape.Slab));
                    }

                    break;
                default:
                    RegisterKernels<TSimd, TVector, TScalar>.Apply(op, Register(a), Register(b), constant, Register(i), _shape.Points);
                    break;
            }
        }
    }

    /// <summary>
    /// Sets the outputs' cotangents from those of residual j, or of all residuals where <paramref name="j"/> is negative. The seeds are
    /// residual-major. The cotangents of the coefficients go to a vector each, added to, or to a number for each point; null where not
    /// wanted.
    /// </summary>
    public void Reverse(
        int j, TScalar* seeds, FeatureRows<TScalar> output, FeatureRows<TScalar>? across, TScalar* coefficientSums, bool first, TScalar* coefficientPoints = null)
    {
        new Span<TScalar>(output.Cotangents, output.Width * (int)_shape.Stride).Clear();
        if (across is not null)
        {
            new Span<TScalar>(across.Cotangents, across.Width * (int)_shape.Stride).Clear();
        }

        if (coefficientSums != null && first)
        {
            new Span<TScalar>(coefficientSums, Coefficients * TSimd.Lanes).Clear();
        }

        var leads = j < 0 ? _leadsAny : _leads[j];
        for (var g = 0; g < _shape.Groups; g++)
        {
            new Span<TScalar>(_cotangents.Pointer, _instructions.Length * _shape.Slab).Clear();
            for (var k = 0; k < _results.Length; k++)
            {
                if (j < 0 || j == k)
                {
                    RowKernels<TSimd, TVector, TScalar>.Copy(seeds + (k * _shape.Points) + (g * _shape.Slab), Cotangent(_results[k]), 4, accumulate: true);
                }
            }

            for (var i = _instructions.Length - 1; i >= 0; i--)
            {
                if (leads[i])
                {
                    Reverse(i, g, output, across, coefficientSums, coefficientPoints);
                }
            }
        }
    }

    public void Dispose()
    {
        _values.Dispose();
        _cotangents.Dispose();
    }

    private void Reverse(int i, int g, FeatureRows<TScalar> output, FeatureRows<TScalar>? across, TScalar* coefficientSums, TScalar* coefficientPoints)
    {
        var (op, a, b, constant) = _instructions[i];
        switch (op)
        {
            case OpCode.Constant or OpCode.Column:
                break;
            case OpCode.Jet:
                RowKernels<TSimd, TVector, TScalar>.Copy(
                    Cotangent(i), a < _outputs ? Channel(output.Cotangents, a, b, g) : Channel(across!.Cotangents, a - _outputs, b, g), 4, accumulate: true);
                break;
            case OpCode.Coefficient:
                if (coefficientSums != null)
                {
                    var sum = RegisterKernels<TSimd, TVector, TScalar>.Sum(Cotangent(i), _shape.Slab);
                    TSimd.Store(coefficientSums + (a * TSimd.Lanes), TSimd.Add(TSimd.Load(coefficientSums + (a * TSimd.Lanes)), sum));
                }

                if (coefficientPoints != null)
                {
                    RowKernels<TSimd, TVector, TScalar>.Copy(Cotangent(i), coefficientPoints + (a * _shape.Points) + (g * _shape.Slab), 4, accumulate: true);
                }

                break;
            default:
                var offset = g * _shape.Slab;
                RegisterKernels<TSimd, TVector, TScalar>.Adjoint(
                    op, Register(a) + offset, Register(b) + offset, constant, Register(i) + offset, Cotangent(i), Cotangent(a), Cotangent(b), _shape.Slab);
                break;
        }
    }

    private TScalar* Register(int i) => _values.Pointer + ((nint)i * _shape.Points);

    private TScalar* Cotangent(int i) => _cotangents.Pointer + ((nint)i * _shape.Slab);

    private TScalar* Channel(TScalar* rows, int output, int channel, int g) => rows + (output * _shape.Stride) + (g * _shape.Group) + (channel * _shape.Slab);

    private bool[] LeadingTo(ReadOnlySpan<int> results)
    {
        var leads = new bool[_instructions.Length];
        foreach (var result in results)
        {
            leads[result] = true;
        }

        for (var i = leads.Length - 1; i >= 0; i--)
        {
            if (leads[i] && _instructions[i].Op.Reads().A)
            {
                leads[_instructions[i].A] = true;
                if (_instructions[i].Op.Reads().B)
                {
                    leads[_instructions[i].B] = true;
                }
            }
        }

        return leads;
    }
}
