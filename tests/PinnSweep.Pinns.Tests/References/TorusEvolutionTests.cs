using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Pinns.Tests.Problems;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.References;

namespace PinnSweep.Pinns.Tests.References;

/// <summary>The solver on two periodic coordinates: its orders on made solutions, exact solutions, and the equations of the catalog.</summary>
public sealed class TorusEvolutionTests
{
    private const double Viscosity = 0.05;

    public static TheoryData<string> Kinds => ["burgers-2d", "ginzburg-landau", "gray-scott", "kolmogorov-flow"];

    [Fact]
    public void Errors_in_time_fall_with_the_fourth_power_of_the_step()
    {
        var (x, y, t) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.Coordinate(2));
        var made = Made(Expr.Sin(x + (2 * y) - (3 * t)), 0.5 + (Expr.Cos(x - y) * Expr.Exp(Expr.Sin(4 * t))));

        var errors = new[] { 5, 10, 20 }.Select(steps => made(16, steps)).ToArray();

        Assert.All(errors.Zip(errors.Skip(1)), pair => Assert.InRange(Math.Log2(pair.First / pair.Second), 3.8, 4.3));
        Assert.InRange(errors[^1], 1e-12, 1e-4);
    }

    [Fact]
    public void Errors_in_space_fall_faster_than_any_power()
    {
        var (x, y, t) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.Coordinate(2));
        var made = Made(Expr.Exp(Expr.Sin(x + y)) * Expr.Cos(t), Expr.Sin(x - t) / (1.5 + Expr.Cos(y)));

        var errors = new[] { 8, 16, 32, 64 }.Select(n => made(n, 40)).ToArray();

        // Exponential: the order itself grows with every doubling.
        double[] orders = [.. errors.Zip(errors.Skip(1), (coarse, fine) => Math.Log2(coarse / fine))];
        Assert.True(orders[0] > 2 && orders[1] > 1.6 * orders[0] && orders[2] > 1.6 * orders[1], string.Join(", ", errors.Select(error => $"{error:e2}")));
    }

    [Fact]
    public void Vortices_of_Taylor_and_Green_decay_as_the_exact_ones_with_their_pressure()
    {
        const double Nu = 5e-4, Unit = 2 * Math.PI;
        var flow = KolmogorovFlow.Evolution() with
        {
            Initial = [(x, y) => -Math.Cos(Unit * x) * Math.Sin(Unit * y), (x, y) => Math.Sin(Unit * x) * Math.Cos(Unit * y)],
            Products = (_, fields, products) => (products[0], products[1], products[2]) = (fields[0] * fields[0], fields[0] * fields[1], fields[1] * fields[1]),
        };
        var nodes = Nodes(1, 5, 2);

        var values = flow.Trajectory(16, 20, nodes);

        Check(values, nodes, 3, (x, y, t) =>
        {
            var decay = Math.Exp(-2 * Nu * Unit * Unit * t);
            return [-Math.Cos(Unit * x) * Math.Sin(Unit * y) * decay, Math.Sin(Unit * x) * Math.Cos(Unit * y) * decay, -0.25 * (Math.Cos(2 * Unit * x) + Math.Cos(2 * Unit * y)) * decay * decay];
        });
    }

    [Fact]
    public void A_plane_wave_of_Ginzburg_and_Landau_travels_as_the_exact_one()
    {
        // A = R exp(i(κ·x − ωt)) with R² = 1 − ε|κ|²/k and ω = 1.5 k R².
        var (kx, ky) = (2 * Math.PI, -3 * Math.PI);
        var square = 1 - (((kx * kx) + (ky * ky)) / 2500);
        var wave = GinzburgLandau.Evolution() with
        {
            Initial = [(x, y) => Math.Sqrt(square) * Math.Cos((kx * x) + (ky * y)), (x, y) => Math.Sqrt(square) * Math.Sin((kx * x) + (ky * y))],
        };
        var nodes = Nodes(0.5, 5, 2, -1, 1);

        var values = wave.Trajectory(32, 800, nodes);

        Check(values, nodes, 2, (x, y, t) =>
        {
            var phase = (kx * x) + (ky * y) - (15 * square * t);
            return [Math.Sqrt(square) * Math.Cos(phase), Math.Sqrt(square) * Math.Sin(phase)];
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_solved_is_what_the_problem_states(string kind)
    {
        // The terms of the problem on the computed outputs, with all derivatives by differences between nodes.
        const double Step = 1e-3;
        var (problem, evolution) = (ProblemTests.Create(kind), Evolution(kind));
        double[] corner = [.. problem.Axes.Select(axis => axis.Lower + (0.53 * axis.Extent))];
        ImmutableArray<ImmutableArray<double>> nodes =
        [
            .. Enumerable.Range(0, 2).Select(axis => ImmutableArray.CreateRange(Enumerable.Range(-8, 17).Select(i => corner[axis] + (i * Step)))),
            [.. Enumerable.Range(0, 9).Select(i => i * Step)],
        ];
        var outputs = problem.Outputs.Length;
        var values = evolution.Trajectory(128, 1, nodes);
        void At(ReadOnlySpan<double> point, Span<double> result)
        {
            var (i, j, k) = ((int)Math.Round((point[0] - nodes[0][0]) / Step), (int)Math.Round((point[1] - nodes[1][0]) / Step), (int)Math.Round(point[2] / Step));
            values.AsSpan(((((i * 17) + j) * 9) + k) * outputs, outputs).CopyTo(result);
        }

        foreach (var term in problem.Terms)
        {
            var time = term.Role == PinnSweep.Problems.Formulation.TermRole.Initial ? 0 : 4 * Step;
            Assert.InRange(Math.Abs(ExactJets.Evaluate(term, At, problem, [corner[0], corner[1], time])) / term.Scale, 0, 1e-7);
        }

        double[] moved = [.. Enumerable.Range(0, outputs).Select(output => Math.Abs(values[(((((8 * 17) + 8) * 9) + 8) * outputs) + output] - values[(((8 * 17) + 8) * 9 * outputs) + output]))];
        Assert.All(moved, change => Assert.True(change > 1e-6));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Half_the_resolution_is_nearer_than_a_quarter(string kind)
    {
        var problem = ProblemTests.Create(kind);
        var solver = problem.Solver!;

        var (quarter, half) = (solver.Solve(solver.Resolutions[0]), solver.Solve(solver.Resolutions[1]));

        Assert.Equal(problem.TestGridShape.Aggregate(problem.Outputs.Length, (product, count) => product * count), half.Length);
        Assert.InRange(ReferenceGrid.Distance(half, quarter), 1e-6, 0.1);
    }

    [Fact]
    public void The_constant_state_scores_well_on_Gray_and_Scott()
    {
        var values = ProblemTests.Create("gray-scott").Solver!.Solve(128);
        var constant = values.Select((_, i) => i % 2 == 0 ? 1.0 : 0).ToArray();

        Assert.InRange(ReferenceGrid.Distance(values, constant), 0.092, 0.097);
    }

    private static TorusEvolution Evolution(string kind) => kind switch
    {
        "burgers-2d" => Burgers2D.Evolution(),
        "ginzburg-landau" => GinzburgLandau.Evolution(),
        "gray-scott" => GrayScott.Evolution(),
        _ => KolmogorovFlow.Evolution(),
    };

    private static ImmutableArray<ImmutableArray<double>> Nodes(double end, int positions, int moments, double lower = 0, double upper = 1) =>
        [ReferenceGrid.Spaced(lower, upper, positions), ReferenceGrid.Spaced(lower, upper, positions), ReferenceGrid.Spaced(0, end, moments)];

    private static void Check(double[] values, ImmutableArray<ImmutableArray<double>> nodes, int outputs, Func<double, double, double, double[]> exact)
    {
        for (var i = 0; i < values.Length / outputs; i++)
        {
            var (time, second, first) = (i % nodes[2].Length, i / nodes[2].Length % nodes[1].Length, i / nodes[2].Length / nodes[1].Length);
            var expected = exact(nodes[0][first], nodes[1][second], nodes[2][time]);
            Assert.All(Enumerable.Range(0, outputs), output => Assert.Equal(expected[output], values[(i * outputs) + output], 1e-8));
        }
    }

    /// <summary>
    /// u_t + u u_x + v u_y = ν Δu + s, and the same for v, where s is what makes two given functions the solution; the error at a number of
    /// points along each side and of steps.
    /// </summary>
    private static Func<int, int, double> Made(Expr exactU, Expr exactV)
    {
        var (u, v) = (Expr.OutputOf(0, 3), Expr.OutputOf(1, 3));
        var closed = new ClosedForm([exactU, exactV]);
        PointFormula Source(OutputExpr w) => new(closed.Insert(w.D(2) + (u * w.D(0)) + (v * w.D(1)) - (Viscosity * (w.D(0, 0) + w.D(1, 1))), []));
        var (sourceU, sourceV) = (Source(u), Source(v));
        double At(int output, ReadOnlySpan<double> point)
        {
            var values = new double[2];
            closed.At(point, values);
            return values[output];
        }

        var evolution = new TorusEvolution(
            (0, 0),
            (2 * Math.PI, 2 * Math.PI),
            [(px, py) => At(0, [px, py, 0]), (px, py) => At(1, [px, py, 0])],
            [TorusEvolution.Diffusion(Viscosity), TorusEvolution.Diffusion(Viscosity)],
            [new(0), new(1), .. TorusEvolution.Gradient(0), .. TorusEvolution.Gradient(1)],
            (point, fields, products) =>
            {
                products[0] = sourceU.At(point)!.Value - (fields[0] * fields[2]) - (fields[1] * fields[3]);
                products[1] = sourceV.At(point)!.Value - (fields[0] * fields[4]) - (fields[1] * fields[5]);
            },
            2,
            [new(0, 0, TorusEvolution.Times(1)), new(1, 1, TorusEvolution.Times(1))]);
        ImmutableArray<double> side = [.. Enumerable.Range(0, 7).Select(i => 0.1 + (0.9 * i))];
        return (n, steps) =>
        {
            ImmutableArray<ImmutableArray<double>> nodes = [side, side, [0, 0.5]];
            var values = evolution.Trajectory(n, steps, nodes);
            var exact = values.Select((_, i) => At(i % 2, [side[i / 28], side[i / 4 % 7], nodes[2][i / 2 % 2]])).ToArray();
            return ReferenceGrid.Distance(exact, values);
        };
    }
}
