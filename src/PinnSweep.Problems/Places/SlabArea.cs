using System.Collections.Immutable;

namespace PinnSweep.Problems.Places;

/// <summary>
/// A part of the plane cut by vertical lines where its boundary has ends, so that between two lines it is a stack of cells, each between
/// two graphs. Areas are in closed form, and the share of the area left of x is inverted by Newton's method within one slab.
/// </summary>
internal sealed class SlabArea : IPlaneArea
{
    private readonly ImmutableArray<Slab> _slabs;
    private readonly double[] _until;

    private SlabArea(ImmutableArray<Slab> slabs)
    {
        _slabs = slabs;
        var sum = 0.0;
        _until = [.. slabs.Select(slab => sum += slab.AreaUntil(slab.To))];
    }

    public double Measure => _until.Length == 0 ? 0 : _until[^1];

    /// <summary>Cells of all slabs with their areas, for whether they hang together.</summary>
    public IEnumerable<(double From, double To, ImmutableArray<(PlaneGraph Lower, PlaneGraph Upper)> Cells)> Slabs => _slabs.Select(slab => (slab.From, slab.To, slab.Cells));

    /// <summary>The area within a boundary.</summary>
    /// <param name="shape">Says what lies inside.</param>
    /// <param name="boundary">The pieces of the shape's boundary, which do not cross.</param>
    /// <param name="tolerance">Lengths below it are none.</param>
    public static SlabArea Of(PlaneShape shape, IReadOnlyCollection<BoundaryPiece> boundary, double tolerance)
    {
        var breaks = boundary.SelectMany(piece => piece.Extremes()).Select(point => point.X).Order().ToList();
        var slabs = ImmutableArray.CreateBuilder<Slab>();
        for (var i = 1; i < breaks.Count; i++)
        {
            if (breaks[i] - breaks[i - 1] > tolerance && SlabOf(shape, boundary, breaks[i - 1], breaks[i], tolerance) is { Cells.IsEmpty: false } slab)
            {
                slabs.Add(slab);
            }
        }

        return new(slabs.ToImmutable());
    }

    public double Across(double share)
    {
        var wanted = share * Measure;
        var index = 0;
        while (index < _slabs.Length - 1 && wanted > _until[index])
        {
            index++;
        }

        var slab = _slabs[index];
        var area = slab.AreaUntil(slab.To);
        return share == 1 ? slab.To : slab.Across(Math.Clamp(wanted - (_until[index] - area), 0, area), area);
    }

    public double Along(double x, double share)
    {
        var slab = _slabs[IndexOf(x)];
        var left = share * slab.LengthAt(x);
        foreach (var (lower, upper) in slab.Cells)
        {
            var (y, length) = (lower.At(x), upper.At(x) - lower.At(x));
            if (left <= length)
            {
                return y + left;
            }

            left -= length;
        }

        return slab.Cells[^1].Upper.At(x);
    }

    /// <summary>Whether a point lies inside or, to a tolerance, on the boundary.</summary>
    public bool Contains(double x, double y, double tolerance)
    {
        if (_slabs.IsEmpty)
        {
            return false;
        }

        // The slabs left and right of the nearest line, too, since x may lie on it.
        var index = IndexOf(x);
        for (var i = Math.Max(0, index - 1); i <= Math.Min(_slabs.Length - 1, index + 1); i++)
        {
            var slab = _slabs[i];
            if (x < slab.From - tolerance || x > slab.To + tolerance)
            {
                continue;
            }

            var within = Math.Clamp(x, slab.From, slab.To);
            foreach (var (lower, upper) in slab.Cells)
            {
                if (y >= lower.At(within) - tolerance && y <= upper.At(within) + tolerance)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private int IndexOf(double x)
    {
        var (low, high) = (0, _slabs.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = x > _slabs[middle].To ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static Slab SlabOf(PlaneShape shape, IEnumerable<BoundaryPiece> boundary, double from, double to, double tolerance)
    {
        var middle = (from + to) / 2;
        List<(double Y, PlaneGraph Graph)> crossed =
        [
            .. boundary.SelectMany(piece => piece.Cuts(isVertical: true, middle, tolerance).Select(share => (piece.At(share).Y, Graph(piece, share)))).OrderBy(pair => pair.Y),
        ];
        var cells = ImmutableArray.CreateBuilder<(PlaneGraph Lower, PlaneGraph Upper)>();
        for (var i = 1; i < crossed.Count; i++)
        {
            if (crossed[i].Y - crossed[i - 1].Y > tolerance && shape.Contains(new(middle, (crossed[i - 1].Y + crossed[i].Y) / 2)))
            {
                cells.Add((crossed[i - 1].Graph, crossed[i].Graph));
            }
        }

        return new(from, to, cells.ToImmutable());

        // A circle is two graphs, of which that at the point is meant.
        PlaneGraph Graph(BoundaryPiece piece, double share) => piece is Arc arc ? PlaneGraph.Circle(arc.Centre, arc.Radius, piece.At(share).Y > arc.Centre.Y) : PlaneGraph.Line(piece.At(0), piece.At(1));
    }

    private sealed record Slab(double From, double To, ImmutableArray<(PlaneGraph Lower, PlaneGraph Upper)> Cells)
    {
        public double AreaUntil(double x)
        {
            var area = 0.0;
            foreach (var (lower, upper) in Cells)
            {
                area += upper.Integral(From, x) - lower.Integral(From, x);
            }

            return area;
        }

        public double LengthAt(double x)
        {
            var length = 0.0;
            foreach (var (lower, upper) in Cells)
            {
                length += upper.At(x) - lower.At(x);
            }

            return length;
        }

        public double Across(double wanted, double area)
        {
            var (low, high) = (From, To);
            var x = From + ((To - From) * wanted / area);
            for (var i = 0; i < 100; i++)
            {
                var found = AreaUntil(x);
                (low, high) = found < wanted ? (x, high) : (low, x);
                var next = x - ((found - wanted) / LengthAt(x));
                next = next > low && next < high ? next : low + ((high - low) / 2);
                if (Math.Abs(next - x) <= 1e-15 * (Math.Abs(x) + To - From))
                {
                    return next;
                }

                x = next;
            }

            return x;
        }
    }
}
