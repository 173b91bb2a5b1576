using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.OnGradients;

/// <summary>
/// Dual cone gradient descent, DCGD (Hwang and Lim, arXiv 2409.18426, algorithms 1–4) for two groups: g_r, the gradient of all residual
/// terms, g_b that of all conditions. The direction is kept in the cone where neither group's loss rises.
/// </summary>
/// <remarks>
/// <c>center</c>: g_c = g_r/‖g_r‖ + g_b/‖g_b‖, d = ⟨g_c, g_r + g_b⟩ / ‖g_c‖² · g_c. <c>projection</c>: where g = g_r + g_b has a negative
/// product with one group, g without its projection on that group, else g. <c>average</c>: in the same case half the sum of g without its
/// projection on each group. A group without gradient leaves the plain sum; opposed groups (1 + cos below 1e-12, where the paper stops)
/// give the direction zero; both are counted.
/// </remarks>
internal sealed class DualConeGradient : IBalancer
{
    private static readonly Parameter<Direction> Variant = MethodParameters.Choice(
        "variant",
        "center, projection or average (arXiv 2409.18426: center is the best)",
        Direction.Center, Direction.Projection, Direction.Average);

    private readonly TermWeightVector _weights;
    private readonly TermGroups _groups;
    private readonly GradientGram _gram;
    private readonly EventCounts _events;
    private readonly Direction _variant;

    private DualConeGradient(BalancerContext context, Level level)
    {
        _weights = new(context.Terms.Length, 1, context.Events);
        _groups = new(context);
        _gram = new(context.Terms.Length, context.Events);
        _events = context.Events;
        _variant = Variant.Of(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "dcgd",
            "a direction in the dual cone of the residuals' and the conditions' gradients",
            "Hwang, Lim, NeurIPS 2024, arXiv 2409.18426",
            [Variant]),
        Granularity.Gradient,
        ScaleBehaviour.Invariant,
        (context, level) => new DualConeGradient(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (!_gram.Take(observation.Gradients))
        {
            return 1;
        }

        var (rr, rb, bb) = (Product(true, true), Product(true, false), Product(false, false));
        var (residual, condition) = rr > 0 && bb > 0 ? Coefficients(rr, rb, bb) : (1, 1);
        if (!double.IsFinite(residual) || !double.IsFinite(condition))
        {
            _events.Count(BalancerEvents.NonFiniteWeight);
            return 1;
        }

        for (var k = 0; k < _weights.Count; k++)
        {
            _weights.Set(k, _groups.IsResidual(k) ? residual : condition);
        }

        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive) => _weights.State(archive);

    private (double Residual, double Condition) Coefficients(double rr, double rb, double bb)
    {
        var (r, b) = (Math.Sqrt(rr), Math.Sqrt(bb));
        var cosine = rb / r / b;
        if (1 + cosine < 1e-12)
        {
            _events.Count(BalancerEvents.OpposedGradients);
            return (0, 0);
        }

        // ⟨g, g_r⟩ and ⟨g, g_b⟩ cannot both be negative: they add up to ‖g‖².
        var (withResidual, withCondition) = (rr + rb, rb + bb);
        switch (_variant)
        {
            case Direction.Center:
                var length = ((withResidual / r) + (withCondition / b)) / (2 + (2 * cosine));
                return (length / r, length / b);
            case Direction.Projection:
                return withResidual < 0 ? (-rb / rr, 1) : withCondition < 0 ? (1, -rb / bb) : (1, 1);
            default:
                return withResidual < 0 || withCondition < 0 ? (0.5 * (1 - (rb / rr)), 0.5 * (1 - (rb / bb))) : (1, 1);
        }
    }

    /// <summary>The inner product of the sums of two groups.</summary>
    private double Product(bool first, bool second)
    {
        var product = 0.0;
        for (var i = 0; i < _weights.Count; i++)
        {
            for (var j = 0; j < _weights.Count; j++)
            {
                product += _groups.IsResidual(i) == first && _groups.IsResidual(j) == second ? _gram[i, j] : 0;
            }
        }

        return product;
    }

    private enum Direction
    {
        Center,
        Projection,
        Average,
    }
}
