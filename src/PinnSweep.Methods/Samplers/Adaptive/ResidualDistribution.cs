using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogues;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Adaptive;

/// <summary>
/// Residual-based adaptive distribution: each round replaces all interior points by draws without replacement from many uniform candidates with
/// density rᵏ/mean(rᵏ) + c. Without weights against the density this minimises a higher power of the residual.
/// </summary>
public sealed class ResidualDistribution : ISampler
{
    private readonly Level _level;
    private readonly InteriorPoints _points;
    private readonly ResamplingRounds _rounds;
    private int _round;

    private ResidualDistribution(Level level, Problem problem, long seed)
    {
        _level = level;
        _points = new(level, problem, seed, level.Integer(PointSets.Interior));
        _rounds = new(level);
    }

    /// <summary>The catalogue's entry.</summary>
    public static SamplerEntry Entry { get; } = new(
        new(
            Factor.Sampler,
            "rad",
            "redraws all interior points with a density that grows with the residual",
            "Wu, Zhu, Tan, Kartha, Lu, Comput. Methods Appl. Mech. Eng. 403, 2023, arXiv:2207.10289 (RAD)",
            [
                .. InteriorPoints.Parameters,
                .. ResamplingRounds.Parameters(),
                MethodParameters.Number("k", 1, 0, 10, "exponent of the density (1 best in general; 2 with c = 0 for sharp fronts)"),
                MethodParameters.Number("c", 1, 0, 1e6, "constant of the density (1 best in general)"),
            ]),
        (level, problem, seed) => new ResidualDistribution(level, problem, seed),
        WhyNot,
        _ => true);

    /// <inheritdoc/>
    public bool RestartsOptimizer => _rounds.RestartsOptimizer;

    /// <inheritdoc/>
    public bool IsFixed(int term) => !_points.Moves(term);

    /// <inheritdoc/>
    public ReadOnlySpan<double> Points(int term) => _points.Of(term);

    /// <inheritdoc/>
    public bool MoveTo(int step, IResidualProbe probe)
    {
        var round = _rounds.At(step);
        if (round == _round)
        {
            return false;
        }

        _round = round;
        var candidates = _points.Uniform(round, _level.Integer("candidates"));
        var magnitudes = new double[candidates.Length / _points.Dimension];
        probe.Magnitudes(candidates, magnitudes);
        var density = WeightedChoice.Density(magnitudes, _level.Number("k"), _level.Number("c"));
        _points.Current = _points.Pick(candidates, WeightedChoice.WithoutReplacement(density, _points.Count, _points.Choice(round)));
        return true;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Write("round", (long)_round);
        _points.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(StateReader reader)
    {
        _round = checked((int)reader.ReadLong("round"));
        _points.Load(reader);
    }

    /// <summary>For samplers that draw all interior points from the candidates.</summary>
    internal static string? WhyNot(Level level, Problem problem) => PointPlaces.WhyNot(level, problem) ?? (level.Integer("candidates") < level.Integer(PointSets.Interior)
        ? $"{level.Integer("candidates")} candidates are fewer than the {level.Integer(PointSets.Interior)} interior points to draw from them"
        : null);
}
