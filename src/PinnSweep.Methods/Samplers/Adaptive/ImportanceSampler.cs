using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Adaptive;

/// <summary>
/// Importance sampling: each round draws all interior points independently from many uniform candidates with probability p ∝ rᵏ + c, and
/// weighs each by 1/(M p) with M candidates, so that the loss remains an unbiased estimate of the uniform one with less variance at the θ
/// of the draw. The weights multiply those of the balancer. Points begin uniform with weight 1.
/// </summary>
internal sealed class ImportanceSampler : RoundSampler, ISampler
{
    private static readonly Parameter<double> K = MethodParameters.Number(
        "k", 1, 0, 10, "exponent of the density (1 draws by |r|, 2 by the loss)");
    private static readonly Parameter<double> C = MethodParameters.Number(
        "c", 0, 0, 1e6, "constant added to the density over its mean; bounds the weights by (1 + c)/c");

    private readonly double _k;
    private readonly double _c;
    private double[] _weights = [];

    private ImportanceSampler(Level level, Problem problem, long seed)
        : base(level, problem, seed, PointPlaces.Interior.Of(level))
    {
        (_k, _c) = (K.Of(level), C.Of(level));
    }

    /// <summary>The catalog's entry.</summary>
    public static SamplerEntry Entry { get; } = EntryOf(
        "importance",
        "draws interior points in proportion to the residual and weighs them by the inverse of their probability",
        "Nabian, Gladstone, Meidani, Comput.-Aided Civ. Infrastruct. Eng. 36, 2021, arXiv:2104.12325",
        ResamplingRounds.Parameters(),
        [K, C],
        (level, problem, seed) => new ImportanceSampler(level, problem, seed),
        PointPlaces.WhyNot);

    /// <inheritdoc/>
    public ReadOnlySpan<double> PointWeights(int term) => _points.Moves(term) ? _weights : [];

    /// <inheritdoc/>
    private protected override void Choose(double[] candidates, double[] magnitudes)
    {
        var density = WeightedChoice.Density(magnitudes, _k, _c);
        var chosen = WeightedChoice.WithReplacement(density, _points.Count, _points.Choice(_round));
        _points.Current = _points.Pick(candidates, chosen);

        // M p = density over its mean.
        var mean = density.Average();
        _weights = Array.ConvertAll(chosen, i => mean / density[i]);
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Count("round", ref _round);
        archive.Vector("weights", ref _weights);
        _points.State(archive);
    }
}
