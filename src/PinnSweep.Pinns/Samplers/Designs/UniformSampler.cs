using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>
/// Independent uniform points, drawn once or again every n steps. Draw d is a pure function of (seed, point set, side, d): the state
/// is the number of the draw.
/// </summary>
public sealed class UniformSampler : ISampler
{
    private readonly Problem _problem;
    private readonly int? _every;
    private readonly Part[] _parts;
    private readonly double[][] _points;
    private int _draw;

    private UniformSampler(Level level, Problem problem, long seed)
    {
        _problem = problem;
        _every = level.Parameters.OptionalNumber("resample_every") is { } every ? checked((int)every) : null;
        var counts = problem.UsedPointSets.ToDictionary(set => set, set => Counts(problem, set, level.Integer(set)));
        _points = [.. problem.Terms.Select(term => new double[problem.Dimension * Region.Of(problem, term).Sum(region => counts[term.PointSet][region.Face])])];
        _parts = [.. problem.Terms.SelectMany((term, index) => Parts(term, index, counts[term.PointSet], seed))];
        Draw();
    }

    /// <summary>The catalogue's entry.</summary>
    public static SamplerEntry Entry { get; } = new(
        new(
            Factor.Sampler,
            "uniform",
            "independent uniform points, fixed or redrawn every n steps",
            "Raissi, Perdikaris, Karniadakis 2019; redrawing: Wu et al. 2023, arXiv:2207.10289 (Random-R)",
            [
                MethodParameters.Count(PointSets.Interior, 1000, "points inside the domain", maximum: 10_000_000),
                MethodParameters.Count(PointSets.Boundary, 400, "points on all sides together, in proportion to their measure; unused where the problem has no boundary term", maximum: 10_000_000),
                MethodParameters.Count(PointSets.Initial, 200, "points at the first moment; unused where the problem has no initial term", maximum: 10_000_000),
                MethodParameters.OptionalCount("resample_every", "steps between draws; null keeps the first points"),
            ]),
        (level, problem, seed) => new UniformSampler(level, problem, seed),
        WhyNot,
        level => level.Parameters.OptionalNumber("resample_every") is not null);

    /// <inheritdoc/>
    public bool IsFixed(int term) => _every is null;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Points(int term) => _points[term];

    /// <inheritdoc/>
    public bool MoveTo(int step)
    {
        var draw = _every is { } every ? step / every : 0;
        if (draw == _draw)
        {
            return false;
        }

        _draw = draw;
        Draw();
        return true;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer) => writer.Write("draw", (long)_draw);

    /// <inheritdoc/>
    public void Load(StateReader reader)
    {
        _draw = checked((int)reader.ReadLong("draw"));
        Draw();
    }

    private static string? WhyNot(Level level, Problem problem)
    {
        foreach (var set in problem.UsedPointSets)
        {
            var faces = problem.FacesOf(set);
            if (level.Integer(set) is var count && PointCounts.Share(problem, faces, count).Contains(0))
            {
                return $"{count} {set} points leave one of {faces.Length} sides without any";
            }
        }

        return null;
    }

    private static FaceCounts Counts(Problem problem, string set, int count)
    {
        var faces = problem.FacesOf(set);
        return faces.IsEmpty ? new(count, []) : new(0, faces.Zip(PointCounts.Share(problem, faces, count)).ToImmutableDictionary(pair => pair.First, pair => pair.Second));
    }

    private IEnumerable<Part> Parts(LossTerm term, int index, FaceCounts counts, long seed)
    {
        var first = 0;
        foreach (var region in Region.Of(_problem, term))
        {
            var count = counts[region.Face];
            yield return new(index, first, count, region, new(seed, region.StreamOf(term.PointSet)), new double[region.FreeDimensions * count]);
            first += count;
        }
    }

    private void Draw()
    {
        foreach (var part in _parts)
        {
            part.Stream.Position = 2UL * (ulong)part.Uniforms.Length * (ulong)_draw;
            part.Stream.FillUniform(part.Uniforms);
            var (dimension, free) = (_problem.Dimension, part.Region.FreeDimensions);
            var points = _points[part.Term].AsSpan(part.First * dimension, part.Count * dimension);
            for (var i = 0; i < part.Count; i++)
            {
                part.Region.Place(part.Uniforms.AsSpan(i * free, free), points.Slice(i * dimension, dimension));
            }
        }
    }

    private sealed record FaceCounts(int Box, ImmutableDictionary<Face, int> Faces)
    {
        public int this[Face? face] => face is { } side ? Faces[side] : Box;
    }

    private sealed record Part(int Term, int First, int Count, Region Region, RandomStream Stream, double[] Uniforms);
}
