using System.Numerics.Tensors;
using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Methods.Samplers.Parts;

/// <summary>
/// How far the last gradients scatter: the mean over parameters of their standard deviation over their mean magnitude + 1e-6 (Wu et al.
/// 2024, arXiv:2405.14369, in the form of the authors' programs). A gradient is the mean of those of a period.
/// </summary>
/// <param name="past">How many periods are looked back on.</param>
internal sealed class GradientSpread(int past)
{
    private double[] _gradients = [];
    private double[] _sum = [];
    private int _summed;
    private int _stored;
    private int _next;
    private double _value = 1;

    /// <summary>The spread at the end of the last period; 1 where it is nothing, as with one gradient alone.</summary>
    public double Value => _value;

    /// <summary>Sees a gradient of the current period.</summary>
    public void Add(ReadOnlySpan<double> gradient)
    {
        if (_sum.Length != gradient.Length)
        {
            _sum = new double[gradient.Length];
            _gradients = new double[past * gradient.Length];
        }

        if (_summed == 0)
        {
            gradient.CopyTo(_sum);
        }
        else
        {
            TensorPrimitives.Add(_sum, gradient, _sum);
        }

        _summed++;
    }

    /// <summary>Takes the mean of the period among the last gradients, in the place of the oldest.</summary>
    public void EndPeriod()
    {
        if (_summed == 0)
        {
            return;
        }

        TensorPrimitives.Divide(_sum, _summed, _gradients.AsSpan(_next * _sum.Length, _sum.Length));
        _next = (_next + 1) % past;
        _stored = Math.Min(_stored + 1, past);
        _summed = 0;
        var value = Mean();
        _value = value > 0 && double.IsFinite(value) ? value : 1;
    }

    public void State(StateArchive archive)
    {
        archive.Vector("spread.gradients", ref _gradients);
        archive.Vector("spread.sum", ref _sum);
        archive.Count("spread.summed", ref _summed);
        archive.Count("spread.stored", ref _stored);
        archive.Count("spread.next", ref _next);
        archive.Number("spread.value", ref _value);
    }

    private double Mean()
    {
        var (length, total) = (_sum.Length, 0.0);
        for (var i = 0; i < length; i++)
        {
            var (mean, magnitude) = (0.0, 0.0);
            for (var j = 0; j < _stored; j++)
            {
                var g = _gradients[(j * length) + i];
                mean += g;
                magnitude += Math.Abs(g);
            }

            mean /= _stored;
            var square = 0.0;
            for (var j = 0; j < _stored; j++)
            {
                var difference = _gradients[(j * length) + i] - mean;
                square += difference * difference;
            }

            total += Math.Sqrt(square / _stored) / ((magnitude / _stored) + 1e-6);
        }

        return total / length;
    }
}
