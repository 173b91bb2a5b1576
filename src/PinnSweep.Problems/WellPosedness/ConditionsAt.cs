using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>
/// How many conditions are given and needed, place by place: where equations or conditions hold in parts, one place may have enough and
/// another none. Along a coordinate an interface inside counts as its sides do.
/// </summary>
internal sealed class ConditionsAt
{
    private const int Points = 128;
    private readonly Problem _problem;
    private readonly ImmutableArray<LossTerm> _equations;
    private readonly ImmutableArray<(LossTerm Term, Face Face)> _places;

    /// <summary>Looks at the terms of a problem.</summary>
    public ConditionsAt(Problem problem)
    {
        _problem = problem;
        _equations = [.. problem.Terms.Where(term => term.Role == TermRole.Residual)];
        _places = [.. problem.Terms.SelectMany(term => term.Faces.Select(face => (term, face)))];
        HasParts = _equations.Any(term => term.Within is not null) || _places.Any(place => place.Face.Within is not null);
    }

    /// <summary>Whether anything holds in a part alone.</summary>
    public bool HasParts { get; }

    /// <summary>What is given and needed along a coordinate, where least is to spare; the place where it matters.</summary>
    public (int Given, int Needed, double[]? At) Along(int axis)
    {
        if (!HasParts)
        {
            return (_places.Count(place => place.Face.EndsAlong(axis)), Order(_equations, axis), null);
        }

        return In(Region.Domain(_problem)).Select(point => (Given(point), Order([.. _equations.Where(term => term.Within is null || term.Within.Contains(point, axis))], axis), point))
            .MinBy(found => found.Item1 - found.Item2);

        int Given(double[] point) => _places.Count(place =>
            (place.Face.EndsAlong(axis) || (place.Face.IsInside && place.Face.Within!.Fixed.Contains(axis))) && (place.Face.Within is null || place.Face.Within.Contains(point, axis)));
    }

    /// <summary>What is given and needed on a side that ends no coordinate, where least is to spare: half of what a coordinate needs.</summary>
    public (int Given, int Needed, double[]? At) On(Face side)
    {
        int[] space = [.. Enumerable.Range(0, _problem.Dimension).Where(axis => axis != _problem.TimeAxis)];
        if (!HasParts)
        {
            return (_places.Count(place => place.Face.Whole == side), space.Max(axis => Order(_equations, axis)) / 2, null);
        }

        return In(Region.Side(_problem, side)).Select(point => (
                _places.Count(place => place.Face.Whole == side && place.Face.Keeps(point)),
                space.Max(axis => Order([.. _equations.Where(term => term.Within is null || term.Within.Contains(point))], axis)) / 2,
                point))
            .MinBy(found => found.Item1 - found.Item2);
    }

    /// <summary>A point of a side at which an equation holds and no condition; null where there is none.</summary>
    public double[]? Bare(Face side) => !HasParts || !_places.Any(place => place.Face.Whole == side) ? null
        : In(Region.Side(_problem, side)).FirstOrDefault(point =>
            !_places.Any(place => place.Face.Whole == side && place.Face.Keeps(point)) && _equations.Any(term => term.Within is null || term.Within.Contains(point)));

    /// <summary>Where equations end inside the domain and nothing is said of it.</summary>
    public IEnumerable<(LossTerm Equation, int Axis, double At)> OpenEnds() =>
        from equation in _equations
        where equation.Within is not null
        from axis in equation.Within!.Axes
        from end in new[] { equation.Within!.Of(axis).Lower, equation.Within!.Of(axis).Upper }
        where end > _problem.Axes[axis].Lower && end < _problem.Axes[axis].Upper
        where !_places.Any(place => place.Face.IsInside && place.Face.Within!.Fixed.Contains(axis) && Math.Abs(place.Face.Within.Of(axis).Lower - end) <= 1e-9 * _problem.Axes[axis].Extent)
        select (equation, axis, end);

    private int Order(ImmutableArray<LossTerm> equations, int axis) =>
        equations.IsEmpty ? 0 : SystemOrder.Of([.. equations.Select(term => term.Residual)], _problem.Outputs.Length, axis);

    private IEnumerable<double[]> In(Region region)
    {
        var stream = new RandomStream(1, "file-counts");
        var unit = new double[region.FreeDimensions];
        for (var i = 0; i < (unit.Length == 0 ? 1 : Points); i++)
        {
            stream.FillUniform(unit);
            var point = new double[_problem.Dimension];
            region.Place(unit, point);
            yield return point;
        }
    }
}
