using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>The weights of the terms; a value that is not finite is refused, counted, and leaves the old one in place.</summary>
internal sealed class TermWeightVector(int terms, double initial, EventCounts events)
{
    private readonly double[] _values = [.. Enumerable.Repeat(initial, terms)];

    public ReadOnlySpan<double> Values => _values;

    public int Count => _values.Length;

    public double this[int term] => _values[term];

    public void Set(int term, double value)
    {
        if (double.IsFinite(value))
        {
            _values[term] = value;
        }
        else
        {
            events.Count(BalancerEvents.NonFiniteWeight);
        }
    }

    /// <summary>All weights at once, or none of them where one is not finite.</summary>
    public void Set(ReadOnlySpan<double> values)
    {
        if (Observed.AllFinite(values))
        {
            values.CopyTo(_values);
        }
        else
        {
            events.Count(BalancerEvents.NonFiniteWeight);
        }
    }

    /// <summary>The moving average: keepOld · old + (1 − keepOld) · instant.</summary>
    public void Average(int term, double instant, double keepOld) => Set(term, (keepOld * _values[term]) + ((1 - keepOld) * instant));

    /// <summary>The moving average of every weight towards a common number over the term's own.</summary>
    public void AverageRatios(double common, ReadOnlySpan<double> own, double keepOld)
    {
        for (var k = 0; k < own.Length; k++)
        {
            Average(k, common / own[k], keepOld);
        }
    }

    public void State(StateArchive archive) => archive.Vector("weights", _values);
}
