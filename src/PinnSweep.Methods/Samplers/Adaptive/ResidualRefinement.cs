using System.Collections.Immutable;
using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogues;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Adaptive;

/// <summary>
/// Residual-based adaptive refinement: training begins with a part of the interior points, and each round adds m of many uniform candidates
/// until the number is reached that other samplers begin with. RAR-G takes the candidates with the largest residuals, RAR-D draws without
/// replacement with density rᵏ/mean(rᵏ) + c. With m left out, 100 rounds fill the set when it begins half full.
/// </summary>
public sealed class ResidualRefinement : ISampler
{
    private const double Rounds = 100;

    private readonly Level _level;
    private readonly InteriorPoints _points;
    private readonly ResamplingRounds _rounds;
    private readonly int _most;
    private readonly int _added;
    private int _round;

    private ResidualRefinement(Level level, Problem problem, long seed)
    {
        _level = level;
        _most = level.Integer(PointSets.Interior);
        var start = Math.Clamp((int)Math.Round(level.Number("start") * _most), 1, _most);
        _added = level.Parameters.OptionalNumber("added") is { } added ? checked((int)added) : Math.Max(1, (int)Math.Round((_most - start) / Rounds));
        _points = new(level, problem, seed, start);
        _rounds = new(level);
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
        [
            MethodParameters.Number("k", 2, 0, 10, "exponent of the density (2 in the paper)"),
            MethodParameters.Number("c", 0, 0, 1e6, "constant of the density (0 in the paper)"),
        ]);

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
        var room = _most - _points.Count;
        if (round == _round || room == 0)
        {
            return false;
        }

        _round = round;
        var candidates = _points.Uniform(round, _level.Integer("candidates"));
        var magnitudes = new double[candidates.Length / _points.Dimension];
        probe.Magnitudes(candidates, magnitudes);
        var chosen = Choose(magnitudes, Math.Min(Math.Min(_added, room), magnitudes.Length));
        _points.Current = [.. _points.Current, .. _points.Pick(candidates, chosen)];
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

    private static SamplerEntry Make(string kind, string summary, string source, ImmutableArray<Parameter> own) => new(
        new(
            Factor.Sampler,
            kind,
            summary,
            source,
            [
                .. InteriorPoints.Parameters,
                .. ResamplingRounds.Parameters(),
                MethodParameters.Fraction("start", 0.5, "share of the interior points that training begins with"),
                MethodParameters.OptionalCount("added", "m, points that a round adds; null is a hundredth of those that are to come"),
                .. own,
            ]),
        (level, problem, seed) => new ResidualRefinement(level, problem, seed),
        PointPlaces.WhyNot,
        _ => true);

    private int[] Choose(double[] magnitudes, int count)
    {
        if (_level.Kind == ByDensity.Method.Kind)
        {
            return WeightedChoice.WithoutReplacement(WeightedChoice.Density(magnitudes, _level.Number("k"), _level.Number("c")), count, _points.Choice(_round));
        }

        var indices = Enumerable.Range(0, magnitudes.Length).ToArray();
        Array.Sort(Array.ConvertAll(magnitudes, magnitude => -magnitude), indices);
        return indices[..count];
    }
}
