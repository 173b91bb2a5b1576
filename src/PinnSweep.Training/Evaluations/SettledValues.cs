using PinnSweep.Problems.Formulation;

namespace PinnSweep.Training.Evaluations;

/// <summary>
/// Values of a solution in pieces at fixed points: those at points that finished windows of time answer for stay as their networks gave
/// them.
/// </summary>
/// <param name="problem">Says which coordinate is time.</param>
/// <param name="points">Row-major n × dimension.</param>
internal sealed class SettledValues(Problem problem, double[] points)
{
    private readonly bool[] _settled = new bool[points.Length / problem.Dimension];
    private double[] _values = [];

    /// <summary>Whether a window has finished.</summary>
    public bool Any => _values.Length > 0;

    /// <summary>A window ends: points up to its last moment that no earlier window answers for keep these values.</summary>
    /// <param name="values">Some values for each point, those of one point together.</param>
    /// <param name="until">The last moment.</param>
    public void Settle(ReadOnlySpan<double> values, double until)
    {
        if (!Any)
        {
            _values = new double[values.Length];
        }

        var stride = values.Length / _settled.Length;
        for (var i = 0; i < _settled.Length; i++)
        {
            if (!_settled[i] && points[(i * problem.Dimension) + problem.TimeAxis!.Value] <= until)
            {
                _settled[i] = true;
                values.Slice(i * stride, stride).CopyTo(_values.AsSpan(i * stride));
            }
        }
    }

    /// <summary>Puts the settled values in place of what the network in training says there.</summary>
    public void Apply(Span<double> values)
    {
        var stride = values.Length / _settled.Length;
        for (var i = 0; Any && i < _settled.Length; i++)
        {
            if (_settled[i])
            {
                _values.AsSpan(i * stride, stride).CopyTo(values[(i * stride)..]);
            }
        }
    }
}
