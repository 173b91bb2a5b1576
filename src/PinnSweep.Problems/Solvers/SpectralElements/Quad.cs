using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.Solvers.SpectralElements;

/// <summary>
/// The image of [−1, 1]²: a rectangle, or what lies between a straight piece of a rectangle's edge (η = −1) and the arc of a disc that it is
/// seen before from the centre (η = 1). Straight lines through the centre stay straight, so the map has an inverse in closed form.
/// </summary>
/// <param name="From">The image of (−1, −1).</param>
/// <param name="To">The image of (1, −1) beside a disc, of (1, 1) in a rectangle.</param>
/// <param name="Disc">The disc; null for a rectangle. Seen from its centre, <paramref name="To"/> is counterclockwise of <paramref name="From"/>.</param>
/// <param name="Sides">What lies at η = −1, ξ = 1, η = 1, ξ = −1: a side of the domain, or −1 for another element.</param>
internal sealed record Quad(PlanePoint From, PlanePoint To, Hole? Disc, int[] Sides)
{
    private const double Slack = 1e-9;

    /// <summary>The image of a point.</summary>
    public PlanePoint At(double xi, double eta)
    {
        var (s, t) = (0.5 * (1 + xi), 0.5 * (1 + eta));
        if (Disc is null)
        {
            return new(From.X + (s * (To.X - From.X)), From.Y + (t * (To.Y - From.Y)));
        }

        var centre = new PlanePoint(Disc.X, Disc.Y);
        var outward = From + (s * (To - From)) - centre;
        return centre + ((1 - t + (t * Disc.Radius / outward.Length)) * outward);
    }

    /// <summary>The point whose image a point is; null where it lies outside.</summary>
    public (double Xi, double Eta)? Inverse(PlanePoint point)
    {
        double s, t;
        if (Disc is null)
        {
            (s, t) = ((point.X - From.X) / (To.X - From.X), (point.Y - From.Y) / (To.Y - From.Y));
        }
        else
        {
            var centre = new PlanePoint(Disc.X, Disc.Y);
            var (ray, edge, start) = (point - centre, To - From, From - centre);
            var reach = PlanePoint.Cross(start, edge) / PlanePoint.Cross(ray, edge);
            if (!(reach > 0))
            {
                return null;
            }

            var onEdge = reach * ray;
            s = PlanePoint.Dot(onEdge - start, edge) / PlanePoint.Dot(edge, edge);
            t = (onEdge.Length - ray.Length) / (onEdge.Length - Disc.Radius);
        }

        return s is >= -Slack and <= 1 + Slack && t is >= -Slack and <= 1 + Slack
            ? (Math.Clamp((2 * s) - 1, -1, 1), Math.Clamp((2 * t) - 1, -1, 1))
            : null;
    }
}
