using System.Numerics.Tensors;

namespace PinnSweep.Problems.References;

/// <summary>
/// u_t = κ Δu + N(u, t) on [0, w] × [0, 1] with u = 0 at x = 0 and on both ends of y, and u_x = 0 at x = w, a line of symmetry: sines in both
/// coordinates. Diffusion is exact, by its exponential, and the rest is the Runge–Kutta method of order four of what is left (Lawson, SIAM J.
/// Numer. Anal. 4, 1967): however fine the grid, steps need to follow N alone.
/// </summary>
internal sealed class SineEvolution
{
    private readonly int _nx;
    private readonly int _ny;
    private readonly double[][] _alongX;
    private readonly double[][] _alongY;
    private readonly Action<double[], double, double[]> _nonlinear;
    private readonly double _step;
    private readonly double[][] _work;

    /// <summary>Prepares steps of one length.</summary>
    /// <param name="nx">Nodes along x, at w i/nx for i = 1 … nx.</param>
    /// <param name="ny">Intervals along y; nodes at j/ny for j = 1 … ny − 1.</param>
    /// <param name="width">w.</param>
    /// <param name="diffusion">κ.</param>
    /// <param name="step">Of time.</param>
    /// <param name="nonlinear">(u, t, result): writes N at the nodes, x the slower.</param>
    public SineEvolution(int nx, int ny, double width, double diffusion, double step, Action<double[], double, double[]> nonlinear)
    {
        (_nx, _ny, _step, _nonlinear) = (nx, ny - 1, step, nonlinear);
        Values = new double[_nx * _ny];
        _work = [.. Enumerable.Range(0, 7).Select(_ => new double[Values.Length])];

        // Odd multiples of a quarter wave in x; the node on the line of symmetry is half an interval's.
        _alongX = HalfStep(nx, nx, k => k + 0.5, width, j => j == nx ? 0.5 : 1);
        _alongY = HalfStep(ny, ny - 1, k => k + 1, 1, _ => 1);

        double[][] HalfStep(int n, int nodes, Func<int, double> wave, double extent, Func<int, double> weight) =>
        [
            .. Enumerable.Range(1, nodes).Select(i => Enumerable.Range(1, nodes).Select(j => Enumerable.Range(0, nodes).Sum(k =>
                Math.Exp(-diffusion * step / 2 * Math.Pow(wave(k) * Math.PI / extent, 2))
                    * Math.Sin(wave(k) * Math.PI * i / n) * Math.Sin(wave(k) * Math.PI * j / n) * weight(j) * 2 / n)).ToArray()),
        ];
    }

    /// <summary>u at the nodes, x the slower.</summary>
    public double[] Values { get; }

    /// <summary>Advances by one step.</summary>
    /// <param name="time">Where it begins.</param>
    public void Step(double time)
    {
        var (slope, start, first, second, third, stage, half) = (_work[0], _work[1], _work[2], _work[3], _work[4], _work[5], _step / 2);
        _nonlinear(Values, time, slope);
        Diffuse(Values, start);
        Diffuse(slope, first);
        TensorPrimitives.MultiplyAdd(first, half, start, stage);
        _nonlinear(stage, time + half, second);
        TensorPrimitives.MultiplyAdd(second, half, start, stage);
        _nonlinear(stage, time + half, third);
        TensorPrimitives.MultiplyAdd(third, _step, start, stage);
        Diffuse(stage, slope);
        _nonlinear(slope, time + _step, stage);
        TensorPrimitives.MultiplyAdd(first, _step / 6, start, start);
        TensorPrimitives.MultiplyAdd(second, _step / 3, start, start);
        TensorPrimitives.MultiplyAdd(third, _step / 3, start, start);
        Diffuse(start, Values);
        TensorPrimitives.MultiplyAdd(stage, _step / 6, Values, Values);
    }

    /// <summary>Half a step of diffusion alone.</summary>
    private void Diffuse(double[] from, double[] to)
    {
        var along = _work[6];
        for (var i = 0; i < _nx; i++)
        {
            var row = along.AsSpan(i * _ny, _ny);
            row.Clear();
            for (var k = 0; k < _nx; k++)
            {
                TensorPrimitives.MultiplyAdd(from.AsSpan(k * _ny, _ny), _alongX[i][k], row, row);
            }

            // The matrix along y is symmetric: its rows are its columns.
            var result = to.AsSpan(i * _ny, _ny);
            result.Clear();
            for (var k = 0; k < _ny; k++)
            {
                TensorPrimitives.MultiplyAdd(_alongY[k], row[k], result, result);
            }
        }
    }
}
