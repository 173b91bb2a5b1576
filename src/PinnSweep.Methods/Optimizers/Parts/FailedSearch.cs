using PinnSweep.Methods.Events;

namespace PinnSweep.Methods.Optimizers.Parts;

/// <summary>
/// Remembers a search along −g that found no descent, after which θ stays: from the same loss and gradient the same search finds nothing
/// again. In single precision that is most of a training without tolerances. What events count is what the searches would have asked for, so
/// that records are those of a training that searched.
/// </summary>
internal sealed class FailedSearch(int length)
{
    private readonly double[] _gradient = new double[length];
    private double _loss;
    private int _evaluations;
    private bool _isKnown;

    /// <summary>Whether the next step from the same loss and gradient finds nothing.</summary>
    public bool IsKnown => _isKnown;

    /// <summary>Counts a step as the failed one, where it begins as that did; false where it does not.</summary>
    public bool Repeats(double loss, ReadOnlySpan<double> gradient, EventCounts events)
    {
        if (!_isKnown || loss != _loss || !gradient.SequenceEqual(_gradient))
        {
            return false;
        }

        events.Count(OptimizerEvents.Gradients, _evaluations);
        events.Count(OptimizerEvents.NoDescent);
        return true;
    }

    /// <summary>Remembers a failed search.</summary>
    /// <param name="loss">Where it began.</param>
    /// <param name="gradient">The gradient there.</param>
    /// <param name="evaluations">What it asked for.</param>
    public void Keep(double loss, ReadOnlySpan<double> gradient, int evaluations)
    {
        gradient.CopyTo(_gradient);
        (_loss, _evaluations, _isKnown) = (loss, evaluations, true);
    }

    /// <summary>A search found something.</summary>
    public void Forget() => _isKnown = false;
}
