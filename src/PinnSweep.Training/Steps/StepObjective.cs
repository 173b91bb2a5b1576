using System.Numerics.Tensors;
using PinnSweep.Jets.Engines;
using PinnSweep.Methods.Events;
using PinnSweep.Methods.Networks;
using PinnSweep.Methods.Optimizers;

namespace PinnSweep.Training.Steps;

/// <summary>
/// The loss of the current step for its optimizer: the weights of terms as <see cref="Begin"/> found them, those of points as the passes
/// took them.
/// </summary>
internal sealed class StepObjective(TermPasses passes, IJetEngine engine, EventCounts events, IParameterPenalty? penalty = null) : IObjective
{
    private readonly double[] _weights = new double[passes.Terms];

    /// <inheritdoc/>
    public int RowBlocks
    {
        get
        {
            var blocks = 0;
            for (var k = 0; k < passes.Terms; k++)
            {
                blocks += BlocksOf(k);
            }

            return blocks;
        }
    }

    /// <summary>A step begins: from here to the next call these are the weights of terms.</summary>
    public void Begin(ReadOnlySpan<double> termWeights) => termWeights.CopyTo(_weights);

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        events.Count(gradient.IsEmpty ? OptimizerEvents.Values : OptimizerEvents.Gradients);
        engine.SetParameters(theta);
        return passes.Probe(theta, _weights, gradient) + (penalty?.Add(theta, gradient) ?? 0);
    }

    /// <inheritdoc/>
    public int Rows(ReadOnlySpan<double> theta, int block, Span<double> residuals, Span<double> rows)
    {
        if (block == 0)
        {
            events.Count(OptimizerEvents.Jacobians);
        }

        engine.SetParameters(theta);
        var (term, index) = (0, block);
        while (index >= BlocksOf(term))
        {
            index -= BlocksOf(term++);
        }

        var first = index * ObjectiveRows.Most;
        var points = passes.PointCount(term);
        var count = Math.Min(ObjectiveRows.Most, points - first);
        residuals = residuals[..count];
        passes.Rows(term, first, residuals, rows[..(count * theta.Length)]);
        var weights = passes.PointWeights(term);
        for (var i = 0; i < count; i++)
        {
            var weight = _weights[term] * (weights.IsEmpty ? 1 : weights[first + i]) / points;
            if (weight < 0)
            {
                events.Count(OptimizerEvents.NegativeWeight);
                weight = 0;
            }

            var factor = Math.Sqrt(weight);
            residuals[i] *= factor;
            var row = rows.Slice(i * theta.Length, theta.Length);
            TensorPrimitives.Multiply(row, factor, row);
        }

        return count;
    }

    private int BlocksOf(int term) => (passes.PointCount(term) + ObjectiveRows.Most - 1) / ObjectiveRows.Most;
}
