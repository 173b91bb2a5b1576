using System.Collections.Immutable;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;
using PinnSweep.Problems.References;
using PinnSweep.Problems.Solvers.SpectralElements;

namespace PinnSweep.Pinns.Tests.Solvers.SpectralElements;

/// <summary>Spectral elements on boxes without discs against solutions that are known.</summary>
public sealed class DiscsSolverTests
{
    private static readonly ImmutableArray<Hole> TwoDiscs = [new(0, 1, 0.3, 0.35, 0.2), new(0, 1, 0.75, 0.7, 0.15)];
    private static readonly ImmutableArray<ImmutableArray<double>> Grid = [ReferenceGrid.Spaced(0, 1, 20), ReferenceGrid.Spaced(0, 1, 20)];

    [Fact]
    public void A_manufactured_solution_converges_exponentially_in_the_degree_with_every_kind_of_condition()
    {
        // a = 1 + x/2 + y/4, c = 2 + xy; u itself on the edge below and on the first circle, a ∂u/∂n + 3u elsewhere.
        static double U(double x, double y) => Math.Sin(2 * x) * Math.Exp(y);
        static double A(double x, double y) => 1 + (x / 2) + (y / 4);
        static (double X, double Y) Gradient(double x, double y) => (2 * Math.Cos(2 * x) * Math.Exp(y), U(x, y));
        static double Source(double x, double y) => (3 * A(x, y) * U(x, y)) - (0.5 * Gradient(x, y).X) - (0.25 * Gradient(x, y).Y) + ((2 + (x * y)) * U(x, y));
        SideCondition Condition(int side) => side is 2 or 4
            ? SideCondition.Fixed(U)
            : SideCondition.Flux((x, y, _) => (A(x, y) * PlanePoint.Dot(Normal(side, x, y), new(Gradient(x, y).X, Gradient(x, y).Y))) + (3 * U(x, y)), 3);
        var solver = new DiscsSolver(new(0, 1, 0, 1), TwoDiscs, new(A, (x, y) => 2 + (x * y), (x, y, _) => Source(x, y), Condition), 0.4, 0);

        double[] errors = [.. new[] { 3, 7, 11 }.Select(degree => Error(solver.Steady(degree, Grid), U))];

        // Each four degrees more divide the error by nearly 100 or more; the discs lie close, so that arcs are bent much.
        Assert.All(errors.Zip(errors.Skip(1)), pair => Assert.True(pair.Second < pair.First / 50, $"{pair.First} to {pair.Second}"));
        Assert.InRange(errors[^1], 0, 1e-7);
    }

    [Fact]
    public void A_Bessel_function_around_a_disc_is_found_to_nine_digits()
    {
        // −Δu + 25u = 0 has K₀(5r); its derivative is −5 K₁(5r), and the normal at the circle points inward.
        const double Wave = 5;
        var disc = new Hole(0, 1, 0.45, 0.55, 0.2);
        double U(double x, double y) => Bessel(0, Wave * Math.Max(disc.Radius, Math.Sqrt(((x - disc.X) * (x - disc.X)) + ((y - disc.Y) * (y - disc.Y)))));
        var solver = new DiscsSolver(
            new(0, 1, 0, 1),
            [disc],
            new(
                (_, _) => 1,
                (_, _) => Wave * Wave,
                (_, _, _) => 0,
                side => side < DiscMesh.BoxSides ? SideCondition.Fixed(U) : SideCondition.Flux((_, _, _) => Wave * Bessel(1, Wave * disc.Radius))),
            0.3,
            0);

        Assert.InRange(Error(solver.Steady(12, Grid), U, [disc]), 0, 1e-9);
    }

    [Fact]
    public void Steps_in_time_have_order_four()
    {
        // u = cos πx cos πy e^(−2π² t) has no flux through the sides. (Data that change in time would cost a method of stage order 1 two orders.)
        var data = new EllipticData((_, _) => 1, (_, _) => 0, (_, _, _) => 0, _ => SideCondition.Flux((_, _, _) => 0));
        var elliptic = new EllipticOperator(new(DiscMesh.Of(new(0, 1, 0, 1), [], 0.5, 0)!, 12), data);
        double[] start = [.. elliptic.Mesh.Points.Select(point => Math.Cos(Math.PI * point.X) * Math.Cos(Math.PI * point.Y))];

        double[] errors = [.. new[] { 2, 4, 8 }.Select(steps => Evolution.Of(elliptic, start, 0.1, 1, steps, 0).Last()
            .Zip(start, (value, first) => Math.Abs(value - (first * Math.Exp(-2 * Math.PI * Math.PI * 0.1)))).Max())];

        Assert.InRange(Math.Log2(errors[1] / errors[2]), 3.6, 4.6);
    }

