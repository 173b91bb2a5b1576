using System.Collections.Immutable;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Parts;

/// <summary>
/// The points of a sampler that moves those inside the domain: conditions keep theirs (parameter <c>outside</c>), all equations share one
/// set, which begins with the points that <c>uniform</c> begins with.
/// </summary>
internal sealed class InteriorPoints
{
    private readonly PointPlaces _outside;
    private readonly Region _domain;
    private readonly int[] _equations;
    [Scratch] private readonly RandomStream _candidates;
    [Scratch] private readonly RandomStream _choice;
    [Scratch] private double[] _magnitudes = [];

    public InteriorPoints(Level level, Problem problem, long seed, int count)
    {
        Dimension = problem.Dimension;
        _outside = new(problem, level, seed, PointDesigns.Of(PointDesigns.Outside.Of(level)), interior: false);
        _outside.Fill(0);
        _domain = Region.Domain(problem);
        _equations = [.. Enumerable.Range(0, problem.Terms.Length).Where(k => problem.Terms[k].PointSet == PointSets.Interior)];
        _candidates = new(seed, $"{PointSets.Interior}/candidates");
        _choice = new(seed, $"{PointSets.Interior}/choice");
        Current = Drawn(new(seed, PointSets.Interior), count);
    }

    /// <summary>The parameters: counts and the layout of the other points.</summary>
    public static ImmutableArray<Parameter> Parameters { get; } = [.. PointPlaces.Parameters, PointDesigns.Outside];

    /// <summary>Coordinates of a point.</summary>
    public int Dimension { get; }

    /// <summary>The points in use, row-major. May be replaced.</summary>
    public double[] Current { get; set; }

    /// <summary>Number of points in use.</summary>
    public int Count => Current.Length / Dimension;

    /// <summary>Whether a term's points are the ones that move.</summary>
    public bool Moves(int term) => Array.IndexOf(_equations, term) >= 0;

    /// <summary>The points of any term.</summary>
    public ReadOnlySpan<double> Of(int term) => Moves(term) ? Current : _outside.Points[term];

    /// <summary>The stream for choices of a round.</summary>
    public RandomStream Choice(int round)
    {
        _choice.Enter(round);
        return _choice;
    }

    /// <summary>New uniform points of a round.</summary>
    public double[] Uniform(int round, int count)
    {
        _candidates.Enter(round);
        return Drawn(_candidates, count);
    }

    /// <summary>√Σ r² over the equations at the points in use, from the residuals of a step; valid until the next call.</summary>
    public ReadOnlySpan<double> Magnitudes(ITermResiduals residuals)
    {
        if (_magnitudes.Length != Count)
        {
            _magnitudes = new double[Count];
        }

        _magnitudes.AsSpan().Clear();
        foreach (var term in _equations)
        {
            var values = residuals.Of(term);
            for (var i = 0; i < values.Length; i++)
            {
                _magnitudes[i] += values[i] * values[i];
            }
        }

        for (var i = 0; i < _magnitudes.Length; i++)
        {
            _magnitudes[i] = Math.Sqrt(_magnitudes[i]);
        }

        return _magnitudes;
    }

    /// <summary>Some of the points of a set, in the order of the indices.</summary>
    public double[] Pick(double[] points, ReadOnlySpan<int> indices)
    {
        var picked = new double[indices.Length * Dimension];
        for (var i = 0; i < indices.Length; i++)
        {
            points.AsSpan(indices[i] * Dimension, Dimension).CopyTo(picked.AsSpan(i * Dimension));
        }

        return picked;
    }

    public void State(StateArchive archive)
    {
        var current = Current;
        archive.Vector("interior", ref current);
        Current = current;
    }

    private double[] Drawn(RandomStream stream, int count)
    {
        var unit = new double[count * Dimension];
        stream.FillUniform(unit);
        var points = new double[unit.Length];
        for (var i = 0; i < unit.Length; i += Dimension)
        {
            _domain.Place(unit.AsSpan(i, Dimension), points.AsSpan(i, Dimension));
        }

        return points;
    }
}
