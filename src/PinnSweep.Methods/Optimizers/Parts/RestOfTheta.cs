using System.Collections.Immutable;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Moments;

namespace PinnSweep.Methods.Optimizers.Parts;

/// <summary>The entries of θ outside the weight matrices, gathered into one vector for an optimizer of their own.</summary>
internal sealed class RestOfTheta
{
    private readonly ImmutableArray<(int Offset, int Length)> _pieces;
    [Scratch] private readonly double[] _theta;
    [Scratch] private readonly double[] _gradient;
    private readonly IAdamMoments _moments;

    public RestOfTheta(OptimizerContext context, double beta1, double beta2, double epsilon, bool single)
    {
        _pieces = [.. Pieces(context)];
        var length = _pieces.Sum(piece => piece.Length);
        (_theta, _gradient) = (new double[length], new double[length]);
        _moments = AdamMoments.Of(single, length, beta1, beta2, epsilon);
    }

    /// <summary>A step of Adam on them.</summary>
    public void Step(Span<double> theta, ReadOnlySpan<double> gradient, double rate)
    {
        var next = 0;
        foreach (var (offset, length) in _pieces)
        {
            theta.Slice(offset, length).CopyTo(_theta.AsSpan(next));
            gradient.Slice(offset, length).CopyTo(_gradient.AsSpan(next));
            next += length;
        }

        _moments.Step(_theta, _gradient, rate);
        next = 0;
        foreach (var (offset, length) in _pieces)
        {
            _theta.AsSpan(next, length).CopyTo(theta[offset..]);
            next += length;
        }
    }

    public void State(StateArchive archive) => _moments.State(archive);

    private static IEnumerable<(int Offset, int Length)> Pieces(OptimizerContext context)
    {
        var from = 0;
        foreach (var matrix in context.Matrices)
        {
            if (matrix.Offset > from)
            {
                yield return (from, matrix.Offset - from);
            }

            from = matrix.Offset + matrix.Length;
        }

        if (context.ParameterCount > from)
        {
            yield return (from, context.ParameterCount - from);
        }
    }
}
