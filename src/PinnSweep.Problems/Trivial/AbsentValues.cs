using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Trivial;

/// <summary>The values of outputs at points where they do not live: nobody asks for them.</summary>
public sealed class AbsentValues
{
    private readonly bool[] _isAbsent;

    /// <summary>For values at these points.</summary>
    /// <param name="problem">Says where outputs live.</param>
    /// <param name="points">Row-major n × dimension.</param>
    public AbsentValues(Problem problem, double[] points)
    {
        var (dimension, outputs) = (problem.Dimension, problem.Outputs.Length);
        Present = [.. Enumerable.Repeat(points.Length / dimension, outputs)];
        _isAbsent = problem.OutputParts.IsEmpty ? [] : new bool[points.Length / dimension * outputs];
        for (var i = 0; i < _isAbsent.Length; i++)
        {
            _isAbsent[i] = !problem.Has(i % outputs, points.AsSpan(i / outputs * dimension, dimension));
            Present[i % outputs] -= _isAbsent[i] ? 1 : 0;
        }
    }

    /// <summary>At how many points each output lives.</summary>
    public int[] Present { get; }

    /// <summary>Whether a value counts.</summary>
    public bool Has(int index) => _isAbsent.Length == 0 || !_isAbsent[index];

    /// <summary>Puts zeros in their place.</summary>
    /// <param name="values">Entry point · outputs + output.</param>
    public void Clear(double[] values)
    {
        for (var i = 0; i < _isAbsent.Length; i++)
        {
            values[i] = _isAbsent[i] ? 0 : values[i];
        }
    }
}
