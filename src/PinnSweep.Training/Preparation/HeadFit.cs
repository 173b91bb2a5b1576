using System.Numerics.Tensors;
using PinnSweep.Jets.Engines;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Training.Preparation;

/// <summary>
/// Sets a linear head by least squares so that the network meets the initial and boundary conditions and data at the first points as well
/// as it can, the rest of θ as drawn (PirateNet, arXiv:2402.00326, section 3.3). Residuals that are linear in the outputs are linear in the
/// head, so their Jacobian gives the least-squares problem exactly; of others it is one Gauss–Newton step. Conjugate gradients from zero
/// move the head no further than needed where conditions leave it free.
/// </summary>
internal static class HeadFit
{
    private const int Block = 64;
    private const int MostIterations = 1000;
    private const double Tolerance = 1e-12;

    /// <summary>Changes the blocks of θ that are named <c>head.weight</c> and <c>head.bias</c>.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="engine">Has the network.</param>
    /// <param name="points">The points of each term.</param>
    /// <param name="theta">θ as drawn.</param>
    public static void Apply(Problem problem, IJetEngine engine, TermPoints points, double[] theta)
    {
        var columns = engine.Network.Blocks
            .Where(block => block.Name is "head.weight" or "head.bias")
            .SelectMany(block => Enumerable.Range(block.Offset, block.Length))
            .ToArray();
        engine.SetParameters(theta);
        var rows = new List<double[]>();
        var residuals = new List<double>();
        for (var k = 0; k < problem.Terms.Length; k++)
        {
            if (problem.Terms[k].Role != TermRole.Residual)
            {
                Collect(problem, problem.Terms[k], engine, points(k), theta.Length, columns, rows, residuals);
            }
        }

        var change = Solve([.. rows], [.. residuals], columns.Length);
        for (var c = 0; c < columns.Length; c++)
        {
            theta[columns[c]] -= change[c];
        }
    }

    /// <summary>The x of least norm among those with least ‖A x − b‖, by conjugate gradients on the normal equations.</summary>
    internal static double[] Solve(double[][] a, double[] b, int width)
    {
        var (x, left) = (new double[width], (double[])b.Clone());
        var gradient = Transposed(a, left, width);
        var direction = (double[])gradient.Clone();
        var square = TensorPrimitives.SumOfSquares<double>(gradient);
        var enough = Tolerance * Tolerance * square;
        for (var iteration = 0; iteration < MostIterations && square > enough; iteration++)
        {
            var image = Array.ConvertAll(a, row => TensorPrimitives.Dot<double>(row, direction));
            var step = square / TensorPrimitives.SumOfSquares<double>(image);
            TensorPrimitives.MultiplyAdd(direction, step, x, x);
            TensorPrimitives.MultiplyAdd(image, -step, left, left);
            gradient = Transposed(a, left, width);
            var next = TensorPrimitives.SumOfSquares<double>(gradient);
            TensorPrimitives.MultiplyAdd(direction, next / square, gradient, direction);
            square = next;
        }

        return x;
    }

    /// <summary>Rows of one condition, each over √n, so that conditions count by their mean squares.</summary>
    private static void Collect(
        Problem problem, LossTerm term, IJetEngine engine, ReadOnlySpan<double> points, int parameters, int[] columns, List<double[]> rows, List<double> residuals)
    {
        using var pass = engine.CreatePass(problem.Compile([term]));
        var (dimension, n) = (problem.Dimension, points.Length / problem.Dimension);
        var scale = 1 / Math.Sqrt(n);
        for (var first = 0; first < n; first += Block)
        {
            var count = Math.Min(Block, n - first);
            var (values, jacobian) = (new double[count], new double[count * parameters]);
            pass.SetPoints(points.Slice(first * dimension, count * dimension));
            pass.Jacobian(0, values, jacobian);
            for (var i = 0; i < count; i++)
            {
                var begin = i * parameters;
                rows.Add(Array.ConvertAll(columns, column => scale * jacobian[begin + column]));
                residuals.Add(scale * values[i]);
            }
        }
    }

    private static double[] Transposed(double[][] a, double[] vector, int width)
    {
        var result = new double[width];
        for (var i = 0; i < a.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(a[i], vector[i], result, result);
        }

        return result;
    }
}
