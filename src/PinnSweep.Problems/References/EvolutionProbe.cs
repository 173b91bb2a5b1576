using System.Numerics;

namespace PinnSweep.Problems.References;

/// <summary>
/// How far a computed evolution is from its own differential equation: over nine consecutive states, u_t at the middle one by central
/// differences of order eight against the right-hand side there. The integrator that made the states plays no part in it.
/// </summary>
internal sealed class EvolutionProbe(double step)
{
    /// <summary>States that one measurement takes.</summary>
    public const int States = 9;

    private static readonly double[] Weights = [4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280];
    private readonly Complex[][] _states = new Complex[States][];
    private int _taken;

    /// <summary>The largest ‖u_t − L u − N(u)‖ / ‖u_t‖ so far.</summary>
    public double Worst { get; private set; }

    /// <summary>Takes the next state; the ninth completes a measurement.</summary>
    /// <param name="u">The state.</param>
    /// <param name="linear">The diagonal of L.</param>
    /// <param name="nonlinear">(û, result): writes N(û) at the middle state's time.</param>
    public void Take(Complex[] u, Complex[] linear, Action<Complex[], Complex[]> nonlinear)
    {
        _states[_taken++] = [.. u];
        if (_taken < States)
        {
            return;
        }

        _taken = 0;
        var middle = _states[States / 2];
        var right = new Complex[u.Length];
        nonlinear(middle, right);
        double difference = 0, norm = 0;
        for (var k = 0; k < u.Length; k++)
        {
            Complex slope = 0;
            for (var i = 0; i < Weights.Length; i++)
            {
                slope += Weights[i] / step * (_states[(States / 2) + i + 1][k] - _states[(States / 2) - i - 1][k]);
            }

            difference += Square(slope - right[k] - (linear[k] * middle[k]));
            norm += Square(slope);
        }

        var residual = Math.Sqrt(difference / norm);
        Worst = double.IsNaN(residual) ? double.NaN : Math.Max(Worst, residual);
    }

    private static double Square(Complex z) => (z.Real * z.Real) + (z.Imaginary * z.Imaginary);
}
