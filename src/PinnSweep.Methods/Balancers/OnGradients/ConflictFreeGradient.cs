using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Methods.Balancers.OnGradients;

/// <summary>
/// ConFIG (Liu, Chu, Thuerey, arXiv 2408.11104, eqs. 2–3): the direction that has the same positive cosine with every gradient, as long as
/// the sum of the gradients' projections on it: d = (Σ_k ⟨g_k, x/‖x‖⟩) x/‖x‖, x = pinv(Û) 1.
/// </summary>
/// <remarks>
/// Solved in the span of the gradients (K × K) instead of by a decomposition of K × P. Zero gradients take no part; for exactly opposed
/// gradients the direction is zero, as in the authors' code, and it is counted. For two terms it equals the centre variant of DCGD.
/// </remarks>
internal sealed class ConflictFreeGradient : IBalancer
{
    private readonly TermWeightVector _weights;
    private readonly GradientGram _gram;
    private readonly ConflictFreeDirection _direction;
    [Scratch] private readonly double[] _coefficients;

    private ConflictFreeGradient(BalancerContext context)
    {
        var terms = context.Terms.Length;
        _weights = new(terms, 1, context.Events);
        _gram = new(terms, context.Events);
        _direction = new(terms, context.Events);
        _coefficients = new double[terms];
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "config",
            "the direction with equal positive cosines to all gradients",
            "Liu, Chu, Thuerey, ICLR 2025, arXiv 2408.11104",
            []),
        Granularity.Gradient,
        ScaleBehaviour.Invariant,
        (context, _) => new ConflictFreeGradient(context));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (_gram.Take(observation.Gradients))
        {
            _direction.Coefficients(_gram, _coefficients);
            _weights.Set(_coefficients);
        }

        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive) => _weights.State(archive);
}
