using System.Numerics.Tensors;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>
/// The terms in two groups, as many methods see them: residuals of the equation, and conditions (boundary, initial, data).
/// </summary>
internal sealed class TermGroups
{
    private readonly bool[] _isResidual;
    [Scratch] private readonly double[] _sum;

    public TermGroups(BalancerContext context)
    {
        _isResidual = [.. context.Terms.Select(term => term.Role == TermRole.Residual)];
        Residuals = _isResidual.Count(flag => flag);
        Conditions = _isResidual.Length - Residuals;
        _sum = Residuals > 1 ? new double[context.ParameterCount] : [];
    }

    public int Residuals { get; }

    public int Conditions { get; }

    public bool IsResidual(int term) => _isResidual[term];

    /// <summary>The gradient of the sum of the residual terms; the next call overwrites it.</summary>
    public ReadOnlySpan<double> ResidualGradient(in StepObservation observation)
    {
        if (Residuals == 1)
        {
            return observation.Gradient(Array.IndexOf(_isResidual, true));
        }

        Array.Clear(_sum);
        for (var k = 0; k < _isResidual.Length; k++)
        {
            if (_isResidual[k])
            {
                TensorPrimitives.Add(_sum, observation.Gradient(k), _sum);
            }
        }

        return _sum;
    }

    /// <summary>The sum of the entries of one group.</summary>
    public double Sum(ReadOnlySpan<double> perTerm, bool residuals)
    {
        var sum = 0.0;
        for (var k = 0; k < perTerm.Length; k++)
        {
            sum += _isResidual[k] == residuals ? perTerm[k] : 0;
        }

        return sum;
    }
}
