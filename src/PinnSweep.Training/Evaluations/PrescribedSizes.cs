using PinnSweep.Problems.Formulation;

namespace PinnSweep.Training.Evaluations;

/// <summary>
/// What the conditions and measurements of a problem say of each output: the values that they prescribe at their points, every term with
/// the same part, whatever its number of points.
/// </summary>
internal sealed class PrescribedSizes
{
    private const double Rounding = 1e-9;
    private readonly double[] _sum;
    private readonly double[] _squares;
    private readonly int[] _terms;

    /// <summary>Looks at a problem as it is stated, nothing kept by construction.</summary>
    public PrescribedSizes(Problem problem)
    {
        (_sum, _squares, _terms) = (new double[problem.Outputs.Length], new double[problem.Outputs.Length], new int[problem.Outputs.Length]);
        var points = TestPoints.Of(problem);
        for (var k = 0; k < problem.Terms.Length; k++)
        {
            if (problem.Terms[k].Role != TermRole.Residual && PrescribedValue.Of(problem.Terms[k]) is { } prescribed)
            {
                var values = points[k].Chunk(problem.Dimension).Select(point => prescribed.Value(point)).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
                _sum[prescribed.Output] += values.Average();
                _squares[prescribed.Output] += values.Average(value => value * value);
                _terms[prescribed.Output]++;
            }
        }
    }

    /// <summary>
    /// The standard deviation of the values of an output, or where they are all the same their size; 0 where there are none.
    /// </summary>
    public double Of(int output)
    {
        if (_terms[output] == 0)
        {
            return 0;
        }

        var (mean, square) = (_sum[output] / _terms[output], _squares[output] / _terms[output]);
        var deviation = Math.Sqrt(Math.Max(0, square - (mean * mean)));
        return deviation > Math.Sqrt(Rounding * square) ? deviation : Math.Sqrt(square);
    }
}
