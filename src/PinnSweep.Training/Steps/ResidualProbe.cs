using System.Collections.Immutable;
using PinnSweep.Jets.Engines;
using PinnSweep.Methods.Samplers;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Training.Steps;

/// <summary>
/// Residuals of the differential equations at points that are not in use, a block at a time, so memory does not grow with their number.
/// </summary>
internal sealed class ResidualProbe(Problem problem, IJetEngine engine) : IResidualProbe, IDisposable
{
    private const int Block = 4096;
    private readonly ImmutableArray<LossTerm> _equations = [.. problem.Terms.Where(term => term.PointSet == PointSets.Interior)];
    private ILossPass? _pass;
    private double[] _residuals = [];
    private double[] _losses = [];

    /// <inheritdoc/>
    public void Magnitudes(ReadOnlySpan<double> points, Span<double> magnitudes)
    {
        _pass ??= engine.CreatePass(problem.Compile(_equations));
        if (_losses.Length == 0)
        {
            (_losses, _residuals) = (new double[2 * _equations.Length], new double[_equations.Length * Block]);
        }

        for (var first = 0; first < magnitudes.Length; first += Block)
        {
            var count = Math.Min(Block, magnitudes.Length - first);
            _pass.SetPoints(points.Slice(first * problem.Dimension, count * problem.Dimension));
            _pass.Run([], _losses.AsSpan(0, _equations.Length), _losses.AsSpan(_equations.Length), _residuals.AsSpan(0, _equations.Length * count), []);
            for (var i = 0; i < count; i++)
            {
                var square = 0.0;
                for (var j = 0; j < _equations.Length; j++)
                {
                    square += _residuals[(j * count) + i] * _residuals[(j * count) + i];
                }

                magnitudes[first + i] = double.IsFinite(square) ? Math.Sqrt(square) : 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _pass?.Dispose();
}
