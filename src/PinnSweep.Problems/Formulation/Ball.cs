using System.Collections.Immutable;

namespace PinnSweep.Problems.Formulation;

/// <summary>
/// The points of the first coordinates that are no farther from zero than a radius, in any number of dimensions; over any other coordinate,
/// such as time, it is a cylinder. The unit cube is mapped to it so that equal parts have equal measure: one number for the share of the
/// volume within, and one for each angle φ, whose density is a power of sin φ.
/// </summary>
/// <param name="Dimension">Coordinates d, from 2.</param>
/// <param name="Radius">R.</param>
public sealed record Ball(int Dimension, double Radius)
{
    private const int MostSteps = 60;

    /// <summary>Whether a point lies in it, its sphere included, but for rounding.</summary>
    public bool Contains(ReadOnlySpan<double> point) => Length(point) <= Radius * (1 + 1e-12);

    /// <summary>The distance of a point from the centre.</summary>
    public double Length(ReadOnlySpan<double> point)
    {
        var square = 0.0;
        for (var axis = 0; axis < Dimension; axis++)
        {
            square += point[axis] * point[axis];
        }

        return Math.Sqrt(square);
    }

    /// <summary>The measure of the sphere: of radius 1, it is 2 on a line, 2π in the plane, and from d to d + 2 dimensions grows by 2π/d.</summary>
    public double Sphere
    {
        get
        {
            var (measure, from) = Dimension % 2 == 0 ? (2 * Math.PI, 2) : (2.0, 1);
            for (var k = from; k < Dimension; k += 2)
            {
                measure *= 2 * Math.PI / k;
            }

            return measure * Math.Pow(Radius, Dimension - 1);
        }
    }

    /// <summary>The volume.</summary>
    public double Volume => Sphere * Radius / Dimension;

    /// <summary>What the numbers of a unit cube run along: from the centre outwards, unless on the sphere, then each angle.</summary>
    public ImmutableArray<CubeDirection> Directions(bool isSphere) =>
    [
        .. isSphere ? ImmutableArray<CubeDirection>.Empty : [new(Radius, IsTime: false, Closes: false)],
        .. Enumerable.Range(0, Dimension - 1).Select(k => new CubeDirection((k == Dimension - 2 ? 2 : 1) * Math.PI * Radius, IsTime: false, Closes: k == Dimension - 2)),
    ];

    /// <summary>Sets the coordinates of a point.</summary>
    /// <param name="unit">d numbers in [0, 1], one less on the sphere.</param>
    /// <param name="isSphere">Whether the point lies on it.</param>
    /// <param name="point">Takes the coordinates.</param>
    public void Place(ReadOnlySpan<double> unit, bool isSphere, Span<double> point)
    {
        var left = isSphere ? Radius : Radius * Math.Pow(unit[0], 1.0 / Dimension);
        var angles = isSphere ? unit : unit[1..];
        for (var k = 0; k < Dimension - 2; k++)
        {
            var (sin, cos) = Math.SinCos(Angle(angles[k], Dimension - 2 - k));
            point[k] = left * cos;
            left *= sin;
        }

        (point[Dimension - 1], point[Dimension - 2]) = Math.SinCos(2 * Math.PI * angles[Dimension - 2]);
        point[Dimension - 1] *= left;
        point[Dimension - 2] *= left;
    }

    /// <summary>The φ in [0, π] below which a share of ∫ sinᵖ lies: Newton's method, bisection where it leaves the bracket.</summary>
    private static double Angle(double share, int power)
    {
        if (power == 1)
        {
            return Math.Acos(1 - (2 * share));
        }

        var (low, high, wanted) = (0.0, Math.PI, share * Integral(Math.PI, power));
        var angle = Math.PI * share;
        for (var i = 0; i < MostSteps; i++)
        {
            var beyond = Integral(angle, power) - wanted;
            (low, high) = beyond > 0 ? (low, angle) : (angle, high);
            var next = angle - (beyond / Math.Pow(Math.Sin(angle), power));
            next = next > low && next < high ? next : 0.5 * (low + high);
            if (Math.Abs(next - angle) <= 1e-15)
            {
                break;
            }

            angle = next;
        }

        return angle;
    }

    /// <summary>∫₀ᵠ sinᵖ, from p ∫ sinᵖ = (p − 1) ∫ sinᵖ⁻² − cos φ sinᵖ⁻¹ φ.</summary>
    private static double Integral(double angle, int power) => power switch
    {
        0 => angle,
        1 => 1 - Math.Cos(angle),
        _ => (((power - 1) * Integral(angle, power - 2)) - (Math.Cos(angle) * Math.Pow(Math.Sin(angle), power - 1))) / power,
    };
}
