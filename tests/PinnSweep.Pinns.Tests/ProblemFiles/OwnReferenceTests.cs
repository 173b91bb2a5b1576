using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Problems.WellPosedness;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>Problems of files that the program solves itself.</summary>
public sealed class OwnReferenceTests
{
    private const string Oscillator = """
        problem: oscillator
        coordinates: {t: [0, 6]}
        time: t
        outputs: [u, v]
        equations: {motion: 2*u_t + v_t = 2*v - u - 0.2*v, force: v_t = -u - 0.2*v}
        conditions: {a: {on: t-lower, expression: u = 1}, b: {on: t-lower, expression: v}}
        """;

    private const string Convected = """
        problem: convected
        coordinates: {x: {range: [0, 2*pi], periodic: true}, t: [0, 1]}
        time: t
        equations: {heat: u_t + u_x = 0.1*u_xx - 0.5*u}
        conditions: {start: {on: t-lower, expression: 2*u = 2*sin(x)}}
        """;

    // What it is, and the exact solution of its first output.
    public static TheoryData<string, string, string> Solved => new()
    {
        { Oscillator, "grid: 61", "exp(-0.1*t)*(cos(sqrt(0.99)*t) + 0.1/sqrt(0.99)*sin(sqrt(0.99)*t))" },
        { "problem: second\ncoordinates: {x: [0, 3]}\ntime: x\nequations: {p: u_xx = -4*u}\nconditions: {a: {on: x-lower, expression: u = 1}, b: {on: x-lower, expression: u_x = 2}}\n", "grid: 31", "cos(2*x) + sin(2*x)" },
        { "problem: stiff\ncoordinates: {t: [0, 2]}\ntime: t\nequations: {p: u_t = -1000*(u - cos(t)) - sin(t)}\nconditions: {a: {on: t-lower, expression: u = 1}}\n", "grid: 21", "cos(t)" },
        { "problem: growth\ncoordinates: {t: [0, 2]}\ntime: t\nequations: {p: (1 + t)*u_t = u^2}\nconditions: {a: {on: t-lower, expression: u = 0.5}}\n", "grid: 21", "1/(2 - log(1 + t))" },
        { "problem: ends\ncoordinates: {x: [0, 2]}\nequations: {p: u_xx + x*u_x = (1 + x)*exp(x)}\nconditions: {a: {on: x-lower, expression: u = 1}, b: {on: x-upper, expression: u_x + u = 2*exp(2)}}\n", "grid: 21", "exp(x)" },
        { "problem: sides\ncoordinates: {x: [0, 1], y: [-1, 1]}\nequations: {p: u_xx + exp(x)*u_yy + y*u_x - u = -(2 + exp(x))*sin(x)*cos(y) + y*cos(x)*cos(y)}\nconditions: {a: {on: x-lower, expression: u}, b: {on: x-upper, expression: u_x + u = (cos(1) + sin(1))*cos(y)}, c: {on: y-lower, expression: 2*u - u_y = sin(x)*(2*cos(1) - sin(1))}, d: {on: y-upper, expression: u = sin(x)*cos(1)}}\n", "grid: {x: 11, y: 21}", "sin(x)*cos(y)" },
        { "problem: conduction\ncoordinates: {t: [0, 1], x: [0, 2]}\ntime: t\nequations: {p: u_t = (1 + x*t)*u_xx + x*t*exp(-t)*sin(x)}\nconditions: {start: {on: t-lower, expression: u = sin(x)}, a: {on: x-lower, expression: u}, b: {on: x-upper, expression: u_x = exp(-t)*cos(2)}}\n", "grid: 11", "exp(-t)*sin(x)" },
        { "problem: string\ncoordinates: {x: [0, 1], t: [0, 1]}\ntime: t\nequations: {p: u_tt = 4*u_xx}\nconditions: {v: {on: t-lower, expression: u_t}, start: {on: t-lower, expression: u = sin(pi*x)}, ends: {on: x, expression: u}}\n", "grid: 21", "sin(pi*x)*cos(2*pi*t)" },
        { "problem: plate\ncoordinates: {x: [0, 1], y: [0, 1], t: [0, 1]}\ntime: t\nequations: {p: u_t = 0.5*(u_xx + u_yy)}\nconditions: {start: {on: t-lower, expression: u = cos(x)*sin(y)}, a: {on: x-lower, expression: u_x}, b: {on: x-upper, expression: u = exp(-t)*cos(1)*sin(y)}, c: {on: y-lower, expression: u}, d: {on: y-upper, expression: u_y + u = exp(-t)*cos(x)*(cos(1) + sin(1))}}\n", "grid: 6", "exp(-t)*cos(x)*sin(y)" },
        { Convected, "grid: {x: 33, t: 11}", "exp(-0.6*t)*sin(x - t)" },
        { "problem: burgers-like\ncoordinates: {t: [0, 1], x: {range: [-1, 1], periodic: true}}\ntime: t\nequations: {p: u_t + u*u_x = 0.2*u_xx}\nconditions: {start: {on: t-lower, expression: u = 0.4*pi*sin(pi*x)/(2 + cos(pi*x))}}\n", "grid: 21", "0.4*pi*exp(-0.2*pi^2*t)*sin(pi*x)/(2 + exp(-0.2*pi^2*t)*cos(pi*x))" },
    };

