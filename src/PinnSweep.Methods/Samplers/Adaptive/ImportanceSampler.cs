using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogues;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Adaptive;

/// <summary>
/// Importance sampling: each round draws all interior points independently from many uniform candidates with probability p ∝ rᵏ + c, and weighs
/// each by 1/(M p) with M candidates, so that the loss remains an unbiased estimate of the uniform one with less variance at the θ of the draw.
/// The weights multiply those of the balancer. Points begin uniform with weight 1.
/// </summary>
public sealed class ImportanceSampler : ISampler
{
    private readonly Level _level;
    private readonly InteriorPoints _points;
    private readonly ResamplingRounds _rounds;
    private double[] _weights = [];
    private int _round;

    private ImportanceSampler(Level level, Problem problem, long seed)
    {
        _level = level;
        _points = new(level, problem, seed, level.Integer(PointSets.Interior));
        _rounds = new(level);
    }

    /// <summary>The catalogue's entry.</summary>
    public static SamplerEntry Entry { get; } = new(
        new(
            Factor.Sampler,
            "importance",
            "draws interior points in proportion to the residual and weighs them by the inverse of their probability",
            "Nabian, Gladstone, Meidani, Comput.-Aided Civ. Infrastruct. Eng. 36, 2021, arXiv:2104.12325",
            [
                .. InteriorPoints.Parameters,
                .. ResamplingRounds.Parameters(),
                MethodParameters.Number("k", 1, 0, 10, "exponent of the density (1 draws by |r|, 2 by the loss)"),
                MethodParameters.Number("c", 0, 0, 1e6, "constant added to the density over its mean; bounds the weights by (1 + c)/c"),
            ]),
        (level, problem, seed) => new ImportanceSampler(level, problem, seed),
        PointPlaces.WhyNot,
        _ => true);

    /// <inheritdoc/>
    public bool RestartsOptimizer => _rounds.RestartsOptimizer;

    /// <inheritdoc/>
    public bool IsFixed(int term) => !_points.Moves(term);

    /// <inheritdoc/>
    public ReadOnlySpan<double> Points(int term) => _points.Of(term);

    /// <inheritdoc/>
    public ReadOnlySpan<double> PointWeights(int term) => _points.Moves(term) ? _weights : [];

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
        var chosen = WeightedChoice.WithReplacement(density, _points.Count, _points.Choice(round));
        _points.Current = _points.Pick(candidates, chosen);

        // M p = density over its mean.
        var mean = density.Average();
        _weights = Array.ConvertAll(chosen, i => mean / density[i]);
        return true;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Write("round", (long)_round);
        writer.Write("weights", _weights);
        _points.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(StateReader reader)
    {
        _round = checked((int)reader.ReadLong("round"));
        _weights = reader.ReadVector("weights");
        _points.Load(reader);
    }
}
