using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Solvers.CutCells;

/// <summary>
/// −Δu + c u = f in the unit cube without balls, ∂u/∂n = g on the spheres and 0 on the cube's sides: finite volumes on equal cubes of which
/// the balls leave parts, each part and the free share of each face measured, fluxes between centres of cubes (Ng, Min, Gibou, J. Comput.
/// Phys. 228, 2009: second order). The system is symmetric; conjugate gradients solve it.
/// </summary>
/// <param name="balls">Inside the cube, apart from each other.</param>
/// <param name="reaction">c(x, y, z) above 0; a jump has to lie on faces of cubes.</param>
/// <param name="source">f(x, y, z).</param>
/// <param name="flux">g(x, y, z); null where it is 0. The normal points into the ball.</param>
internal sealed class CutCellSolver(
    ImmutableArray<Cavity> balls,
    Func<double, double, double, double> reaction,
    Func<double, double, double, double> source,
    Func<double, double, double, double>? flux = null)
{
    // The residual by which it ends, relative to the right side: far below what the cubes leave.
    private const double Tolerance = 1e-9;

    // By this rule the volume of a part is exact to some 1e-4 of a cube's.
    private static readonly (double Place, double Weight)[] Gauss = [(0.5 - Math.Sqrt(0.15), 5.0 / 18), (0.5, 4.0 / 9), (0.5 + Math.Sqrt(0.15), 5.0 / 18)];

    /// <summary>The solution at the centres of n³ cubes, z running fastest; of no meaning where a ball has all of a cube.</summary>
    public double[] Solve(int n)
    {
        var (h, count) = (1.0 / n, n * n * n);
        double[][] faces = [new double[count], new double[count], new double[count]];
        var (diagonal, right) = (new double[count], new double[count]);
        for (var cell = 0; cell < count; cell++)
        {
            var (i, j, k) = (cell / (n * n), cell / n % n, cell % n);
            var (x, y, z) = ((i + 0.5) * h, (j + 0.5) * h, (k + 0.5) * h);
            var volume = h * h * h * FreeVolume(x, y, z, h);
            diagonal[cell] += volume * reaction(x, y, z);
            right[cell] += volume * source(x, y, z);

            // Of each cube the faces towards larger coordinates; flux = free area × difference / h.
            Span<double> free = [i + 1 < n ? FreeFace(0, x, y, z, h) : 0, j + 1 < n ? FreeFace(1, x, y, z, h) : 0, k + 1 < n ? FreeFace(2, x, y, z, h) : 0];
            for (var d = 0; d < 3; d++)
            {
                var next = Step(d, n);
                faces[d][cell] = free[d] / h;
                diagonal[cell] += free[d] / h;
                if (free[d] > 0)
                {
                    diagonal[cell + next] += free[d] / h;
                }
            }

            if (flux is not null)
            {
                right[cell] += FluxIn(x, y, z, h);
            }
        }

        // Cubes within balls: u = 0.
        for (var cell = 0; cell < count; cell++)
        {
            if (diagonal[cell] <= 0)
            {
                (diagonal[cell], right[cell]) = (1, 0);
            }
        }

        return ConjugateGradients(n, faces, diagonal, right);
    }

    /// <summary>The solution at the centres of m³ cubes, extrapolated from two finer divisions whose error falls with the square of their cubes' side.</summary>
    /// <param name="m">Cubes along a side.</param>
    /// <param name="coarse">Odd: into how many cubes a side of these is divided, so that centres stay centres.</param>
    /// <param name="fine">The same, larger.</param>
    public double[] Extrapolated(int m, int coarse, int fine)
    {
        var share = 1 / (((double)fine * fine / (coarse * coarse)) - 1);
        return [.. Centres(Solve(m * fine), m, fine).Zip(Centres(Solve(m * coarse), m, coarse), (better, worse) => better + (share * (better - worse)))];
    }

    /// <summary>The values at the centres of m³ cubes of those at the centres of the cubes that each is divided into.</summary>
    public static IEnumerable<double> Centres(double[] values, int m, int parts)
    {
        var n = m * parts;
        int At(int cube) => (cube * parts) + (parts / 2);
        return Enumerable.Range(0, m * m * m).Select(cube => values[(((At(cube / (m * m)) * n) + At(cube / m % m)) * n) + At(cube % m)]);
    }

    private static int Step(int direction, int n) => direction == 0 ? n * n : direction == 1 ? n : 1;

    private static double[] ConjugateGradients(int n, double[][] faces, double[] diagonal, double[] right)
    {
        // Scaled by the diagonal, so that slivers of cubes count like any other.
        double[] scale = [.. diagonal.Select(entry => 1 / Math.Sqrt(entry))];
        for (var d = 0; d < 3; d++)
        {
            var step = Step(d, n);
            for (var cell = 0; cell + step < scale.Length; cell++)
            {
                faces[d][cell] *= scale[cell] * scale[cell + step];
            }
        }

        var (solution, residual, product) = (new double[right.Length], new double[right.Length], new double[right.Length]);
        TensorPrimitives.Multiply(right, scale, residual);
        var direction = residual.ToArray();
        var square = TensorPrimitives.SumOfSquares<double>(residual);
        var goal = Tolerance * Tolerance * square;
        while (square > goal)
        {
            Apply(n, faces, direction, product);
            var length = square / TensorPrimitives.Dot<double>(direction, product);
            TensorPrimitives.MultiplyAdd(direction, length, solution, solution);
            TensorPrimitives.MultiplyAdd(product, -length, residual, residual);
            var next = TensorPrimitives.SumOfSquares<double>(residual);
            TensorPrimitives.MultiplyAdd(direction, next / square, residual, direction);
            square = next;
        }

        TensorPrimitives.Multiply(solution, scale, solution);
        return solution;
    }

    /// <summary>(1 − off-diagonal) v.</summary>
    private static void Apply(int n, double[][] faces, double[] vector, double[] product)
    {
        vector.CopyTo(product, 0);
        for (var d = 0; d < 3; d++)
        {
            var step = Step(d, n);
            var factor = faces[d];
            for (var cell = 0; cell + step < vector.Length; cell++)
            {
                product[cell] -= factor[cell] * vector[cell + step];
                product[cell + step] -= factor[cell] * vector[cell];
            }
        }
    }

    /// <summary>The share of the cube around a point that no ball has.</summary>
    private double FreeVolume(double x, double y, double z, double h)
    {
        var covered = 0.0;
        foreach (var ball in balls)
        {
            if (Math.Abs(x - ball.X) < ball.Radius + h && Math.Abs(y - ball.Y) < ball.Radius + h && Math.Abs(z - ball.Z) < ball.Radius + h)
            {
                foreach (var (place, weight) in Gauss)
                {
                    covered += weight * Slice(ball, x + ((place - 0.5) * h), y, z, h) / (h * h);
                }
            }
        }

        return Math.Max(0, 1 - covered);
    }

    /// <summary>The free area of the cube's face towards larger values of a coordinate.</summary>
    private double FreeFace(int direction, double x, double y, double z, double h)
    {
        var covered = 0.0;
        foreach (var ball in balls)
        {
            var turned = direction == 0 ? ball : direction == 1 ? new(ball.Y, ball.Z, ball.X, ball.Radius) : new Cavity(ball.Z, ball.X, ball.Y, ball.Radius);
            var (a, b, c) = direction == 0 ? (x, y, z) : direction == 1 ? (y, z, x) : (z, x, y);
            covered += Slice(turned, a + (0.5 * h), b, c, h);
        }

        return Math.Max(0, (h * h) - covered);
    }

    /// <summary>The area of a ball in the square with side h around (y, z) in the plane at x.</summary>
    private static double Slice(Cavity ball, double x, double y, double z, double h)
    {
        var square = (ball.Radius * ball.Radius) - ((x - ball.X) * (x - ball.X));
        return square <= 0 ? 0 : DiscArea.Within(Math.Sqrt(square), y - ball.Y - (0.5 * h), y - ball.Y + (0.5 * h), z - ball.Z - (0.5 * h), z - ball.Z + (0.5 * h));
    }

    /// <summary>What enters the cube's part through the sphere: g at the nearest point, times the area that the faces leave open.</summary>
    private double FluxIn(double x, double y, double z, double h)
    {
        var opening = Math.Sqrt(
            Math.Pow(FreeFace(0, x, y, z, h) - FreeFace(0, x - h, y, z, h), 2)
            + Math.Pow(FreeFace(1, x, y, z, h) - FreeFace(1, x, y - h, z, h), 2)
            + Math.Pow(FreeFace(2, x, y, z, h) - FreeFace(2, x, y, z - h, h), 2));
        if (opening <= 1e-12 * h * h)
        {
            return 0;
        }

        var ball = balls.MinBy(ball => ball.DistanceTo([x, y, z]) - ball.Radius)!;
        var (distance, radius) = (ball.DistanceTo([x, y, z]), ball.Radius);
        return opening * flux!(
            ball.X + ((x - ball.X) * radius / distance),
            ball.Y + ((y - ball.Y) * radius / distance),
            ball.Z + ((z - ball.Z) * radius / distance));
    }
}
