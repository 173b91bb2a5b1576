using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// Relative loss balancing with random lookback (Bischof and Kraus, arXiv 2110.09813, eq. 11). With K terms and
/// bal(t, t′) = K softmax_k(L_k(t) / (T L_k(t′) + ε)):
/// hist = ρ λ(t − 1) + (1 − ρ) bal(t, 0), ρ ~ Bernoulli(E[ρ]) drawn once a step for all terms; λ(t) = α hist + (1 − α) bal(t, t − 1).
/// </summary>
/// <remarks>
/// As in the authors' code the first step has λ = 1, the second α = 0, all later ones the configured α; nothing is drawn in the first two.
/// Deviation: their code may use the placeholder L(0) = 1 where ρ is 0 in the first step; here L(0) is the first evaluation. The weights do
/// not depend on a common factor of the losses as long as T L is large beside ε.
/// </remarks>
internal sealed class ReLoBRaLo : IBalancer
{
    private static readonly Parameter<double> Alpha = MethodParameters.Fraction(
        "alpha", 0.999,
        "share of history in the weights (arXiv 2110.09813, table VIII: 0.999 for Burgers and Kirchhoff, 0.99 for Helmholtz)");
    private static readonly Parameter<double> Temperature = MethodParameters.Positive(
        "temperature", 0.1, "flatter weights where larger (arXiv 2110.09813, table VIII: 0.1 for Burgers, 1e-2 Kirchhoff, 1e-5 Helmholtz)");
    private static readonly Parameter<double> ExpectedRho = MethodParameters.Fraction(
        "expected_rho", 0.9999,
        "probability of no lookback to the first step (arXiv 2110.09813, table VIII: 0.9999 for Burgers and Kirchhoff, 0.99 for "
            + "Helmholtz)");
    private static readonly Parameter<double> Epsilon = MethodParameters.Number(
        "epsilon", 1e-12, 0, 1, "keeps quotients finite (authors' code: 1e-12)");

    private readonly TermWeightVector _weights;
    private readonly double[] _first;
    private readonly double[] _previous;
    [Scratch] private readonly double[] _overFirst;
    [Scratch] private readonly double[] _overPrevious;
    private readonly RandomStream _stream;
    private readonly EventCounts _events;
    private readonly double _alpha;
    private readonly double _temperature;
    private readonly double _expectedRho;
    private readonly double _epsilon;
    private long _updates;

    private ReLoBRaLo(BalancerContext context, Level level)
    {
        var terms = context.Terms.Length;
        _weights = new(terms, 1, context.Events);
        _first = new double[terms];
        _previous = new double[terms];
        _overFirst = new double[terms];
        _overPrevious = new double[terms];
        _stream = context.Stream;
        _events = context.Events;
        _alpha = Alpha.Of(level);
        _temperature = Temperature.Of(level);
        _expectedRho = ExpectedRho.Of(level);
        _epsilon = Epsilon.Of(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "relobralo",
            "softmax of the terms' relative progress since the last and, at random, since the first step",
            "Bischof, Kraus, Comput. Methods Appl. Mech. Eng. 439 (2025) 117914, arXiv 2110.09813",
            [Alpha, Temperature, ExpectedRho, Epsilon]),
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, level) => new ReLoBRaLo(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (!Observed.LossesAreFinite(observation, _events))
        {
            return 1;
        }

        if (_updates == 0)
        {
            observation.Losses.CopyTo(_first);
        }
        else
        {
            Reweigh(observation.Losses);
        }

        observation.Losses.CopyTo(_previous);
        _updates++;
        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        _weights.State(archive);
        archive.Vector("relobralo.first", _first);
        archive.Vector("relobralo.previous", _previous);
        archive.Count("relobralo.updates", ref _updates);
        archive.Stream("relobralo.stream", _stream);
    }

    private void Reweigh(ReadOnlySpan<double> losses)
    {
        var alpha = _updates == 1 ? 0 : _alpha;
        var rho = _updates == 1 || _stream.NextDouble() < _expectedRho ? 1 : 0;
        Balance(losses, _previous, _overPrevious);
        if (rho == 0)
        {
            Balance(losses, _first, _overFirst);
        }

        for (var k = 0; k < _weights.Count; k++)
        {
            var history = rho == 1 ? _weights[k] : _overFirst[k];
            _weights.Set(k, (alpha * history) + ((1 - alpha) * _overPrevious[k]));
        }
    }

    private void Balance(ReadOnlySpan<double> losses, double[] reference, double[] result)
    {
        for (var k = 0; k < result.Length; k++)
        {
            var scale = (_temperature * reference[k]) + _epsilon;
            result[k] = scale > 0 ? losses[k] / scale : 0;
        }

        Softmax.InPlace(result, result.Length);
    }
}
