using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Adaptive;

/// <summary>
/// Residual-based adaptive distribution: each round replaces all interior points by draws without replacement from many uniform candidates
/// with density rᵏ/mean(rᵏ) + c. Without weights against the density this minimizes a higher power of the residual.
/// </summary>
internal sealed class ResidualDistribution : RoundSampler, ISampler
{
    private static readonly Parameter<double> K = MethodParameters.Number(
        "k", 1, 0, 10, "exponent of the density (1 best in general; 2 with c = 0 for sharp fronts)");
    private static readonly Parameter<double> C = MethodParameters.Number("c", 1, 0, 1e6, "constant of the density (1 best in general)");

    private readonly double _k;
    private readonly double _c;

    private ResidualDistribution(Level level, Problem problem, long seed)
        : base(level, problem, seed, PointPlaces.Interior.Of(level))
    {
        (_k, _c) = (K.Of(level), C.Of(level));
    }

    /// <summary>The catalog's entry.</summary>
    public static SamplerEntry Entry { get; } = EntryOf(
        "rad",
        "redraws all interior points with a density that grows with the residual",
        "Wu, Zhu, Tan, Kartha, Lu, Comput. Methods Appl. Mech. Eng. 403, 2023, arXiv:2207.10289 (RAD)",
        ResamplingRounds.Parameters(),
        [K, C],
        (level, problem, seed) => new ResidualDistribution(level, problem, seed),
        WhyNot);

    /// <inheritdoc/>
    private protected override void Choose(double[] candidates, double[] magnitudes)
    {
        var density = WeightedChoice.Density(magnitudes, _k, _c);
        _points.Current = _points.Pick(candidates, WeightedChoice.WithoutReplacement(density, _points.Count, _points.Choice(_round)));
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Count("round", ref _round);
        _points.State(archive);
    }

    /// <summary>For samplers that draw all interior points from the candidates.</summary>
    internal static string? WhyNot(Level level, Problem problem)
    {
        var (candidates, points) = (ResamplingRounds.Candidates.Of(level), PointPlaces.Interior.Of(level));
        return PointPlaces.WhyNot(level, problem)
            ?? (candidates < points ? $"{candidates} candidates are fewer than the {points} interior points to draw from them" : null);
    }
}
