using System.Numerics;
using PinnSweep.Numerics.Matrices;

namespace PinnSweep.Problems.References;

/// <summary>
/// Laplace's equation in a square about the origin without four discs around (±c, ±c), for boundary values with the symmetries of the
/// square: u = Σ aₖ Re z⁴ᵏ + Σⱼ (b log|wⱼ| + Σ cₘ Re wⱼ⁻ᵐ) with wⱼ the place relative to disc j, turned so that its diagonal is real. Least
/// squares on the boundary give the coefficients. The series solves the equation, and so does its error; by the maximum principle that is
/// nowhere larger than on the boundary, where it is known.
/// </summary>
internal sealed class HarmonicSeries
{
    private const int PointsPerUnknown = 4;
    private readonly double _half;
    private readonly double _radius;
    private readonly Complex[] _centres;
    private readonly int _terms;
    private readonly double[] _coefficients;

    /// <summary>Fits the series.</summary>
    /// <param name="half">Half the side of the square.</param>
    /// <param name="centre">c.</param>
    /// <param name="radius">Of the discs.</param>
    /// <param name="terms">Powers of each kind.</param>
    /// <param name="boundary">u on the boundary, at x + iy.</param>
    public HarmonicSeries(double half, double centre, double radius, int terms, Func<Complex, double> boundary)
    {
        (_half, _radius, _terms) = (half, radius, terms);
        _centres = [.. Enumerable.Range(0, 4).Select(turns => new Complex(centre, centre) * Complex.Pow(Complex.ImaginaryOne, turns))];
        var unknowns = (2 * terms) + 2;
        var points = Boundary(PointsPerUnknown * unknowns).ToArray();
        var rows = Array.ConvertAll(points, Basis);
        double[][] columns = [.. Enumerable.Range(0, unknowns).Select(column => Array.ConvertAll(rows, row => row[column]))];
        _coefficients = OrthogonalFit.Solve(columns, Array.ConvertAll(points, z => boundary(z)));
        Misfit = Boundary(10 * PointsPerUnknown * unknowns).Max(z => Math.Abs(At(z.Real, z.Imaginary) - boundary(z)));
    }

    /// <summary>The largest error on the boundary, and with it anywhere.</summary>
    public double Misfit { get; }

    /// <summary>u at a place of the domain.</summary>
    public double At(double x, double y)
    {
        var (basis, sum) = (Basis(new(x, y)), 0.0);
        for (var i = 0; i < basis.Length; i++)
        {
            sum += _coefficients[i] * basis[i];
        }

        return sum;
    }

    /// <summary>Half a side, from its middle to a corner, and half a circle: the rest follows by symmetry.</summary>
    private IEnumerable<Complex> Boundary(int count)
    {
        for (var i = 0; i < count; i++)
        {
            // Dense at both ends of each piece.
            var share = 0.5 * (1 - Math.Cos(Math.PI * i / (count - 1)));
            yield return new(_half, _half * share);
            yield return _centres[0] + (_radius * Complex.FromPolarCoordinates(1, (Math.PI * share) + (Math.PI / 4)));
        }
    }

    private double[] Basis(Complex z)
    {
        var basis = new double[(2 * _terms) + 2];
        var (power, fourth) = (Complex.One, Complex.Pow(z / (_half * Math.Sqrt(2)), 4));
        for (var k = 0; k <= _terms; k++)
        {
            basis[k] = power.Real;
            power *= fourth;
        }

        foreach (var centre in _centres)
        {
            var inverse = _radius * (centre / Complex.Abs(centre)) / (z - centre);
            basis[_terms + 1] -= Math.Log(Complex.Abs(inverse));
            power = Complex.One;
            for (var m = 1; m <= _terms; m++)
            {
                power *= inverse;
                basis[_terms + 1 + m] += power.Real;
            }
        }

        return basis;
    }
}
