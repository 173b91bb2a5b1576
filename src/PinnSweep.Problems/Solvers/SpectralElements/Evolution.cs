
namespace PinnSweep.Problems.Solvers.SpectralElements;

/// <summary>
/// u_t = ∇·(a ∇u) − c u + f in time: the L-stable singly diagonal Runge–Kutta method of five stages and order 4 (Hairer, Wanner, Solving
/// Ordinary Differential Equations II, 2nd edition 1996, table IV.6.5), whose stages share one matrix. A start that the conditions contradict
/// makes a layer like √t, so steps grow with the time that has passed.
/// </summary>
internal static class Evolution
{
    private const double Gamma = 0.25;
    private static readonly double[] Places = [0.25, 0.75, 11.0 / 20, 0.5, 1];

    private static readonly double[][] Stages =
    [
        [],
        [0.5],
        [17.0 / 50, -1.0 / 25],
        [371.0 / 1360, -137.0 / 2720, 15.0 / 544],
        [25.0 / 24, -49.0 / 48, 125.0 / 16, -85.0 / 12],
    ];

    /// <summary>The values at the nodes at equally spaced times, the start first.</summary>
    /// <param name="elliptic">What the solution evolves by.</param>
    /// <param name="start">The values at time 0.</param>
    /// <param name="interval">Between two times.</param>
    /// <param name="count">How many after the start.</param>
    /// <param name="fineness">A step is at most this part of the time that has passed; a power of 2, so that few steps of different size are made.</param>
    /// <param name="halvings">How often the first interval is halved towards time 0; 0 for a start that the conditions agree with.</param>
    public static IEnumerable<double[]> Of(EllipticOperator elliptic, double[] start, double interval, int count, int fineness, int halvings)
    {
        var values = start.ToArray();
        yield return values;
        var steps = new Steps(elliptic);
        for (var part = 0; part <= halvings; part++)
        {
            var from = part == 0 ? 0 : interval * Math.Pow(0.5, halvings + 1 - part);
            var to = interval * Math.Pow(0.5, halvings - part);
            values = steps.Advance(values, from, to, fineness);
        }

        yield return values;
        for (var k = 1; k < count; k++)
        {
            // Without a layer all steps are alike.
            var parts = halvings == 0 ? fineness : Math.Max(1, (int)Math.Pow(2, Math.Ceiling(Math.Log2((double)fineness / k))));
            values = steps.Advance(values, k * interval, (k + 1) * interval, parts);
            yield return values;
        }
    }

    private sealed class Steps(EllipticOperator elliptic)
    {
        private readonly bool _isSteady = elliptic.Data.IsSteady;
        private readonly double[] _right = elliptic.RightSide(0);
        private (double Step, CondensedSystem System)? _last;

        public double[] Advance(double[] values, double from, double to, int count)
        {
            var step = (to - from) / count;
            if (_last is not { } known || Math.Abs(known.Step - step) > 1e-12 * step)
            {
                _last = (step, new(elliptic, 1 / (Gamma * step)));
            }

            for (var k = 0; k < count; k++)
            {
                values = Step(values, from + (k * step), _last.Value.Step, _last.Value.System);
            }

            return values;
        }

        private double[] Step(double[] values, double time, double step, CondensedSystem system)
        {
            var slopes = new double[Stages.Length][];
            var stage = values;
            for (var s = 0; s < Stages.Length; s++)
            {
                var known = values.ToArray();
                for (var r = 0; r < s; r++)
                {
                    for (var i = 0; i < known.Length; i++)
                    {
                        known[i] += step * Stages[s][r] * slopes[r][i];
                    }
                }

                // (M + γ h A) u = M known + γ h b, divided by γ h.
                var load = _isSteady ? _right : elliptic.RightSide(time + (Places[s] * step));
                var right = new double[known.Length];
                for (var i = 0; i < known.Length; i++)
                {
                    right[i] = (elliptic.Masses[i] * known[i] / (Gamma * step)) + load[i];
                }

                stage = system.Solve(right);
                slopes[s] = new double[known.Length];
                for (var i = 0; i < known.Length; i++)
                {
                    slopes[s][i] = (stage[i] - known[i]) / (Gamma * step);
                }
            }

            return stage;
        }
    }
}
