using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>The normal of a piece of a boundary as expressions of the point, and where the piece is.</summary>
internal static class PieceNormals
{
    /// <summary>The normal on the line or circle of the piece.</summary>
    public static (Expr X, Expr Y) Of(BoundaryPiece piece, Expr x, Expr y)
    {
        if (piece is Arc arc)
        {
            var sign = arc.IsTurned ? -1 : 1;
            return (Scaled(x - arc.Centre.X, sign / arc.Radius), Scaled(y - arc.Centre.Y, sign / arc.Radius));
        }

        var normal = piece.Normal(0.5);
        return (normal.X, normal.Y);
    }

    /// <summary>Whether pieces have one form of the normal in common: all of one line or circle, or parallel.</summary>
    public static bool AreOne(IReadOnlyList<BoundaryPiece> pieces) => pieces[0] switch
    {
        Arc first => pieces.All(piece => piece is Arc arc && arc.Centre == first.Centre && arc.Radius == first.Radius && arc.IsTurned == first.IsTurned),
        var first => pieces.All(piece => piece is Segment && (piece.Normal(0.5) - first.Normal(0.5)).Length < 1e-12),
    };

    /// <summary>A value on the piece, and 0 where another side is.</summary>
    /// <param name="value">The value.</param>
    /// <param name="piece">The piece.</param>
    /// <param name="x">The first coordinate.</param>
    /// <param name="y">The second one.</param>
    /// <param name="tolerance">How near a point is that lies on it.</param>
    public static Expr Where(Expr value, BoundaryPiece piece, Expr x, Expr y, double tolerance)
    {
        if (value is Expr.Number { Value: 0 })
        {
            return value;
        }

        var (from, along) = (piece.At(0), piece.At(1) - piece.At(0));
        if (piece is Arc arc)
        {
            var (dx, dy) = (x - arc.Centre.X, y - arc.Centre.Y);
            var off = ((dx * dx) + (dy * dy) - (arc.Radius * arc.Radius)) / (2 * arc.Radius);

            // Counterclockwise from one end to the other, an arc lies on the right of the line between them.
            var onCircle = Between(value, off, tolerance);
            return arc.IsClosed ? onCircle : Expr.WherePositive(onCircle, tolerance - Left(along, from, x, y));
        }

        // The share of the length lies between 0 and 1.
        var length = along.Length;
        var share = (((x - from.X) * along.X) + ((y - from.Y) * along.Y)) / (length * length);
        return Expr.WherePositive(Between(value, Left(along, from, x, y), tolerance), (share * (1.0 - share)) + (tolerance / length));
    }

    /// <summary>How far a point lies to the left of a line.</summary>
    private static Expr Left(PlanePoint along, PlanePoint from, Expr x, Expr y) => (((y - from.Y) * along.X) - ((x - from.X) * along.Y)) / along.Length;

    private static Expr Between(Expr value, Expr off, double tolerance) => Expr.WherePositive(Expr.WherePositive(value, tolerance - off), off + tolerance);

    private static Expr Scaled(Expr expression, double factor) => expression * factor;
}
