using System.Collections.Immutable;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// Constant weights: L = Σ λ_k L_k, λ_k = 1 unless given. Under Adam only ratios matter, up to its ε. Published settings: 100 on the
/// initial condition of Allen–Cahn (arXiv 2009.04544), 1 on everything in most baselines.
/// </summary>
internal sealed class StaticWeights : IBalancer, IGradientsOnDemand
{
    private static readonly Parameter<ImmutableSortedDictionary<string, double>> Weights = MethodParameters.PerTerm(
        "weights", "weight by term; 1 for terms that are not listed");

    private readonly double[] _weights;

    private StaticWeights(BalancerContext context, Level level)
    {
        var given = Weights.Of(level);
        _weights = [.. context.Terms.Select(term => given.GetValueOrDefault(term.Name, 1))];
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "static",
            "constant weights, 1 unless given",
            "the weighted sum of Raissi, Perdikaris, Karniadakis, J. Comput. Phys. 378 (2019) 686, doi 10.1016/j.jcp.2018.10.045",
            [Weights]),
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, level) => new StaticWeights(context, level))
    {
        KeyedByTerm = [Weights],
    };

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights;

    /// <inheritdoc/>
    public bool IsConstant => true;

    /// <inheritdoc/>
    public bool NeedsTermGradients(int step) => false;

    /// <inheritdoc/>
    public void State(StateArchive archive) => archive.Vector("static.weights", _weights);
}
