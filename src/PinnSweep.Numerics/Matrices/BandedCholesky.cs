using System.Numerics.Tensors;

namespace PinnSweep.Numerics.Matrices;

/// <summary>
/// A symmetric positive definite matrix with entries beside its diagonal only, and its factor LLᵀ in place. Rows are stored from the band's left end to
/// the diagonal, so that both the factor and the solution are sums along rows.
/// </summary>
/// <param name="size">Rows.</param>
/// <param name="band">How far the entries of a row reach to the left of the diagonal.</param>
internal sealed class BandedCholesky(int size, int band)
{
    private readonly int _stride = band + 1;
    private readonly double[] _rows = new double[(long)size * (band + 1)];

    /// <summary>Adds to entry (i, j), j ≤ i ≤ j + band.</summary>
    public void Add(int i, int j, double value) => _rows[(i * _stride) + j - i + band] += value;

    /// <summary>Replaces the matrix by its factor.</summary>
    public void Factor()
    {
        for (var i = 0; i < size; i++)
        {
            var first = Math.Max(0, i - band);
            for (var j = first; j <= i; j++)
            {
                var from = Math.Max(first, j - band);
                var sum = Row(i, j) - TensorPrimitives.Dot(Part(i, from, j), Part(j, from, j));
                Row(i, j) = j < i ? sum / Row(j, j) : sum > 0 ? Math.Sqrt(sum) : throw new InvalidOperationException($"The matrix is not positive definite: pivot {i} is {sum}.");
            }
        }
    }

    /// <summary>Solves LLᵀx = b in place.</summary>
    public void Solve(Span<double> b)
    {
        for (var i = 0; i < size; i++)
        {
            var first = Math.Max(0, i - band);
            b[i] = (b[i] - TensorPrimitives.Dot<double>(Part(i, first, i), b[first..i])) / Row(i, i);
        }

        for (var i = size - 1; i >= 0; i--)
        {
            b[i] /= Row(i, i);
            var first = Math.Max(0, i - band);
            TensorPrimitives.MultiplyAdd(Part(i, first, i), -b[i], b[first..i], b[first..i]);
        }
    }

    private ref double Row(int i, int j) => ref _rows[(i * _stride) + j - i + band];

    private ReadOnlySpan<double> Part(int i, int from, int to) => _rows.AsSpan((i * _stride) + from - i + band, to - from);
}
