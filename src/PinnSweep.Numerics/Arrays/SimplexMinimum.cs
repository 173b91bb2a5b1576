using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Numerics.Arrays;

/// <summary>
/// Minimizes ½ wᵀAw (MGDA) or bᵀw + c √(wᵀAw) (CAGrad) over the simplex w ≥ 0, Σ w = 1 by exact steps that move weight from one entry to
/// another: each has a closed form, and the pair with the steepest exchange goes first. Both functions are convex.
/// </summary>
internal sealed class SimplexMinimum(int size)
{
    private const double Tolerance = 1e-12;
    private const int MaxSteps = 5000;

    [Scratch] private readonly double[] _image = new double[size];
    [Scratch] private readonly double[] _slopes = new double[size];

    /// <summary>
    /// w becomes the minimizer, starting from equal weights. Only the first w.Length rows and columns of A (row-major, of that width) are
    /// read.
    /// </summary>
    /// <param name="a">Positive semi-definite; best scaled to entries of the order of 1.</param>
    /// <param name="b">Empty for the quadratic.</param>
    /// <param name="factor">c; not read for the quadratic.</param>
    /// <param name="w">The result.</param>
    public void Solve(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double factor, Span<double> w)
    {
        var n = w.Length;
        w.Fill(1.0 / n);
        for (var step = 0; step < MaxSteps; step++)
        {
            var square = Image(a, w);
            var root = Math.Sqrt(Math.Max(square, 0));
            if (!b.IsEmpty && root < Tolerance)
            {
                return;
            }

            var (from, to) = (-1, 0);
            for (var k = 0; k < n; k++)
            {
                _slopes[k] = b.IsEmpty ? _image[k] : b[k] + (factor * _image[k] / root);
                to = _slopes[k] < _slopes[to] ? k : to;
            }

            for (var k = 0; k < n; k++)
            {
                from = w[k] > 0 && (from < 0 || _slopes[k] > _slopes[from]) ? k : from;
            }

            if (_slopes[from] - _slopes[to] < Tolerance)
            {
                return;
            }

            var cross = _image[to] - _image[from];
            var curvature = a[(to * n) + to] + a[(from * n) + from] - (2 * a[(to * n) + from]);
            var t = b.IsEmpty ? QuadraticStep(cross, curvature) : RootStep(b[to] - b[from], factor, square, cross, curvature);
            t = Math.Clamp(t, 0, w[from]);
            if (t == 0)
            {
                return;
            }

            w[to] += t;
            w[from] -= t;
        }
    }

    private double Image(ReadOnlySpan<double> a, ReadOnlySpan<double> w)
    {
        var square = 0.0;
        for (var i = 0; i < w.Length; i++)
        {
            _image[i] = 0;
            for (var j = 0; j < w.Length; j++)
            {
                _image[i] += a[(i * w.Length) + j] * w[j];
            }

            square += w[i] * _image[i];
        }

        return square;
    }

    private static double QuadraticStep(double cross, double curvature) => curvature > 0 ? -cross / curvature : double.PositiveInfinity;

    /// <summary>
    /// Minimizes l t + c √(q + 2 x t + k t²) over t ≥ 0: with z = k t + x and D = q k − x² the slope vanishes at z = −sign(l) |l| √(D / (c²
    /// k − l²)).
    /// </summary>
    private static double RootStep(double linear, double factor, double square, double cross, double curvature)
    {
        var excess = (factor * factor * curvature) - (linear * linear);
        if (curvature <= 0 || excess <= 0)
        {
            return double.PositiveInfinity;
        }

        var discriminant = Math.Max(0, (square * curvature) - (cross * cross));
        return ((-linear * Math.Sqrt(discriminant / excess)) - cross) / curvature;
    }
}