    [Fact]
    public void A_start_that_the_conditions_contradict_follows_the_series()
    {
        // A rod [−1, 1] in surroundings of temperature 1, ∂u/∂n = 1 − u, from 0: with β tan β = 1,
        // u = 1 − Σ 2 sin β / (β + sin β cos β) cos βx e^(−β² t) (Carslaw, Jaeger, Conduction of Heat in Solids, 1959, section 3.11).
        var data = new EllipticData((_, _) => 1, (_, _) => 0, (_, _, _) => 0, side => SideCondition.Flux((_, _, _) => side < 2 ? 1 : 0, side < 2 ? 1 : 0));
        ImmutableArray<ImmutableArray<double>> nodes = [ReferenceGrid.Spaced(-1, 1, 10), ReferenceGrid.Spaced(0, 0.5, 1), ReferenceGrid.Spaced(0, 0.5, 5)];
        var solver = new DiscsSolver(new(-1, 1, 0, 0.5), [], data, 0.5, 0);

        var values = solver.Evolving(10, nodes, 16, 16);

        for (var i = 0; i < nodes[0].Length; i++)
        {
            for (var k = 1; k < nodes[2].Length; k++)
            {
                Assert.Equal(Rod(nodes[0][i], nodes[2][k]), values[(i * 2 * nodes[2].Length) + k], 1e-6);
            }
        }
    }

    [Fact]
    public void Elements_fill_the_domain_and_nothing_else()
    {
        Assert.All(
            new DiscsSolver[] { PoissonBoltzmann2D.Solver, Heat2DHoles.Solver, new(new(0, 1, 0, 1), TwoDiscs, PoissonBoltzmann2D.Solver.Data, 0.3, 2) },
            solver =>
            {
                var mesh = new SpectralMesh(DiscMesh.Of(solver.Box, solver.Discs, solver.Widest, solver.Layers)!, 12);
                var area = ((solver.Box.Right - solver.Box.Left) * (solver.Box.Top - solver.Box.Bottom)) - solver.Discs.Sum(disc => disc.Area);
                var sides = mesh.Elements.SelectMany(element => element.Quad.Sides.SelectMany((side, k) => element.OnSide(k).Select(part => (Side: side, part.Length)))).ToLookup(part => part.Side, part => part.Length);

                Assert.Equal(1, mesh.Elements.Sum(element => element.Area.Sum()) / area, 1e-9);
                Assert.All(mesh.Elements, element => Assert.True(element.Area.Min() > 0));
                Assert.Equal(solver.Box.Top - solver.Box.Bottom, sides[0].Sum(), 1e-9);
                Assert.Equal(solver.Box.Right - solver.Box.Left, sides[3].Sum(), 1e-9);
                Assert.All(solver.Discs.Index(), disc => Assert.Equal(2 * Math.PI * disc.Item.Radius, sides[DiscMesh.BoxSides + disc.Index].Sum(), 1e-9));
            });
    }

    [Fact]
    public void Discs_that_no_line_divides_have_no_mesh()
    {
        Hole[] pinwheel = [new(0, 1, 0.3, 0.4, 0.2), new(0, 1, 0.6, 0.7, 0.2)];

        Assert.Null(DiscMesh.Of(new(0, 1, 0, 1), pinwheel, 1, 0));
    }

    private static PlanePoint Normal(int side, double x, double y) => side switch
    {
        0 => new(-1, 0),
        1 => new(1, 0),
        2 => new(0, -1),
        3 => new(0, 1),
        _ => TwoDiscs[side - DiscMesh.BoxSides] is var disc ? 1 / disc.Radius * new PlanePoint(disc.X - x, disc.Y - y) : default,
    };

    private static double Error(double[] values, Func<double, double, double> exact, ImmutableArray<Hole>? discs = null)
    {
        var worst = 0.0;
        for (var i = 0; i < Grid[0].Length; i++)
        {
            for (var j = 0; j < Grid[1].Length; j++)
            {
                if (!(discs ?? TwoDiscs).Any(disc => disc.Contains([Grid[0][i], Grid[1][j]])))
                {
                    worst = Math.Max(worst, Math.Abs(values[(i * Grid[1].Length) + j] - exact(Grid[0][i], Grid[1][j])));
                }
            }
        }

        return worst;
    }

    /// <summary>K of an order: ∫₀^∞ e^(−z cosh s) cosh νs ds by the trapezoidal rule, which is exact to rounding for this integrand.</summary>
    private static double Bessel(int order, double z) =>
        0.01 * ((0.5 * Math.Exp(-z)) + Enumerable.Range(1, 1000).Sum(k => Math.Exp(-z * Math.Cosh(0.01 * k)) * Math.Cosh(order * 0.01 * k)));

    private static double Rod(double x, double t)
    {
        var u = 1.0;
        for (var n = 0; n < 60; n++)
        {
            var (low, high) = (n * Math.PI, (n + 0.5) * Math.PI);
            for (var i = 0; i < 100; i++)
            {
                var middle = 0.5 * (low + high);
                (low, high) = (middle * Math.Sin(middle)) - Math.Cos(middle) is var f && (n % 2 == 0 ? f : -f) < 0 ? (middle, high) : (low, middle);
            }

            u -= 2 * Math.Sin(low) / (low + (Math.Sin(low) * Math.Cos(low))) * Math.Cos(low * x) * Math.Exp(-low * low * t);
        }

        return u;
    }
}
