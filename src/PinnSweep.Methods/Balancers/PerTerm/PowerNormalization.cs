using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// Constant weights from physical scales, after the idea of "W-PINN": all terms are expressed in one physical quantity before they are
/// added. λ_k = (s_ref / s_k)², s_k the characteristic size of the term's residual in the problem's units.
/// </summary>
/// <remarks>
/// A reconstruction: of the source only the abstract (power in watts for thermal problems, constant factors) was available, not its
/// factors. No fidelity to its numbers is claimed. The scales are the problem's own unless the level gives others.
/// </remarks>
internal sealed class PowerNormalization : IBalancer, IGradientsOnDemand
{
    private static readonly Parameter<ImmutableSortedDictionary<string, double>> Scales = MethodParameters.PerTerm(
        "scales",
        "characteristic size of a term's residual in the problem's units; the problem's own where a term is not listed",
        minimum: double.Epsilon);
    private static readonly Parameter<Against> Reference = MethodParameters.Choice(
        "reference", "residual: the residual keeps weight 1; none: every term is made dimensionless", Against.Residual, Against.None);

    private readonly double[] _weights;

    private PowerNormalization(BalancerContext context, Level level)
    {
        _weights = Weights(level, [.. context.Terms.Select(term => (term.Name, term.Scale))], context.Reference);
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "power-normalization",
            "constant weights from the terms' physical scales (a reconstruction)",
            "after the abstract of Preprints.org 2024, doi 10.20944/preprints202408.0528.v1; its factors were not available",
            [Scales, Reference]),
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, level) => new PowerNormalization(context, level))
    {
        KeyedByTerm = [Scales],
        WhyNotApplicable = (cell, problem) => WhyNot(cell.Balancer, problem),
    };

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights;

    /// <inheritdoc/>
    public bool NeedsTermGradients(int step) => false;

    /// <inheritdoc/>
    public void State(StateArchive archive) => archive.Vector("power.weights", _weights);

    private static double[] Weights(Level level, (string Name, double Scale)[] terms, int residual)
    {
        var given = Scales.Of(level);
        var scales = terms.Select(term => given.GetValueOrDefault(term.Name, term.Scale)).ToArray();
        var reference = Reference.Of(level) == Against.Residual ? scales[residual] : 1;
        return [.. scales.Select(scale => reference / scale * (reference / scale))];
    }

    /// <summary>Scales that are too far apart for weights, which a problem's own terms may be beside given ones.</summary>
    private static string? WhyNot(Level level, Problem problem)
    {
        var terms = problem.Terms;
        var residual = Math.Max(0, Array.FindIndex([.. terms], term => term.Role == TermRole.Residual));
        var weights = Weights(level, [.. terms.Select(term => (term.Name, term.Scale))], residual);
        var bad = Array.FindIndex(weights, weight => !double.IsFinite(weight) || weight <= 0);
        return bad < 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"the scale {Scales.Of(level).GetValueOrDefault(terms[bad].Name, terms[bad].Scale)} of term '{terms[bad].Name}' gives the weight {weights[bad]}; scales must be positive and comparable");
    }

    private enum Against
    {
        Residual,
        None,
    }
}