    [Theory]
    [MemberData(nameof(Solved))]
    public void The_solution_is_the_exact_one(string text, string grid, string exact)
    {
        var problem = Files.Problem($"{text}\nreference: {{{grid}}}\n");
        var other = problem.Outputs.Length > 1 ? ", v: -exp(-0.1*t)*sin(sqrt(0.99)*t)/sqrt(0.99)" : "";
        var known = Files.Problem($"{text}\nexact: {{u: {exact}{other}}}\n");

        var (worst, size) = (0.0, 0.0);
        var (mine, theirs) = (new double[problem.Outputs.Length], new double[problem.Outputs.Length]);
        foreach (var point in problem.TestGrid().Chunk(problem.Dimension))
        {
            problem.Exact(point, mine);
            known.Exact(point, theirs);
            worst = Math.Max(worst, mine.Zip(theirs).Max(pair => Math.Abs(pair.First - pair.Second)));
            size = Math.Max(size, Math.Abs(theirs[0]));
        }

        Assert.True(worst <= 1e-8 * size, $"{worst}");
        Assert.True(problem.Floor() < 1e-8, $"{problem.Floor()}");
        Assert.Contains(Examination.Of(problem.Physical), part => part.Name == "reference" && part.Text.StartsWith("solved on", StringComparison.Ordinal));
    }

    private const string Square = "x: {range: [0, 2*pi], periodic: true}, y: {range: [0, 2*pi], periodic: true}";

    // Two periodic coordinates, or several outputs of one: what it is, and the exact solution.
    public static TheoryData<string, string, string> Evolutions => new()
    {
        {
            $"problem: turning\ncoordinates: {{{Square}, t: [0, 1]}}\ntime: t\noutputs: [u, v]\nequations: {{a: u_t + u_x = 0.1*(u_xx + u_yy) + v, b: 2*v_t + 2*v_x = 0.2*(v_xx + v_yy) - 2*u}}\n" +
                "conditions: {a0: {on: t-lower, expression: u = sin(x + y)}, b0: {on: t-lower, expression: 3*v}}\n",
            "{x: 9, y: 7, t: 6}",
            "{u: exp(-0.2*t)*cos(t)*sin(x + y - t), v: -exp(-0.2*t)*sin(t)*sin(x + y - t)}"
        },
        {
            $"problem: potential-flow\ncoordinates: {{t: [0, 0.5], {Square}}}\ntime: t\noutputs: [u, v]\nequations: {{a: u_t + u*u_x + v*u_y = 0.5*(u_xx + u_yy), b: v_t + u*v_x + v*v_y = 0.5*(v_xx + v_yy)}}\n" +
                "conditions: {a0: {on: t-lower, expression: u = sin(x)*cos(y)/(3 + cos(x)*cos(y))}, b0: {on: t-lower, expression: v = cos(x)*sin(y)/(3 + cos(x)*cos(y))}}\n",
            "6",
            "{u: exp(-t)*sin(x)*cos(y)/(3 + exp(-t)*cos(x)*cos(y)), v: exp(-t)*cos(x)*sin(y)/(3 + exp(-t)*cos(x)*cos(y))}"
        },
        {
            "problem: driven\ncoordinates: {x: {range: [0, 2*pi], periodic: true}, t: [1, 2], y: {range: [0, 2*pi], periodic: true}}\ntime: t\nequations: {p: u_t - 0.1*(u_xx + u_yy) = cos(t)*cos(x - 2*y) + 0.5*sin(t)*cos(x - 2*y)}\n" +
                "conditions: {start: {on: t-lower, expression: u = sin(1)*cos(x - 2*y)}}\n",
            "{x: 5, t: 4, y: 6}",
            "{u: sin(t)*cos(x - 2*y)}"
        },
        {
            "problem: string\ncoordinates: {x: {range: [0, 2*pi], periodic: true}, t: [0, 1]}\ntime: t\noutputs: [u, v]\nequations: {a: u_t = v, b: v_t = 4*u_xx + 3*sin(x)*cos(t)}\n" +
                "conditions: {a0: {on: t-lower, expression: u = sin(x)}, b0: {on: t-lower, expression: v}}\n",
            "{x: 9, t: 6}",
            "{u: sin(x)*cos(t), v: -sin(x)*sin(t)}"
        },
    };

