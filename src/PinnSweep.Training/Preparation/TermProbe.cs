using System.Numerics.Tensors;
using PinnSweep.Jets.Engines;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Samplers;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Training.Preparation;

/// <summary>
/// Answers a balancer's questions about points. Squared norms of single gradients come without the gradients where the engine can; where it
/// cannot, or where their sum is wanted, rows come a block of points at a time, so memory does not grow with their number.
/// </summary>
public sealed class TermProbe(Problem problem, ISampler sampler, IJetEngine engine) : ITermProbe, IDisposable
{
    private const int Block = 64;
    private readonly ILossPass?[] _passes = new ILossPass?[problem.Terms.Length];
    private readonly int _parameters = engine.Network.ParameterCount + problem.Coefficients;
    private readonly double[] _residuals = new double[Block];
    private double[] _points = [];
    private double[] _rows = [];

    /// <inheritdoc/>
    public ReadOnlySpan<double> Coordinates(int term) => sampler.Points(term);

    /// <inheritdoc/>
    public void ResidualGradients(int term, ReadOnlySpan<double> weights, Span<double> squaredNorms, Span<double> sum)
    {
        var pass = _passes[term] ??= engine.CreatePass(problem.Compile([problem.Terms[term]]));
        if (!sum.IsEmpty || !TrySquaredNorms(pass, term, squaredNorms))
        {
            ByRows(pass, term, weights, squaredNorms, sum);
            return;
        }

        for (var i = 0; i < squaredNorms.Length && !weights.IsEmpty; i++)
        {
            squaredNorms[i] *= weights[Source(i, squaredNorms.Length, weights.Length)];
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

    private bool TrySquaredNorms(ILossPass pass, int term, Span<double> squaredNorms)
    {
        pass.SetPoints(TakePoints(term, 0, squaredNorms.Length, squaredNorms.Length));
        return pass.TrySquaredNorms(0, squaredNorms);
    }

    private void ByRows(ILossPass pass, int term, ReadOnlySpan<double> weights, Span<double> squaredNorms, Span<double> sum)
    {
        if (_rows.Length == 0)
        {
            _rows = new double[Block * _parameters];
        }

        sum.Clear();
        for (var first = 0; first < squaredNorms.Length; first += Block)
        {
            var count = Math.Min(Block, squaredNorms.Length - first);
            pass.SetPoints(TakePoints(term, first, count, squaredNorms.Length));
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

    private ReadOnlySpan<double> TakePoints(int term, int first, int count, int wanted)
    {
        var all = sampler.Points(term);
        var n = all.Length / problem.Dimension;
        if (count == n)
        {
            return all;
        }

        if (_points.Length < count * problem.Dimension)
        {
            _points = new double[count * problem.Dimension];
        }

        for (var i = 0; i < count; i++)
        {
            all.Slice(Source(first + i, wanted, n) * problem.Dimension, problem.Dimension).CopyTo(_points.AsSpan(i * problem.Dimension));
        }

        return _points.AsSpan(0, count * problem.Dimension);
    }
}
