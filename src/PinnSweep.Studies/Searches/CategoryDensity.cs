using PinnSweep.Numerics.Streams;

namespace PinnSweep.Studies.Searches;

/// <summary>
/// Probabilities of the values of a choice: each of n points is a distribution that gives every value 1/(n + 1) and its own 1 more,
/// normalized; the prior gives all the same; their mixture has the weights of the points (Optuna's categorical estimator).
/// </summary>
internal sealed class CategoryDensity : TpeDensity
{
    private readonly double[] _probabilities;
    private readonly double[] _cumulative;

    /// <summary>From the places of points: the middles of their values' shares of 0 … 1.</summary>
    public CategoryDensity(ReadOnlySpan<double> places, int values)
    {
        var weights = Weights(places.Length);
        var even = Tpe.PriorWeight / (places.Length + 1);
        var total = 1 + (values * even);
        _probabilities = new double[values];
        Array.Fill(_probabilities, (weights[^1] / values) + ((1 - weights[^1]) * even / total));
        for (var i = 0; i < places.Length; i++)
        {
            _probabilities[(int)(places[i] * values)] += weights[i] / total;
        }

        _cumulative = Cumulative(_probabilities);
    }

    /// <inheritdoc/>
    public override double At(double place) => _probabilities[Math.Min((int)(place * _probabilities.Length), _probabilities.Length - 1)];

    /// <inheritdoc/>
    public override double Draw(RandomStream stream) => (Pick(_cumulative, stream) + 0.5) / _probabilities.Length;
}
