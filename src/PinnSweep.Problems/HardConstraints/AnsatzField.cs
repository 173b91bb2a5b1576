using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.HardConstraints;

/// <summary>Turns a network's values at fixed points into those of the solution: u = g + m N.</summary>
public sealed class AnsatzField
{
    private readonly double[] _lift;
    private readonly double[] _multiplier;

    private AnsatzField(Problem problem, double[] points)
    {
        var outputs = problem.Outputs.Length;
        var count = points.Length / problem.Dimension;
        (_lift, _multiplier) = (new double[count * outputs], new double[count * outputs]);
        var forms = problem.Ansatz.Select(form => (Lift: new PointFormula(form.Lift), Multiplier: new PointFormula(form.Multiplier))).ToArray();
        for (var i = 0; i < count; i++)
        {
            var point = points.AsSpan(i * problem.Dimension, problem.Dimension);
            for (var output = 0; output < outputs; output++)
            {
                _lift[(i * outputs) + output] = forms[output].Lift.At(point)!.Value;
                _multiplier[(i * outputs) + output] = forms[output].Multiplier.At(point)!.Value;
            }
        }
    }

    /// <summary>The field of a problem in its ansatz; null where the network's values are the solution's.</summary>
    public static AnsatzField? Of(Problem problem, double[] points) => problem.IsInAnsatz ? new(problem, points) : null;

    /// <summary>In place; entry i·outputs + o.</summary>
    public void Apply(Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _lift[i] + (_multiplier[i] * values[i]);
        }
    }
}