    [Theory]
    [MemberData(nameof(Evolutions))]
    public void An_evolution_of_several_outputs_or_on_a_torus_is_the_exact_one(string text, string grid, string exact)
    {
        var (problem, known) = (Files.Problem($"{text}reference: {{grid: {grid}}}\n"), Files.Problem($"{text}exact: {exact}\n"));
        var (mine, theirs) = (new double[problem.Outputs.Length], new double[problem.Outputs.Length]);

        foreach (var point in problem.TestGrid().Chunk(problem.Dimension))
        {
            problem.Exact(point, mine);
            known.Exact(point, theirs);
            Assert.All(mine.Zip(theirs), pair => Assert.Equal(pair.Second, pair.First, 1e-7));
        }

        Assert.InRange(problem.Floor()!.Value, 0, 1e-6);
    }

    [Theory]
    [InlineData("u_t = (1.5 + cos(x))*(u_xx + u_yy)", "9", "no solver of PinnSweep knows this kind of problem")]
    [InlineData("(2 + u^2)*u_t = u_xx + u_yy", "9", "with two coordinates u_t too, have constant factors")]
    [InlineData("u_t = u_xx + u_yy", "400", "64000000 points; with 3 coordinates at most 1002001 in all")]
    public void What_does_not_fit_on_a_torus_is_told(string equation, string grid, string told) => Assert.Contains(
        told,
        Files.Mistakes($"problem: unfit\ncoordinates: {{{Square}, t: [0, 1]}}\ntime: t\nequations: {{p: {equation}}}\nconditions: {{start: {{on: t-lower, expression: u = sin(x)}}}}\nreference: {{grid: {grid}}}\n"),
        StringComparison.Ordinal);

    [Fact]
    public void Errors_are_measured_on_its_grid()
    {
        var level = Files.Read($"{Convected}\nreference: {{grid: 33}}\n");
        using var training = Trials.Begin(Trials.Small(steps: 20, problem: level)).RunToEnd();

        Assert.True(double.IsFinite(training.Curve[^1].RelativeL2));
        Assert.Contains("errors against a solution by PinnSweep on 33 × 33 points", ProblemFile.Summary(level));
    }

    [Theory]
    [InlineData("reference: {grid: 2}", "reference.grid: expected a whole number from 3 to 1001; found '2'")]
    [InlineData("reference: {grid: {x: 11}}", "reference.grid: 't' is missing")]
    [InlineData("reference: {grid: 11, file: a.csv}", "reference: stands beside 'grid'")]
    [InlineData("reference: {}", "or {grid: 101} for a solution by PinnSweep itself")]
    public void A_mistake_is_told(string reference, string told) => Assert.Contains(told, Files.Mistakes($"{Convected}\n{reference}\n"), StringComparison.Ordinal);

    [Fact]
    public void What_no_solver_knows_is_refused_with_what_they_know() => Assert.Contains(
        "reference.grid: no solver of PinnSweep knows this kind of problem; they know ordinary equations",
        Files.Mistakes("problem: plate\ncoordinates: {x: [0, 1], y: [0, 1]}\nequations: {p: u_xx + u_yy = u^2 + 1}\nconditions: {a: {on: [x, y], expression: u}}\nreference: {grid: 11}\n"),
        StringComparison.Ordinal);

    [Fact]
    public void A_solution_that_steepens_without_end_is_refused() => Assert.Contains(
        "PinnSweep's own solver gets no nearer than",
        Files.Mistakes("problem: shock\ncoordinates: {x: {range: [-1, 1], periodic: true}, t: [0, 2]}\ntime: t\nequations: {p: u_t + u*u_x = 0.0005*u_xx}\nconditions: {start: {on: t-lower, expression: u = -sin(pi*x)}}\nreference: {grid: 11}\n"),
        StringComparison.Ordinal);

    [Fact]
    public void What_never_settles_is_given_up_after_bounded_work() => Assert.Contains(
        "PinnSweep's own solver gets no nearer than",
        Files.Mistakes("problem: lorenz\ncoordinates: {t: [0, 1000]}\ntime: t\noutputs: [x, y, z]\nequations: {a: x_t = 10*(y - x), b: y_t = x*(28 - z) - y, c: z_t = x*y - 8/3*z}\n" +
            "conditions: {x0: {on: t-lower, expression: x = 1}, y0: {on: t-lower, expression: y = 1}, z0: {on: t-lower, expression: z = 1}}\nreference: {grid: 2001}\n"),
        StringComparison.Ordinal);
}
