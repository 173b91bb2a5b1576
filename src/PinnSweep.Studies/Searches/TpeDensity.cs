using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Spaces;

namespace PinnSweep.Studies.Searches;

/// <summary>Where the points of one group lie along one dimension, in coordinates of 0 … 1.</summary>
internal abstract class TpeDensity
{
    /// <summary>The density of places; for a choice the probability.</summary>
    /// <param name="scale">The dimension.</param>
    /// <param name="places">Of the points, the oldest first.</param>
    public static TpeDensity Of(DimensionScale scale, ReadOnlySpan<double> places) =>
        scale is DimensionScale.Choice choice ? new CategoryDensity(places, choice.Values.Length) : new ParzenDensity(places);

    /// <summary>At a place.</summary>
    public abstract double At(double place);

    /// <summary>A random place that follows the density.</summary>
    public abstract double Draw(RandomStream stream);

    /// <summary>
    /// The weights of points, the oldest first, and of the prior last; they sum to 1. The newest 25 weigh alike, older ones less and less
    /// down to 1/n (linear forgetting of hyperopt, github.com/hyperopt/hyperopt, tpe.py; Optuna's default_weights).
    /// </summary>
    internal static double[] Weights(int points)
    {
        var weights = new double[points + 1];
        weights[points] = Tpe.PriorWeight;
        var ramp = Math.Max(0, points - Tpe.Remembered);
        for (var i = 0; i < points; i++)
        {
            weights[i] = i >= ramp ? 1 : ramp == 1 ? 1.0 / points : (1.0 / points) + ((1 - (1.0 / points)) * i / (ramp - 1));
        }

        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>A number with the probability of its weight.</summary>
    private protected static int Pick(double[] cumulative, RandomStream stream)
    {
        var found = Array.BinarySearch(cumulative, stream.NextDouble() * cumulative[^1]);
        return Math.Min(found >= 0 ? found + 1 : ~found, cumulative.Length - 1);
    }

    /// <summary>The sums of the first 1, 2, … weights.</summary>
    private protected static double[] Cumulative(double[] weights)
    {
        var sum = 0.0;
        return Array.ConvertAll(weights, weight => sum += weight);
    }
}
