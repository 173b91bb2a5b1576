using System.Collections.Immutable;
using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Adaptive;

/// <summary>
/// Residual-based adaptive refinement: training begins with a part of the interior points, and each round adds m of many uniform candidates
/// until the number is reached that other samplers begin with. RAR-G takes the candidates with the largest residuals, RAR-D draws without
/// replacement with density rᵏ/mean(rᵏ) + c. With m left out, 100 rounds fill the set when it begins half full.
/// </summary>
internal sealed class ResidualRefinement : RoundSampler, ISampler
{
    private const double Rounds = 100;

    private static readonly Parameter<double> K = MethodParameters.Number("k", 2, 0, 10, "exponent of the density (2 in the paper)");
    private static readonly Parameter<double> C = MethodParameters.Number("c", 0, 0, 1e6, "constant of the density (0 in the paper)");
    private static readonly Parameter<double> Start = MethodParameters.Fraction(
        "start", 0.5, "share of the interior points that training begins with");
    private static readonly Parameter<int?> Added = MethodParameters.OptionalCount(
        "added", "m, points that a round adds; null is a hundredth of those that are to come");

    private readonly bool _isByDensity;
    private readonly double _k;
    private readonly double _c;
    private readonly int _most;
    private readonly int _added;

    private ResidualRefinement(Level level, Problem problem, long seed)
        : base(level, problem, seed, First(level))
    {
        (_most, _isByDensity) = (PointPlaces.Interior.Of(level), level.Kind == ByDensity.Method.Kind);
        (_k, _c) = _isByDensity ? (K.Of(level), C.Of(level)) : default;
        _added = Added.Of(level) ?? Math.Max(1, (int)Math.Round((_most - First(level)) / Rounds));
    }

    /// <summary>RAR-G.</summary>
    public static SamplerEntry Greedy { get; } = Make(
        "rar-g",
        "adds the candidates with the largest residuals",
        "Lu, Meng, Mao, Karniadakis, SIAM Review 63, 2021, arXiv:1907.04502; Wu et al. 2023, arXiv:2207.10289 (RAR-G)",
        []);

    /// <summary>RAR-D.</summary>
    public static SamplerEntry ByDensity { get; } = Make(
        "rar-d",
        "adds candidates drawn with a density that grows with the residual",
        "Wu, Zhu, Tan, Kartha, Lu, Comput. Methods Appl. Mech. Eng. 403, 2023, arXiv:2207.10289 (RAR-D)",
        [K, C]);

    /// <inheritdoc/>
    private protected override bool IsFull => _points.Count == _most;

    /// <inheritdoc/>
    private protected override void Choose(double[] candidates, double[] magnitudes)
    {
        var chosen = Chosen(magnitudes, Math.Min(Math.Min(_added, _most - _points.Count), magnitudes.Length));
        _points.Current = [.. _points.Current, .. _points.Pick(candidates, chosen)];
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Count("round", ref _round);
        _points.State(archive);
    }

    private static SamplerEntry Make(string kind, string summary, string source, ImmutableArray<Parameter> own) => EntryOf(
        kind,
        summary,
        source,
        ResamplingRounds.Parameters(),
        [Start, Added, .. own],
        (level, problem, seed) => new ResidualRefinement(level, problem, seed),
        PointPlaces.WhyNot);

    /// <summary>The number of points that training begins with.</summary>
    private static int First(Level level)
    {
        var most = PointPlaces.Interior.Of(level);
        return Math.Clamp((int)Math.Round(Start.Of(level) * most), 1, most);
    }

    private int[] Chosen(double[] magnitudes, int count)
    {
        if (_isByDensity)
        {
            return WeightedChoice.WithoutReplacement(WeightedChoice.Density(magnitudes, _k, _c), count, _points.Choice(_round));
        }

        var indices = Enumerable.Range(0, magnitudes.Length).ToArray();
        Array.Sort(Array.ConvertAll(magnitudes, magnitude => -magnitude), indices);
        return indices[..count];
    }
}
