using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Verification;

/// <summary>
/// What an <see cref="ILossPass"/> computes, from <see cref="ReferenceJets"/> and <see cref="ResidualEvaluator"/>; derivatives by θ
/// are five-point differences, (f(−2h) − 8f(−h) + 8f(h) − f(2h)) / 12h, with an error of order h⁴.
/// </summary>
public sealed class ReferencePass(NetworkGraph graph, ResidualProgram program, double[] points)
{
    private const double Step = 1e-3;

    private readonly ResidualEvaluator _evaluator = new(program);
    private readonly double[] _columns = Columns(program, points);
    private readonly double[]? _across = program.Across?.Points(points, graph.InputDimension);

    /// <summary>Number of points.</summary>
    public int PointCount => points.Length / graph.InputDimension;

    /// <summary>Residuals, entry j·n + i, for θ with the coefficients behind.</summary>
    public double[] Residuals(double[] theta)
    {
        var (n, m, d) = (PointCount, program.Results.Length, graph.InputDimension);
        var residuals = new double[m * n];
        var row = new double[m];
        var columns = new double[program.Columns.Length];
        for (var i = 0; i < n; i++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                columns[c] = _columns[(c * n) + i];
            }

            double[] jets =
            [
                .. ReferenceJets.Evaluate(graph, theta, points.AsSpan(i * d, d), program.Layout),
                .. _across is null ? [] : ReferenceJets.Evaluate(graph, theta, _across.AsSpan(i * d, d), program.Layout),
            ];
            _evaluator.Evaluate(jets, columns, theta.AsSpan(graph.ParameterCount), row);
            for (var j = 0; j < m; j++)
            {
                residuals[(j * n) + i] = row[j];
            }
        }

        return residuals;
    }

    /// <summary>(1/n) Σ w r² for each residual; weights laid out as residuals, or empty.</summary>
    public double[] Losses(double[] theta, double[] weights)
    {
        var residuals = Residuals(theta);
        var losses = new double[program.Results.Length];
        for (var index = 0; index < residuals.Length; index++)
        {
            losses[index / PointCount] += (weights.Length == 0 ? 1 : weights[index]) * residuals[index] * residuals[index] / PointCount;
        }

        return losses;
    }

    /// <summary>The derivative of any vector-valued function of θ by one of its entries.</summary>
    public static double[] Difference(Func<double[], double[]> function, double[] theta, int parameter)
    {
        double[] At(double step)
        {
            var moved = (double[])theta.Clone();
            moved[parameter] += step;
            return function(moved);
        }

        var (far, near, up, upper) = (At(-2 * Step), At(-Step), At(Step), At(2 * Step));
        return [.. Enumerable.Range(0, far.Length).Select(k => (far[k] - (8 * near[k]) + (8 * up[k]) - upper[k]) / (12 * Step))];
    }

    private static double[] Columns(ResidualProgram program, double[] points)
    {
        var columns = new double[program.Columns.Length * (points.Length / program.Layout.InputDimension)];
        new ColumnEvaluator(program.Columns, program.Layout.InputDimension).Evaluate(points, columns);
        return columns;
    }
}
