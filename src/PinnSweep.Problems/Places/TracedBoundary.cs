namespace PinnSweep.Problems.Places;

/// <summary>
/// The boundary of a shape, from the sides of its polygons and discs: each is cut where others meet it, and of the parts those are kept
/// that have the shape on one side and not on the other.
/// </summary>
internal static class TracedBoundary
{
    // Relative to the size of the shape: what is nearer is the same place.
    public const double Near = 1e-9;
    private const double Beside = 1e-7;

    /// <summary>The pieces, each with the number of its figure and of its side there; the domain lies where their normals say.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="size">Its size, to which tolerances are relative.</param>
    public static List<(int Figure, int Side, BoundaryPiece Piece)> Of(PlaneShape shape, double size)
    {
        List<(int Figure, int Side, BoundaryPiece Piece)> sides =
            [.. shape.Figures.SelectMany((figure, i) => figure.Sides.Select((side, k) => (i, k, side.Piece)))];
        var kept = new List<(int Figure, int Side, BoundaryPiece Piece)>();
        foreach (var (figure, side, piece) in sides)
        {
            List<double> cuts = [0, .. sides.Where(other => other.Piece != piece).SelectMany(other => Cuts(piece, other.Piece, Near * size)).Order(), 1];
            var runs = new List<(double From, double To, bool IsTurned)>();
            for (var i = 1; i < cuts.Count; i++)
            {
                if ((cuts[i] - cuts[i - 1]) * piece.Length <= Near * size || IsBoundary(shape, piece.Between(cuts[i - 1], cuts[i]), size, kept) is not { } isTurned)
                {
                    continue;
                }

                // Parts of one side that follow each other are one piece.
                if (runs.Count > 0 && runs[^1].IsTurned == isTurned && (cuts[i - 1] - runs[^1].To) * piece.Length <= Near * size)
                {
                    runs[^1] = (runs[^1].From, cuts[i], isTurned);
                }
                else
                {
                    runs.Add((cuts[i - 1], cuts[i], isTurned));
                }
            }

            kept.AddRange(runs.Select(run => (figure, side, Oriented(piece, run.From, run.To, run.IsTurned))));
        }

        return kept;
    }

    /// <summary>The points where another piece meets or leaves it, as shares of its length.</summary>
    public static IEnumerable<double> Cuts(BoundaryPiece piece, BoundaryPiece other, double tolerance)
    {
        foreach (var point in Meetings.Of(piece, other))
        {
            // Lines that nearly touch meet somewhere along a long stretch; what counts is whether both pieces are there.
            if (other.Find(point, 1e3 * tolerance) is not null && piece.Find(point, 1e3 * tolerance) is { } share)
            {
                yield return share;
            }
        }

        foreach (var end in new[] { other.At(0), other.At(1) })
        {
            if (piece.Find(end, tolerance) is { } share)
            {
                yield return share;
            }
        }
    }

    private static BoundaryPiece Oriented(BoundaryPiece piece, double from, double to, bool isTurned) =>
        piece.Between(from, to) is var part && isTurned ? part.Turned() : part;

    /// <summary>Whether the shape ends there, and then whether its inside lies where the piece's normal points; null where it does not end.</summary>
    private static bool? IsBoundary(PlaneShape shape, BoundaryPiece part, double size, List<(int Figure, int Side, BoundaryPiece Piece)> kept)
    {
        // Not the middle, which symmetric shapes like to share.
        var (at, normal) = (part.At(0.49), part.Normal(0.49));
        var (inside, outside) = (shape.Contains(at - (Beside * size * normal)), shape.Contains(at + (Beside * size * normal)));
        return inside == outside || kept.Any(other => other.Piece.Find(at, Near * size) is not null) ? null : outside;
    }
}
