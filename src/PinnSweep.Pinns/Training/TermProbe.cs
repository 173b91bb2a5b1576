using System.Numerics.Tensors;
using PinnSweep.Jets;

namespace PinnSweep.Pinns;

/// <summary>
/// Answers a balancer's questions about points. Gradients of single residuals come a block of points at a time, so memory does not grow
/// with their number.
/// </summary>
public sealed class TermProbe(Problem problem, ISampler sampler, IJetEngine engine) : ITermProbe, IDisposable
{
    private const int Block = 64;
    private readonly ILossPass?[] _passes = new ILossPass?[problem.Terms.Length];
    private readonly int _parameters = engine.Network.ParameterCount + problem.Coefficients;
    private readonly double[] _residuals = new double[Block];
    private readonly double[] _points = new double[Block * problem.Dimension];
    private double[] _rows = [];

    /// <inheritdoc/>
    public ReadOnlySpan<double> Coordinates(int term) => sampler.Points(term);

    /// <inheritdoc/>
    public void ResidualGradients(int term, ReadOnlySpan<double> weights, Span<double> squaredNorms, Span<double> sum)
    {
        var pass = _passes[term] ??= engine.CreatePass(problem.Compile([problem.Terms[term]]));
        if (_rows.Length == 0)
        {
            _rows = new double[Block * _parameters];
        }

        sum.Clear();
        for (var first = 0; first < squaredNorms.Length; first += Block)
        {
            var count = Math.Min(Block, squaredNorms.Length - first);
            TakePoints(term, first, count, squaredNorms.Length);
            pass.SetPoints(_points.AsSpan(0, count * problem.Dimension));
            pass.Jacobian(0, _residuals.AsSpan(0, count), _rows.AsSpan(0, count * _parameters));
            for (var i = 0; i < count; i++)
            {
                var row = _rows.AsSpan(i * _parameters, _parameters);
                if (!weights.IsEmpty)
                {
                    TensorPrimitives.Multiply(row, Math.Sqrt(weights[Source(first + i, squaredNorms.Length, weights.Length)]), row);
                }

                squaredNorms[first + i] = TensorPrimitives.SumOfSquares<double>(row);
                if (!sum.IsEmpty)
                {
                    TensorPrimitives.Add(sum, row, sum);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pass in _passes)
        {
            pass?.Dispose();
        }
    }

    /// <summary>Point i of the wanted ones is point ⌊i n / wanted⌋ of the term's n.</summary>
    private static int Source(int i, int wanted, int n) => (int)((long)i * n / wanted);

    private void TakePoints(int term, int first, int count, int wanted)
    {
        var all = sampler.Points(term);
        var n = all.Length / problem.Dimension;
        for (var i = 0; i < count; i++)
        {
            var source = Source(first + i, wanted, n);
            all.Slice(source * problem.Dimension, problem.Dimension).CopyTo(_points.AsSpan(i * problem.Dimension));
        }
    }
}
