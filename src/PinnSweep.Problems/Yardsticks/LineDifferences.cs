using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Yardsticks;

/// <summary>
/// The textbook's solver of an evolution on an interval: central differences of order two in space, the classical Runge–Kutta method of order
/// four in time at nine tenths of what is stable. Values at the ends stay what they are at first, unless the interval is a period. What is
/// shown between its nodes is a cubic through four of them.
/// </summary>
/// <param name="lower">Left end.</param>
/// <param name="upper">Right end.</param>
/// <param name="end">The last time.</param>
/// <param name="fields">Fields at a node; the first is the solution.</param>
/// <param name="start">The fields at a position at time zero.</param>
/// <param name="rate">Writes the rates of a node's fields.</param>
internal sealed class LineDifferences(double lower, double upper, double end, int fields, Func<double, double[]> start, LineDifferences.Rate rate)
{
    // Of the imaginary axis the method bears 2√2, of the negative one 2.78, which central differences fill to Speed/h and 4 Diffusivity/h².
    private const double Stable = 0.9;
    private const double OnImaginary = 2.828;
    private const double OnNegative = 2.785;
    private const int Shown = 100;

    /// <summary>The rates of a node from the fields there and of its neighbours, h away.</summary>
    internal delegate void Rate(double position, double time, ReadOnlySpan<double> left, ReadOnlySpan<double> here, ReadOnlySpan<double> right, double h, Span<double> rate);

    /// <summary>The largest speed; for a wave written as two fields, that of the wave.</summary>
    public double Speed { get; init; }

    /// <summary>The largest diffusivity.</summary>
    public double Diffusivity { get; init; }

    /// <summary>Whether the right end is the left one.</summary>
    public bool IsPeriodic { get; init; }

    /// <summary>The solver on a test grid of 101 positions and 101 times.</summary>
    /// <param name="intervals">From few to many.</param>
    public ClassicalSolver Solver(params ReadOnlySpan<int> intervals) => new("central differences of order 2, Runge–Kutta of order 4 (intervals)", [.. intervals], Solve);

    /// <summary>The first field at positions × times.</summary>
    public double[] Solve(int intervals)
    {
        var h = (upper - lower) / intervals;
        var (u, stage, sum, slope) = (new double[(intervals + 1) * fields], new double[(intervals + 1) * fields], new double[(intervals + 1) * fields], new double[(intervals + 1) * fields]);
        for (var i = 0; i <= intervals; i++)
        {
            start(lower + (i * h)).CopyTo(u, i * fields);
        }

        // A wave in two fields has eigenvalues up to 2c/h, transport up to c/h; the larger is safe for both.
        var limit = Math.Min(Speed > 0 ? OnImaginary * h / (2 * Speed) : double.PositiveInfinity, Diffusivity > 0 ? OnNegative * h * h / (4 * Diffusivity) : double.PositiveInfinity);
        var steps = (int)Math.Ceiling(end / Shown / (Stable * limit));
        var dt = end / Shown / steps;
        var values = new double[(Shown + 1) * (Shown + 1)];
        for (var j = 0; j <= Shown; j++)
        {
            for (var s = 0; j > 0 && s < steps; s++)
            {
                Step(u, stage, sum, slope, h, (((j - 1) * steps) + s) * dt, dt);
            }

            for (var i = 0; i <= Shown; i++)
            {
                values[(i * (Shown + 1)) + j] = At(u, (double)i * intervals / Shown, intervals);
            }
        }

        return values;
    }

    private void Step(double[] u, double[] stage, double[] sum, double[] slope, double h, double time, double dt)
    {
        u.CopyTo(sum, 0);
        u.CopyTo(stage, 0);
        foreach (var (at, weight, next) in ((double, double, double)[])[(0, 1, 0.5), (0.5, 2, 0.5), (0.5, 2, 1), (1, 1, 0)])
        {
            Rates(stage, slope, h, time + (at * dt));
            for (var i = 0; i < u.Length; i++)
            {
                sum[i] += weight * dt / 6 * slope[i];
                stage[i] = u[i] + (next * dt * slope[i]);
            }
        }

        sum.CopyTo(u, 0);
    }

    private void Rates(double[] u, double[] slope, double h, double time)
    {
        var last = (u.Length / fields) - 1;
        for (var i = IsPeriodic ? 0 : 1; i < last; i++)
        {
            var left = i == 0 ? last - 1 : i - 1;
            rate(lower + (i * h), time, u.AsSpan(left * fields, fields), u.AsSpan(i * fields, fields), u.AsSpan((i + 1) * fields, fields), h, slope.AsSpan(i * fields, fields));
        }

        if (IsPeriodic)
        {
            slope.AsSpan(0, fields).CopyTo(slope.AsSpan(last * fields));
        }
    }

    private double At(double[] u, double place, int intervals) => Cubic.At(i => u[i * fields], place, intervals);
}
