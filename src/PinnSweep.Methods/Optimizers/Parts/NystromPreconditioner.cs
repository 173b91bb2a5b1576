using System.Numerics.Tensors;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Matrices;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Methods.Optimizers.Parts;

/// <summary>
/// The randomized Nyström approximation H ≈ U Λ Uᵀ of rank k and the preconditioner made of it (Frangella, Tropp, Udell, arXiv 2110.02820,
/// algorithms 2.1 and 3.1): P⁻¹ v = (λ_k + μ) U (Λ + μ)⁻¹ Uᵀ v + v − U Uᵀ v. Rows of the buffers are the columns of the paper's matrices.
/// </summary>
/// <remarks>
/// The eigenvectors of B = Y C⁻¹ come from those of BᵀB, so eigenvalues below 10⁻⁸ of the largest are rounding, which a preconditioner
/// bears. A Hessian may be indefinite: where the shifted QᵀY has no Cholesky factor the shift grows tenfold up to the largest eigenvalue,
/// and after that the preconditioner is the identity.
/// </remarks>
internal sealed class NystromPreconditioner : IStateful
{
    private readonly int _size;
    [Scratch] private readonly double[] _q;
    [Scratch] private readonly double[] _y;
    private readonly double[] _u;
    private readonly double[] _eigenvalues;
    [Scratch] private readonly double[] _small;
    [Scratch] private readonly double[] _factor;
    [Scratch] private readonly double[] _vectors;
    [Scratch] private readonly double[] _shares;
    private readonly SymmetricEigen _eigen;
    private bool _isIdentity = true;

    public NystromPreconditioner(int size, int rank)
    {
        (_size, Rank) = (size, rank);
        (_q, _y, _u) = (new double[rank * size], new double[rank * size], new double[rank * size]);
        (_eigenvalues, _shares) = (new double[rank], new double[rank]);
        (_small, _factor, _vectors) = (new double[rank * rank], new double[rank * rank], new double[rank * rank]);
        _eigen = new(rank);
    }

    /// <summary>k.</summary>
    public int Rank { get; }

    /// <summary>Numbers drawn for a sketch.</summary>
    public int SketchLength => _q.Length;

    /// <summary>Draws k orthonormal directions.</summary>
    public void BeginSketch(RandomStream stream)
    {
        foreach (ref var value in _q.AsSpan())
        {
            value = stream.NextGaussian();
        }

        for (var k = 0; k < Rank; k++)
        {
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < k; j++)
                {
                    TensorPrimitives.MultiplyAdd(Row(_q, j), -Vectors.Dot(Row(_q, j), Row(_q, k)), Row(_q, k), Row(_q, k));
                }
            }

            TensorPrimitives.Divide(Row(_q, k), Vectors.Norm(Row(_q, k)), Row(_q, k));
        }
    }

    /// <summary>Direction k of the sketch.</summary>
    public ReadOnlySpan<double> Sketched(int k) => Row(_q, k);

    /// <summary>Takes H times direction k.</summary>
    public Span<double> Product(int k) => Row(_y, k);

    /// <summary>Makes the preconditioner of the sketch and its products.</summary>
    /// <returns>Whether there is one; without, <see cref="Apply"/> copies.</returns>
    public bool TryFinish()
    {
        var norm = Vectors.Norm(_y);
        _isIdentity = !double.IsFinite(norm) || norm == 0;
        var shift = Math.Sqrt(_size) * Math.ScaleB(1, -52) * norm;
        while (!_isIdentity && !TryFactor(shift))
        {
            shift *= 10;
            _isIdentity = shift > norm;
        }

        if (_isIdentity)
        {
            return false;
        }

        // Rows of B = Y_ν C⁻¹ with CᵀC = Qᵀ Y_ν: forward substitution over the rows, C upper triangular.
        for (var k = 0; k < Rank; k++)
        {
            var row = Row(_u, k);
            TensorPrimitives.MultiplyAdd(Row(_q, k), shift, Row(_y, k), row);
            for (var j = 0; j < k; j++)
            {
                TensorPrimitives.MultiplyAdd(Row(_u, j), -_factor[(j * Rank) + k], row, row);
            }

            TensorPrimitives.Divide(row, _factor[(k * Rank) + k], row);
        }

        Gram(_u, _u, 0);
        _eigen.Vectors(_small, _vectors);
        Combine(shift);
        return true;
    }

    /// <summary>result = P⁻¹ v.</summary>
    public void Apply(ReadOnlySpan<double> vector, double damping, Span<double> result)
    {
        vector.CopyTo(result);
        if (_isIdentity)
        {
            return;
        }

        var least = _eigenvalues[Rank - 1] + damping;
        for (var k = 0; k < Rank; k++)
        {
            _shares[k] = Vectors.Dot(Row(_u, k), vector) * ((least / (_eigenvalues[k] + damping)) - 1);
        }

        for (var k = 0; k < Rank; k++)
        {
            TensorPrimitives.MultiplyAdd(Row(_u, k), _shares[k], result, result);
        }
    }

    /// <summary>Rounds what is kept until the next sketch to single precision.</summary>
    public void RoundToSingle()
    {
        Flat.RoundToSingle(_u);
        Flat.RoundToSingle(_eigenvalues);
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Flag("nystrom.identity", ref _isIdentity);
        archive.Vector("nystrom.vectors", _u);
        archive.Vector("nystrom.values", _eigenvalues);
    }

    private Span<double> Row(double[] rows, int k) => rows.AsSpan(k * _size, _size);

    /// <summary>The k × k products of rows, the mean of both halves, with a shift on the diagonal.</summary>
    private void Gram(double[] a, double[] b, double shift)
    {
        for (var i = 0; i < Rank; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var value = 0.5 * (Vectors.Dot(Row(a, i), Row(b, j)) + Vectors.Dot(Row(a, j), Row(b, i)));
                _small[(i * Rank) + j] = _small[(j * Rank) + i] = value + (i == j ? shift : 0);
            }
        }
    }

    /// <summary>The upper Cholesky factor of Qᵀ (Y + shift Q).</summary>
    private bool TryFactor(double shift)
    {
        Gram(_q, _y, shift);
        _small.CopyTo(_factor, 0);
        for (var i = 0; i < Rank; i++)
        {
            for (var k = 0; k < i; k++)
            {
                var share = _factor[(k * Rank) + i];
                for (var j = i; j < Rank; j++)
                {
                    _factor[(i * Rank) + j] -= share * _factor[(k * Rank) + j];
                }
            }

            var pivot = _factor[(i * Rank) + i];
            if (!(pivot > 0) || !double.IsFinite(pivot))
            {
                return false;
            }

            var root = Math.Sqrt(pivot);
            for (var j = i; j < Rank; j++)
            {
                _factor[(i * Rank) + j] /= root;
            }
        }

        return true;
    }

    /// <summary>U = B V Σ⁻¹ and Λ = max(0, Σ² − shift). Directions that vanish get no share.</summary>
    private void Combine(double shift)
    {
        _u.CopyTo(_y, 0);
        for (var e = 0; e < Rank; e++)
        {
            var row = Row(_u, e);
            row.Clear();
            for (var k = 0; k < Rank; k++)
            {
                TensorPrimitives.MultiplyAdd(Row(_y, k), _vectors[(k * Rank) + e], row, row);
            }

            var norm = Vectors.Norm(row);
            _eigenvalues[e] = Math.Max(0, (norm * norm) - shift);
            TensorPrimitives.Multiply(row, norm > 0 ? 1 / norm : 0, row);
        }
    }
}
