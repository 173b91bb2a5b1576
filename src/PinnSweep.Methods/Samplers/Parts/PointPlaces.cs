using System.Collections.Immutable;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Parts;

/// <summary>The points of all terms, place by place: the domain for the interior, the sides for conditions.</summary>
internal sealed class PointPlaces
{
    private static readonly ImmutableArray<Parameter<int>> Counts =
    [
        MethodParameters.Count(PointSets.Interior, 1000, "points inside the domain", maximum: 10_000_000),
        MethodParameters.Count(
            PointSets.Boundary,
            400,
            "points on all sides together, in proportion to their measure; unused where the problem has no boundary term",
            maximum: 10_000_000),
        MethodParameters.Count(
            PointSets.Initial, 200, "points at the first moment; unused where the problem has no initial term", maximum: 10_000_000),
    ];

    private readonly Problem _problem;
    private readonly Place[] _places;

    /// <summary>Room for as many points as a level asks for; places that are left out keep none.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="level">Has a count for every point set.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="design">What will fill them.</param>
    /// <param name="interior">Whether interior points are among them.</param>
    public PointPlaces(Problem problem, Level level, long seed, IPointDesign design, bool interior = true)
    {
        _problem = problem;
        var places = new List<Place>();
        Points = new double[problem.Terms.Length][];
        for (var k = 0; k < problem.Terms.Length; k++)
        {
            var term = problem.Terms[k];
            var first = 0;
            foreach (var region in interior || term.PointSet != PointSets.Interior ? Region.Of(problem, term) : [])
            {
                var dimensions = region.FreeDimensions;
                var wanted = CountsOf(problem, level, term.PointSet)[region.Face ?? default];
                var own = design.For(region, wanted);
                var count = dimensions == 0 ? wanted : own.Count(wanted, dimensions);
                places.Add(new(k, first, region, own, new(seed, region.StreamOf(term.PointSet)), new double[dimensions * count], count));
                first += count;
            }

            Points[k] = new double[first * problem.Dimension];
        }

        _places = [.. places];
    }

    /// <summary>The parameters that say how many points.</summary>
    public static ImmutableArray<Parameter> Parameters { get; } = [.. Counts];

    /// <summary>How many points lie inside the domain.</summary>
    public static Parameter<int> Interior => Counts[0];

    /// <summary>Row-major n × dimension for each term, in problem units.</summary>
    public double[][] Points { get; }

    /// <summary>Why the counts of a level cannot serve a problem, or null.</summary>
    public static string? WhyNot(Level level, Problem problem)
    {
        foreach (var set in problem.UsedPointSets)
        {
            var faces = problem.FacesOf(set);
            if (Count(level, set) is var count && PointCounts.Share(problem, faces, count).Contains(0))
            {
                return $"{count} {set} points leave one of {faces.Length} sides without any";
            }
        }

        return null;
    }

    /// <summary>Goes to the points of a draw.</summary>
    public void Fill(int draw)
    {
        foreach (var place in _places)
        {
            var (dimension, free) = (_problem.Dimension, place.Region.FreeDimensions);
            if (free > 0)
            {
                place.Design.Fill(place.Unit, free, place.Stream, draw);
            }

            var points = Points[place.Term].AsSpan(place.First * dimension, place.Count * dimension);
            for (var i = 0; i < place.Count; i++)
            {
                place.Region.Place(place.Unit.AsSpan(i * free, free), points.Slice(i * dimension, dimension));
            }
        }
    }

    /// <summary>How many points of a set a level asks for.</summary>
    public static int Count(Level level, string set) => Counts.Single(count => count.Name == set).Of(level);

    private static Dictionary<Face, int> CountsOf(Problem problem, Level level, string set)
    {
        // Without sides the one place is the domain, which stands under the default face.
        var (faces, count) = (problem.FacesOf(set), Count(level, set));
        return faces.IsEmpty ? new() { [default] = count } : faces.Zip(PointCounts.Share(problem, faces, count)).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>A part of a term's points; every draw enters the stream anew and fills the points in the unit cube.</summary>
    private sealed record Place(int Term, int First, Region Region, IPointDesign Design, [field: Scratch] RandomStream Stream, [field: Scratch] double[] Unit, int Count);
}
