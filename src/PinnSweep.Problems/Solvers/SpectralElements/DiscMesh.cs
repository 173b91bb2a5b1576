using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Solvers.SpectralElements;

/// <summary>
/// A box without discs as quadrilaterals that meet along whole sides: a grid of lines, some of whose cells make a rectangle around each disc;
/// in place of these, each piece of the rectangle's edge is joined with the arc before it.
/// </summary>
internal static class DiscMesh
{
    // Of the radius, how near and how far the rectangle around a disc may come; nearer where the next disc or the edge of the box is.
    private const double Nearest = 1.3;
    private const double Farthest = 2.2;

    /// <summary>Sides of the box, in the order x-lower, x-upper, y-lower, y-upper; that of disc k follows them.</summary>
    public const int BoxSides = 4;

    /// <summary>The elements; null where discs lie so that no line along a coordinate divides them.</summary>
    /// <param name="box">The box.</param>
    /// <param name="discs">The discs, inside the box and apart from each other.</param>
    /// <param name="widest">The widest element.</param>
    /// <param name="layers">Layers of elements towards the edges of the box, each a fifth as thick as the one before.</param>
    public static List<Quad>? Of(Rectangle box, IReadOnlyList<Hole> discs, double widest, int layers)
    {
        if (DiscRectangles.Of(box, discs) is not { } cells)
        {
            return null;
        }

        var x = Lines(box.Left, box.Right, [.. discs.Select((disc, k) => (disc.X, disc.Radius, cells[k].Left, cells[k].Right))], widest, layers);
        var y = Lines(box.Bottom, box.Top, [.. discs.Select((disc, k) => (disc.Y, disc.Radius, cells[k].Bottom, cells[k].Top))], widest, layers);
        var around = discs.Select((disc, k) => (
            Left: Last(x, Before(disc.X, disc.Radius, cells[k].Left)),
            Right: First(x, Beyond(disc.X, disc.Radius, cells[k].Right)),
            Bottom: Last(y, Before(disc.Y, disc.Radius, cells[k].Bottom)),
            Top: First(y, Beyond(disc.Y, disc.Radius, cells[k].Top)))).ToList();
        List<Quad> quads = [];
        for (var i = 0; i + 1 < x.Length; i++)
        {
            for (var j = 0; j + 1 < y.Length; j++)
            {
                if (!around.Exists(edge => i >= edge.Left && i < edge.Right && j >= edge.Bottom && j < edge.Top))
                {
                    quads.Add(new(new(x[i], y[j]), new(x[i + 1], y[j + 1]), null, [j == 0 ? 2 : -1, i + 2 == x.Length ? 1 : -1, j + 2 == y.Length ? 3 : -1, i == 0 ? 0 : -1]));
                }
            }
        }

        for (var k = 0; k < discs.Count; k++)
        {
            var (left, right, bottom, top) = around[k];
            var (disc, circle) = (discs[k], BoxSides + k);
            void Join(int fromX, int fromY, int toX, int toY, int side) => quads.Add(new(new(x[fromX], y[fromY]), new(x[toX], y[toY]), disc, [side, -1, circle, -1]));
            for (var i = left; i < right; i++)
            {
                Join(i, bottom, i + 1, bottom, bottom == 0 ? 2 : -1);
                Join(i + 1, top, i, top, top == y.Length - 1 ? 3 : -1);
            }

            for (var j = bottom; j < top; j++)
            {
                Join(right, j, right, j + 1, right == x.Length - 1 ? 1 : -1);
                Join(left, j + 1, left, j, left == 0 ? 0 : -1);
            }
        }

        return quads;
    }

    private static double[] Lines(double lower, double upper, (double Centre, double Radius, double Lower, double Upper)[] discs, double widest, int layers) =>
        GridLines.Graded(
            GridLines.Of(lower, upper, discs.SelectMany(disc => new[] { Before(disc.Centre, disc.Radius, disc.Lower), Beyond(disc.Centre, disc.Radius, disc.Upper) }), widest),
            0.2,
            layers);

    /// <summary>Where the lower edge of a rectangle may lie. Limits that two discs share stay equal to the last bit.</summary>
    private static (double Lower, double Upper) Before(double centre, double radius, double limit) =>
        (Math.Max(limit, centre - (Farthest * radius)), Math.Max(limit, centre - (Nearest * radius)));

    private static (double Lower, double Upper) Beyond(double centre, double radius, double limit) =>
        (Math.Min(limit, centre + (Nearest * radius)), Math.Min(limit, centre + (Farthest * radius)));

    private static int Last(double[] lines, (double Lower, double Upper) range) => Array.FindLastIndex(lines, line => line <= range.Upper);

    private static int First(double[] lines, (double Lower, double Upper) range) => Array.FindIndex(lines, line => line >= range.Lower);
}
