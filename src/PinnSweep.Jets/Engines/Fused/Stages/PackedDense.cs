using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>
/// A weight matrix in the order its kernels read it, once for values and once, transposed, for cotangents. Shared by all passes.
/// </summary>
internal sealed unsafe class PackedDense<TSimd, TVector, TScalar> : IDisposable
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly AlignedBuffer<TScalar> _forward;
    private readonly AlignedBuffer<TScalar> _transposed;
    private readonly AlignedBuffer<TScalar> _bias;

    public PackedDense(int rows, int columns, bool factorized = false)
    {
        Rows = new(rows, TSimd.BlockRows);
        Columns = new(columns, TSimd.BlockRows);
        _forward = new((long)rows * columns);
        _transposed = new((long)rows * columns);
        _bias = new(rows);
        Factors = factorized ? new double[rows] : null;
    }

    public Blocking Rows { get; }

    public Blocking Columns { get; }

    public TScalar* Forward => _forward.Pointer;

    public TScalar* Transposed => _transposed.Pointer;

    public TScalar* Bias => _bias.Pointer;

    /// <summary>exp(sᵢ) of each row under random weight factorization.</summary>
    public double[]? Factors { get; }

    /// <summary>Packs a row-major matrix, its bias (or none) and the logarithms of its rows' factors (or none).</summary>
    public void Pack(ReadOnlySpan<double> matrix, ReadOnlySpan<double> bias, ReadOnlySpan<double> scales)
    {
        for (var i = 0; i < scales.Length; i++)
        {
            Factors![i] = Math.Exp(scales[i]);
        }

        Pack(matrix, Forward, Rows, Columns.Rows, 1);
        Pack(matrix, Transposed, Columns, 1, Columns.Rows);
        for (var i = 0; i < bias.Length; i++)
        {
            Bias[i] = Scalar.From<TScalar>(bias[i]);
        }
    }

    public void Dispose()
    {
        _forward.Dispose();
        _transposed.Dispose();
        _bias.Dispose();
    }

    private void Pack(ReadOnlySpan<double> matrix, TScalar* packed, Blocking blocks, int rowStep, int columnStep)
    {
        var transposed = columnStep != 1;
        var columns = matrix.Length / blocks.Rows;
        var row = 0;
        for (var block = 0; block < blocks.Count; block++)
        {
            var size = blocks.Size(block);
            for (var column = 0; column < columns; column++)
            {
                for (var i = row; i < row + size; i++)
                {
                    var factor = Factors is null ? 1 : Factors[transposed ? column : i];
                    *packed++ = Scalar.From<TScalar>(factor * matrix[(i * rowStep) + (column * columnStep)]);
                }
            }

            row += size;
        }
    }
}
