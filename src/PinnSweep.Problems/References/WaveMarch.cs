using System.Numerics.Tensors;
using PinnSweep.Numerics.Spectral;

namespace PinnSweep.Problems.References;

/// <summary>
/// u_tt = c(x, y) Δu from rest, u_n = 0 on the sides of a square: spectral elements of a degree along both coordinates, whose lumped Laplacian is a sum of two matrices
/// of one coordinate, and leap-frog steps with the next term of their series, which makes them of order four (Shubin, Bell, SIAM J. Sci. Stat. Comput. 8,
/// 1987): u(t + h) = 2u − u(t − h) + h² A u + h⁴/12 A² u.
/// </summary>
internal sealed class WaveMarch
{
    // The h² λ that the method bears is 12.
    private const double Margin = 0.9;
    private readonly int _n;
    private readonly (int First, double[] Row)[] _second;
    private readonly double[] _c;
    private readonly double[] _turned;
    private readonly double[] _image;
    private readonly double[] _twice;
    private double[] _before;
    private double[] _now;

    /// <summary>Prepares the start.</summary>
    /// <param name="axis">The elements along either coordinate.</param>
    /// <param name="c">The squared speed.</param>
    /// <param name="start">u at t = 0.</param>
    public WaveMarch(ElementAxis axis, Func<double, double, double> c, Func<double, double, double> start)
    {
        (Axis, _n, _second) = (axis, axis.Nodes.Length, Second(axis));
        double[] At(Func<double, double, double> function) => [.. axis.Nodes.SelectMany(x => axis.Nodes.Select(y => function(x, y)))];
        (_c, _now, _before) = (At(c), At(start), new double[_n * _n]);
        (_turned, _image, _twice) = (new double[_n * _n], new double[_n * _n], new double[_n * _n]);
        LongestStep = Margin * Math.Sqrt(12 / (2 * _c.Max() * _second.Max(row => row.Row.Sum(Math.Abs))));
    }

    /// <summary>The elements along either coordinate.</summary>
    public ElementAxis Axis { get; }

    /// <summary>u at the nodes, y running fastest.</summary>
    public double[] Now => _now;

    /// <summary>A step at which the method is stable, by Gershgorin's circles.</summary>
    public double LongestStep { get; }

    /// <summary>Advances by so many steps of equal length, the same at each call; the first step of all follows from rest.</summary>
    public void Advance(int steps, double length, bool isFirst)
    {
        for (var s = 0; s < steps; s++)
        {
            Laplacian(_now, _image);
            Laplacian(_image, _twice);
            var (first, second) = (length * length, length * length * length * length / 12);
            if (isFirst && s == 0)
            {
                // By Taylor's series, of even powers alone.
                for (var k = 0; k < _now.Length; k++)
                {
                    _before[k] = _now[k] + (0.5 * first * _image[k]) + (0.5 * second * _twice[k]);
                }
            }
            else
            {
                for (var k = 0; k < _now.Length; k++)
                {
                    _before[k] = (2 * _now[k]) - _before[k] + (first * _image[k]) + (second * _twice[k]);
                }
            }

            (_before, _now) = (_now, _before);
        }
    }

    /// <summary>The matrix of the weak second derivative with natural ends, over the lumped mass: rows with their first column.</summary>
    private static (int First, double[] Row)[] Second(ElementAxis axis)
    {
        var (degree, d, w) = (axis.Element.Degree, axis.Element.First, axis.Element.Weights);
        var mass = new double[axis.Nodes.Length];
        (int First, double[] Row)[] rows = [.. Enumerable.Range(0, mass.Length).Select(i =>
        {
            var first = Math.Max(0, ((i + degree - 1) / degree) - 1) * degree;
            return (first, new double[Math.Min(mass.Length - 1, ((i / degree) + 1) * degree) - first + 1]);
        })];
        for (var e = 0; e < axis.Elements; e++)
        {
            for (var i = 0; i <= degree; i++)
            {
                var (first, row) = rows[(e * degree) + i];
                mass[(e * degree) + i] += 0.5 * axis.Length(e) * w[i];
                for (var k = 0; k <= degree; k++)
                {
                    for (var m = 0; m <= degree; m++)
                    {
                        row[(e * degree) + k - first] -= 2 / axis.Length(e) * w[m] * d[m, i] * d[m, k];
                    }
                }
            }
        }

        return [.. rows.Select((row, i) => (row.First, row.Row.Select(value => value / mass[i]).ToArray()))];
    }

    /// <summary>c (∂xx + ∂yy) u: along x by sums of whole rows, along y by the same on the transposed array.</summary>
    private void Laplacian(double[] u, double[] result)
    {
        Transpose(u, result);
        Array.Clear(_turned);
        AddAlong(result, _turned);
        Transpose(_turned, result);
        AddAlong(u, result);
        TensorPrimitives.Multiply(_c, result, result);
    }

    private void AddAlong(double[] u, double[] result)
    {
        for (var i = 0; i < _n; i++)
        {
            var (first, row) = _second[i];
            var sum = result.AsSpan(i * _n, _n);
            for (var k = 0; k < row.Length; k++)
            {
                TensorPrimitives.MultiplyAdd(u.AsSpan((first + k) * _n, _n), row[k], sum, sum);
            }
        }
    }

    private void Transpose(double[] from, double[] to)
    {
        for (var i = 0; i < _n; i++)
        {
            for (var j = 0; j < _n; j++)
            {
                to[(j * _n) + i] = from[(i * _n) + j];
            }
        }
    }
}
