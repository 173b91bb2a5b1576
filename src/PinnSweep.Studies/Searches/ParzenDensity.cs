using PinnSweep.Numerics.Streams;

namespace PinnSweep.Studies.Searches;

/// <summary>
/// A mixture of normal distributions, cut off at 0 and 1: one around each point and a wide one in the middle, the prior. A window is as
/// wide as the distance to the farther of its neighbours among points and prior, the outermost as that to their only one (Bergstra et al.,
/// NIPS 2011, section 4), but no narrower than 1/min(100, 2 + points) and no wider than 1 (the "magic clip" of hyperopt and Optuna).
/// </summary>
internal sealed class ParzenDensity : TpeDensity
{
    // e^(−60) = 10⁻²⁶: beyond it a window is lost in the last digit of the prior, which nowhere has less than 0.9 of its weight and weighs
    // as much as any point. That leaves a fifth of 10,000 narrow windows to be looked at.
    private const double NothingLeft = 120;
    private const double PriorCentre = 0.5;
    private const double PriorWidth = 1;

    private readonly double[] _centres;
    private readonly double[] _widths;
    private readonly double[] _heights;
    private readonly double[] _cumulative;

    /// <summary>From the places of points, the oldest first.</summary>
    public ParzenDensity(ReadOnlySpan<double> places)
    {
        _centres = [.. places, PriorCentre];
        _widths = Widths(_centres);
        var weights = Weights(places.Length);
        _cumulative = Cumulative(weights);
        _heights = new double[_centres.Length];
        for (var i = 0; i < _heights.Length; i++)
        {
            _heights[i] = weights[i] / (_widths[i] * Math.Sqrt(2 * Math.PI) * NormalShare.OfUnit(_centres[i], _widths[i]));
        }
    }

    /// <inheritdoc/>
    public override double At(double place)
    {
        var density = 0.0;
        for (var i = 0; i < _centres.Length; i++)
        {
            var z = (place - _centres[i]) / _widths[i];
            density += z * z < NothingLeft ? _heights[i] * Math.Exp(-0.5 * z * z) : 0;
        }

        return density;
    }

    /// <inheritdoc/>
    public override double Draw(RandomStream stream)
    {
        var window = Pick(_cumulative, stream);
        while (true)
        {
            // At least a third of a window lies inside, since its centre does and it is no wider than 1.
            var place = _centres[window] + (_widths[window] * stream.NextGaussian());
            if (place is >= 0 and <= 1)
            {
                return place;
            }
        }
    }

    /// <summary>Of the points, and last of the prior.</summary>
    private static double[] Widths(double[] centres)
    {
        var widths = new double[centres.Length];
        var order = Order(centres);
        var narrowest = 1 / Math.Min(Tpe.NarrowestShare, centres.Length + 1.0);
        for (var i = 0; i < order.Length; i++)
        {
            var left = i > 0 ? centres[order[i]] - centres[order[i - 1]] : 0;
            var right = i < order.Length - 1 ? centres[order[i + 1]] - centres[order[i]] : 0;
            widths[order[i]] = Math.Clamp(Math.Max(left, right), narrowest, 1);
        }

        widths[^1] = PriorWidth;
        return widths;
    }
    /// <summary>The numbers of the centres from left to right, equal ones in their order; LINQ's stable sort takes longer.</summary>
    private static int[] Order(double[] centres)
    {
        var (sorted, order) = ((double[])centres.Clone(), Enumerable.Range(0, centres.Length).ToArray());
        Array.Sort(sorted, order);
        for (var from = 0; from < order.Length;)
        {
            var to = from + 1;
            while (to < order.Length && sorted[to] == sorted[from])
            {
                to++;
            }

            Array.Sort(order, from, to - from);
            from = to;
        }

        return order;
    }
}
