using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Solvers.SpectralElements;

/// <summary>A rectangle of the plane.</summary>
internal readonly record struct Rectangle(double Left, double Right, double Bottom, double Top);

/// <summary>
/// Divides a box among discs by lines along the coordinates, each in the middle of the widest gap that leaves discs on both sides, until each
/// disc has a rectangle of its own.
/// </summary>
internal static class DiscRectangles
{
    /// <summary>A rectangle for each disc, in their order; null where no line divides some of them.</summary>
    public static Rectangle[]? Of(Rectangle box, IReadOnlyList<Hole> discs)
    {
        var rectangles = new Rectangle[discs.Count];
        return Divide(box, [.. Enumerable.Range(0, discs.Count)], discs, rectangles) ? rectangles : null;
    }

    private static bool Divide(Rectangle cell, List<int> inside, IReadOnlyList<Hole> discs, Rectangle[] rectangles)
    {
        if (inside.Count <= 1)
        {
            inside.ForEach(disc => rectangles[disc] = cell);
            return true;
        }

        var (gapX, atX) = Widest(inside.ConvertAll(disc => (discs[disc].X - discs[disc].Radius, discs[disc].X + discs[disc].Radius)));
        var (gapY, atY) = Widest(inside.ConvertAll(disc => (discs[disc].Y - discs[disc].Radius, discs[disc].Y + discs[disc].Radius)));
        if (Math.Max(gapX, gapY) <= 0)
        {
            return false;
        }

        var isAcross = gapX >= gapY;
        var (first, second) = isAcross ? (cell with { Right = atX }, cell with { Left = atX }) : (cell with { Top = atY }, cell with { Bottom = atY });
        var below = inside.ToLookup(disc => isAcross ? discs[disc].X < atX : discs[disc].Y < atY);
        return Divide(first, [.. below[true]], discs, rectangles) && Divide(second, [.. below[false]], discs, rectangles);
    }

    private static (double Width, double Middle) Widest(List<(double Lower, double Upper)> shadows)
    {
        shadows.Sort();
        var (widest, middle, reached) = (0.0, 0.0, shadows[0].Upper);
        foreach (var (lower, upper) in shadows.Skip(1))
        {
            if (lower - reached > widest)
            {
                (widest, middle) = (lower - reached, 0.5 * (lower + reached));
            }

            reached = Math.Max(reached, upper);
        }

        return (widest, middle);
    }
}
