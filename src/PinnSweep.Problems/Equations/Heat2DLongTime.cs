using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_t = 0.001 Δu + 5 sin(u²) (1 + 2 sin πt/4) sin 4πx sin 2πy on [0, 1]² × [0, 100] with u = 0 on the edge, from sin 4πx sin 3πy: over a dozen
/// periods of a source that drives u up to √π and back. The reference is <see cref="SineEvolution"/> in an eighth of the square: u is odd about
/// x = ¼, ½ and ¾ and even about the lines midway between them.
/// </summary>
internal static class Heat2DLongTime
{
    private const double End = 100;
    private const double Diffusion = 0.001;
    private const int Intervals = 24;
    private const int Outputs = 40;
    private const int Fine = 8;
    private const int Coarse = 6;

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "heat-2d-long-time",
            "2-D heat equation with a nonlinear source over a long time, u_t = 0.001 Δu + 5 sin(u²) (1 + 2 sin πt/4) sin 4πx sin 2πy",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827",
            []),
        _ => Create())
    {
        Cases = ["PINNacle Heat2d-LT"],
    };

    private static Problem Create()
    {
        var (x, y, t, u) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.Coordinate(2), Expr.OutputOf(0, 3));
        var space = ReferenceGrid.Spaced(0, 1, Intervals);
        ImmutableArray<ImmutableArray<double>> nodes = [space, space, ReferenceGrid.Spaced(0, End, Outputs)];
        var reference = new GridSolution(
            FormattableString.Invariant($"heat-2d-long-time {Fine} {Coarse} {Intervals} {Outputs}"),
            nodes,
            () => Compute(nodes),
            ImmutableSortedDictionary<string, double>.Empty.Add(ReferenceGrid.FloorName, 1e-4));
        var source = 5 * Expr.Sin(u.Value * u.Value) * (1 + (2 * Expr.Sin(Math.PI / 4 * t))) * Expr.Sin(4 * Math.PI * x) * Expr.Sin(2 * Math.PI * y);
        return new(
            [new("x", 0, 1), new("y", 0, 1), new("t", 0, End)],
            ["u"],
            [
                LossTerm.Equation(u.D(2) - (Diffusion * (u.D(0, 0) + u.D(1, 1))) - source, 15),
                LossTerm.Boundary("boundary", Box.SidesOf(0, 1), u, 1),
                LossTerm.Initial(2, u - (Expr.Sin(4 * Math.PI * x) * Expr.Sin(3 * Math.PI * y)), 1),
            ],
            reference.At)
        {
            TimeAxis = 2,
            Reference = reference,
            FloorLimit = 1e-4,
            SolvedBy = "sines in space, Runge–Kutta of order 4 with exact diffusion in time",
            Solver = new("sines in space, Lawson's Runge–Kutta of order 4 in time (24 n intervals of y)", [2, 4, Coarse, Fine], Solve),
        };
    }

    /// <summary>The floor is the distance to a solution at three quarters of the resolution.</summary>
    private static ReferenceGrid Compute(ImmutableArray<ImmutableArray<double>> nodes)
    {
        var fine = Solve(Fine);
        return new(nodes, 1, [.. fine], ImmutableSortedDictionary<string, double>.Empty.Add(ReferenceGrid.FloorName, ReferenceGrid.Distance(fine, Solve(Coarse))));
    }

    /// <summary>The solution on the test grid.</summary>
    /// <param name="n">3 n nodes over an eighth of x, 24 n intervals of y, 30 n steps between outputs.</param>
    private static double[] Solve(int n)
    {
        var (nx, ny, perOutput) = (3 * n, Intervals * n, 30 * n);
        var (alongY, step) = (ny - 1, End / Outputs / perOutput);
        double[] places = [.. from i in Enumerable.Range(1, nx) from j in Enumerable.Range(1, alongY) select Math.Sin(Math.PI / 2 * i / nx) * Math.Sin(2 * Math.PI * j / ny)];
        void Source(double[] u, double time, double[] result)
        {
            var amplitude = 5 * (1 + (2 * Math.Sin(Math.PI / 4 * time)));
            for (var i = 0; i < u.Length; i++)
            {
                result[i] = amplitude * Math.Sin(u[i] * u[i]) * places[i];
            }
        }

        var evolution = new SineEvolution(nx, ny, 0.125, Diffusion, step, Source);
        for (var i = 0; i < nx; i++)
        {
            for (var j = 0; j < alongY; j++)
            {
                evolution.Values[(i * alongY) + j] = Math.Sin(Math.PI / 2 * (i + 1) / nx) * Math.Sin(3 * Math.PI * (j + 1) / ny);
            }
        }

        var values = new double[(Intervals + 1) * (Intervals + 1) * (Outputs + 1)];
        for (var output = 0; output <= Outputs; output++)
        {
            for (var s = output == 0 ? perOutput : 0; s < perOutput; s++)
            {
                evolution.Step((((output - 1) * perOutput) + s) * step);
            }

            for (var i = 0; i <= Intervals; i++)
            {
                // Six intervals a cell of x; its second half mirrors the first, and every other cell has the other sign.
                var (cell, within) = (i / 6, Math.Min(i % 6, 6 - (i % 6)));
                for (var j = 1; j < Intervals && within > 0; j++)
                {
                    values[(((i * (Intervals + 1)) + j) * (Outputs + 1)) + output] =
                        (cell % 2 == 0 ? 1 : -1) * evolution.Values[(((within * n) - 1) * alongY) + (j * n) - 1];
                }
            }
        }

        return values;
    }
}
