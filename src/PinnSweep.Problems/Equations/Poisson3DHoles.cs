using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Solvers.CutCells;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// −Δu + c u = f in the unit cube without four balls, with c = 64 below z = ½ and 100 above and no flux through any side;
/// f = 20 e^(sin πx + sin 10πy + sin 5πz) (r² − 1)/(r² + 1) + 100 sin πx sin 10πy sin 5πz with r² = x² + y² + z². The reference is of cut cells,
/// at the midpoints of 20³ cubes.
/// </summary>
internal static class Poisson3DHoles
{
    private const int Cubes = 20;
    private const double Below = 64;
    private const double Above = 100;

    private static readonly ImmutableArray<Cavity> Balls = [new(0.4, 0.3, 0.6, 0.2), new(0.6, 0.7, 0.6, 0.2), new(0.2, 0.8, 0.7, 0.1), new(0.6, 0.2, 0.3, 0.1)];

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "poisson-3d-holes",
            "3-D equation −Δu + k² u = f in a cube without four balls, k = 8 below and 10 above, no flux through any side",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827",
            []),
        _ => Create())
    {
        Cases = ["PINNacle Poisson3d-CG"],
    };

    /// <summary>The equation on cubes.</summary>
    internal static CutCellSolver Solver { get; } = new(Balls, (_, _, z) => z < 0.5 ? Below : Above, Source);

    private static Problem Create()
    {
        var (x, y, z, u) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.Coordinate(2), Expr.OutputOf(0, 3));
        var (sinX, sinY, sinZ) = (Expr.Sin(Math.PI * x), Expr.Sin(10 * Math.PI * y), Expr.Sin(5 * Math.PI * z));
        var square = (x * x) + (y * y) + (z * z);
        var source = (20 * Expr.Exp(sinX + sinY + sinZ) * (square - 1) / (square + 1)) + (100 * sinX * sinY * sinZ);
        var reaction = Below + Expr.WhereNotNegative(Above - Below, z - 0.5);
        var problem = new Problem(
            [new("x", 0, 1), new("y", 0, 1), new("z", 0, 1)],
            ["u"],
            [
                LossTerm.Equation((reaction * u.Value) - u.D(0, 0) - u.D(1, 1) - u.D(2, 2) - source, 100),
                LossTerm.Boundary(
                    "boundary",
                    [.. Box.SidesOf(0, 1, 2), .. Enumerable.Range(1, Balls.Length).Select(ball => new Face(0, Upper: false) { Cavity = ball })],
                    HoleNormals.AlongSpheresAndSides(u, Balls),
                    1),
            ],
            (_, _) => { })
        {
            Cavities = Balls,
        };
        var midpoints = ImmutableArray.CreateRange(Enumerable.Range(0, Cubes).Select(i => (i + 0.5) / Cubes));

        // A resolution is the cubes along a side of the finer of two divisions.
        return HolesReference.With(
            problem,
            [midpoints, midpoints, midpoints],
            "cut cells of second order, extrapolated from two divisions",
            [60, 100],
            5e-3,
            resolution => Solver.Extrapolated(Cubes, (resolution / Cubes) - 2, resolution / Cubes),
            "poisson-3d-holes 1");
    }

    private static double Source(double x, double y, double z)
    {
        var (sinX, sinY, sinZ) = (Math.Sin(Math.PI * x), Math.Sin(10 * Math.PI * y), Math.Sin(5 * Math.PI * z));
        var square = (x * x) + (y * y) + (z * z);
        return (20 * Math.Exp(sinX + sinY + sinZ) * (square - 1) / (square + 1)) + (100 * sinX * sinY * sinZ);
    }
}
