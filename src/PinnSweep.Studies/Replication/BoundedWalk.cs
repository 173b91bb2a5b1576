using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

namespace PinnSweep.Studies.Replication;

/// <summary>
/// A standard Brownian path under the null, seen at growing shares t of its length and stopped where it leaves ±z√t: the recursion of
/// Armitage, McPherson and Rowe (1969). By symmetry only the distance from zero is kept, as masses on the nodes of a Gauss–Legendre rule.
/// </summary>
internal sealed class BoundedWalk
{
    /// <summary>Bounds end here: the tail of 1e-197 is nothing, and its t quantile is still a number with two degrees of freedom.</summary>
    public const double LargestBound = 30;

    private double[] _places = [0];
    private double[] _masses = [1];
    private double _time;

    /// <summary>The bound in z at the share <paramref name="time"/> by which exactly the given probability leaves there.</summary>
    public double BoundFor(double time, double probability)
    {
        if (probability < 2 * Normal.CDF(0, 1, -LargestBound))
        {
            return LargestBound;
        }

        // Without earlier bounds it would be this one, and they only make it smaller. ln P is concave in the bound, because the density is
        // log-concave, so Newton's steps come down to the root.
        var bound = probability >= 1 ? 0 : Math.Min(LargestBound, -Normal.InvCDF(0, 1, probability / 2));
        for (var i = 0; i < 200; i++)
        {
            var (exit, density) = Beyond(time, bound);
            if (exit == 0)
            {
                bound *= 0.95;
                continue;
            }

            var step = Math.Log(exit / probability) * exit / density;
            var next = Math.Clamp(bound + step, 0, LargestBound);
            if (Math.Abs(next - bound) <= 1e-12 * (1 + bound))
            {
                return next;
            }

            bound = next;
        }

        return bound;
    }

    /// <summary>Goes to the share <paramref name="time"/> and keeps what lies within the bound there.</summary>
    /// <param name="time">The share.</param>
    /// <param name="bound">In z.</param>
    /// <param name="nextTime">The look after it: the nodes must resolve a step of that length.</param>
    public void StopAt(double time, double bound, double nextTime)
    {
        var reach = bound * Math.Sqrt(time);

        // Nodes at most 0.9 of the narrowest bump apart: a Gaussian is then integrated to 1e-10.
        var width = Math.Sqrt(time * (nextTime - time) / nextTime);
        var rule = new GaussLegendreRule(0, reach, Math.Clamp(16 + (int)(1.75 * reach / width), 16, 1024));
        var places = new double[rule.Order];
        var masses = new double[rule.Order];
        var deviation = Math.Sqrt(time - _time);
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = rule.GetAbscissa(i);
            masses[i] = rule.GetWeight(i) * Density(places[i], deviation);
        }

        (_places, _masses, _time) = (places, masses, time);
    }

    private (double Exit, double Density) Beyond(double time, double bound)
    {
        var edge = bound * Math.Sqrt(time);
        var deviation = Math.Sqrt(time - _time);
        var exit = 0.0;
        for (var i = 0; i < _places.Length; i++)
        {
            exit += _masses[i] * (Normal.CDF(0, 1, (_places[i] - edge) / deviation) + Normal.CDF(0, 1, (-_places[i] - edge) / deviation));
        }

        return (exit, Density(edge, deviation) * Math.Sqrt(time));
    }

    // Of the distance from zero.
    private double Density(double at, double deviation)
    {
        var sum = 0.0;
        for (var i = 0; i < _places.Length; i++)
        {
            var (near, far) = ((at - _places[i]) / deviation, (at + _places[i]) / deviation);
            sum += _masses[i] * (Math.Exp(-near * near / 2) + Math.Exp(-far * far / 2));
        }

        return sum / (deviation * Math.Sqrt(2 * Math.PI));
    }
}
