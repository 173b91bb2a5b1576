using PinnSweep.Numerics.Spectral;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Yardsticks;

/// <summary>
/// The textbook's solver of u_xx + u_yy + s u = f on a square with zero values on the edge: the five-point stencil of order two, solved by
/// sines, which are its eigenvectors (transforms as products of matrices, n³ operations).
/// </summary>
internal static class SineDifferences
{
    private const int Shown = 100;

    /// <summary>The solver on a test grid of 101 × 101 points.</summary>
    /// <param name="lower">Lower end of both coordinates.</param>
    /// <param name="upper">Upper end of both coordinates.</param>
    /// <param name="shift">s.</param>
    /// <param name="source">f.</param>
    public static ClassicalSolver Solver(double lower, double upper, double shift, Func<double, double, double> source) =>
        new("five-point differences of order 2, solved by sine transforms (intervals along a side)", [20, 50, 100, 200, 400], intervals => Solve(lower, upper, shift, source, intervals));

    /// <summary>u at positions along x × positions along y.</summary>
    public static double[] Solve(double lower, double upper, double shift, Func<double, double, double> source, int intervals)
    {
        var (inner, h) = (intervals - 1, (upper - lower) / intervals);
        var (sines, right) = (new double[inner, inner], new double[inner, inner]);
        for (var i = 0; i < inner; i++)
        {
            for (var j = 0; j < inner; j++)
            {
                sines[i, j] = Math.Sqrt(2.0 / intervals) * Math.Sin(Math.PI * (i + 1) * (j + 1) / intervals);
                right[i, j] = source(lower + ((i + 1) * h), lower + ((j + 1) * h));
            }
        }

        var modes = Chebyshev.Product(Chebyshev.Product(sines, right), sines);
        for (var i = 0; i < inner; i++)
        {
            for (var j = 0; j < inner; j++)
            {
                modes[i, j] /= Eigenvalue(i + 1) + Eigenvalue(j + 1) + shift;
            }
        }

        var solution = Chebyshev.Product(Chebyshev.Product(sines, modes), sines);
        var values = new double[(Shown + 1) * (Shown + 1)];
        for (var i = 0; i <= Shown; i++)
        {
            for (var j = 0; j <= Shown; j++)
            {
                values[(i * (Shown + 1)) + j] = Cubic.At(k => Cubic.At(l => Node(solution, k, l), (double)j * intervals / Shown, intervals), (double)i * intervals / Shown, intervals);
            }
        }

        return values;

        double Eigenvalue(int k) => -4 / (h * h) * Math.Pow(Math.Sin(Math.PI * k / (2.0 * intervals)), 2);
    }

    private static double Node(double[,] inner, int i, int j) => i == 0 || j == 0 || i > inner.GetLength(0) || j > inner.GetLength(1) ? 0 : inner[i - 1, j - 1];
}
