using PinnSweep.Jets.Expressions;
using PinnSweep.Pinns.Tests.ProblemFiles;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Problems.References;

namespace PinnSweep.Pinns.Tests.Scales;

/// <summary>What is chosen for files of other people, and what is left as it is.</summary>
public sealed class UnitChoiceTests
{
    public const string Rod = """
        problem: rod-in-celsius
        coordinates: {x: [0, 1]}
        equations: {heat: u_xx}
        conditions: {ends: {on: x, expression: u = 100 - 50*x}}
        exact: {u: 100 - 50*x}
        """;

    public const string Unix = """
        problem: unix-seconds
        coordinates: {t: [1700000000, 1700000003]}
        time: t
        constants: {t0: 1700000000}
        equations: {decay: u_t = -u}
        conditions: {start: {on: t-lower, expression: u = 1}}
        exact: {u: exp(-(t - t0))}
        """;

    public const string Nanometres = """
        problem: nanometres
        coordinates: {x: [0, 1e-9]}
        equations: {p: u_xx + pi^2*1e18*sin(pi*x/1e-9)}
        conditions: {ends: {on: x, expression: u}}
        exact: {u: sin(pi*x/1e-9)}
        """;

    [Fact]
    public void A_file_whose_sizes_are_fine_has_no_units()
    {
        Assert.DoesNotContain("units", Files.Read(Files.Burgers).ToMap().Canonical(), StringComparison.Ordinal);
        Assert.Null(Files.Problem(Files.Burgers).Units);
    }

    [Fact]
    public void Celsius_are_counted_in_hundreds()
    {
        var problem = Files.Problem(Rod);

        Assert.Equal(new Unit(0, 100), Assert.Single(problem.Units!.Outputs));
        Assert.Equal("u0_2", problem.Terms[0].Residual.ToString());
        Assert.Equal("(u0_0 + (-1 + (0.5 * x0)))", problem.Terms[1].Residual.ToString());
    }

    [Fact]
    public void Seconds_since_1970_are_counted_from_the_first()
    {
        var problem = Files.Problem(Unix);

        Assert.Equal(new Unit(1.7e9, 1), Assert.Single(problem.Units!.Coordinates));
        Assert.Equal((0, 3), (problem.Axes[0].Lower, problem.Axes[0].Upper));
        Assert.Equal("exp(negate(x0))", problem.Solution!.Expressions[0].ToString());
    }

    [Fact]
    public void Nanometres_become_the_problem_in_metres()
    {
        var problem = Files.Problem(Nanometres);

        Assert.Equal(new Unit(0, 1e-9), Assert.Single(problem.Units!.Coordinates));
        Assert.Equal(1, problem.Axes[0].Upper, 1e-15);
        Assert.Equal(Math.PI * Math.PI, ClosedForm.Evaluate(Known(problem), [0.5]), 1e-12);

        // What does not hold an output.
        static Expr Known(Problem problem) => ((Expr.Binary)problem.Terms[0].Residual).Right;
    }

    [Fact]
    public void None_is_the_same_trial_where_all_is_fine()
    {
        Assert.Equal(Files.Read(Files.Burgers).ToMap().Canonical(), Files.Read($"{Files.Burgers}\nscale: none").ToMap().Canonical());
        Assert.Equal(Files.Read(Files.Burgers).ToMap().Canonical(), Files.Read($"{Files.Burgers}\nscale: auto").ToMap().Canonical());
    }

    [Fact]
    public void A_circle_stays_one()
    {
        const string Holed = """
            problem: perforated
            coordinates: {x: [0, 0.002], y: [0, 0.04]}
            holes: [{centre: [0.001, 0.02], radius: 0.0005}]
            equations: {p: u_xx + u_yy}
            conditions: {outside: {on: [x, y], expression: u}, inside: {on: hole-1, expression: u = 1}}
            """;
        var problem = Files.Problem(Holed);

        Assert.Equal(problem.Units!.Coordinates[0].Size, problem.Units.Coordinates[1].Size);
        Assert.Equal(0.0005 / problem.Units.Coordinates[0].Size, problem.Holes[0].Radius, 1e-12);
        Assert.Equal(problem.Physical.TestGrid().Length, problem.TestGrid().Length);
        Assert.Contains("x and y need the same size", Files.Mistakes($"{Holed}\nscale: {{x: 0.001}}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_chosen_where_the_file_says_none()
    {
        Assert.Null(Files.Problem($"{Rod}\nscale: none").Units);
    }

    [Fact]
    public void What_the_file_says_wins()
    {
        var problem = Files.Problem($"{Unix}\nscale: {{t: {{size: 2, offset: 1700000001}}, u: 10}}");

        Assert.Equal(new Unit(1_700_000_001, 2), problem.Units!.Coordinates[0]);
        Assert.Equal(new Unit(0, 10), problem.Units!.Outputs[0]);
        Assert.Equal((-0.5, 1), (problem.Axes[0].Lower, problem.Axes[0].Upper));
    }

    [Theory]
    [InlineData("scale: metres", "expected auto, none, or a map")]
    [InlineData("scale: {v: 2}", "'v' is no coordinate, output or coefficient")]
    [InlineData("scale: {u: -2}", "expected a size above 0")]
    [InlineData("scale: {u: {unit: 2}}", "unknown key 'unit'")]
    public void A_mistake_is_told(string line, string told)
    {
        Assert.Contains(told, Files.Mistakes($"{Rod}\n{line}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Temperatures_that_vary_little_have_an_origin_of_their_own()
    {
        var problem = Files.Problem("""
            problem: warm-rod
            coordinates: {x: [0, 1]}
            equations: {heat: u_xx}
            conditions: {ends: {on: x, expression: u = 293.15 + 0.002*x}}
            exact: {u: 293.15 + 0.002*x}
            """);

        Assert.Equal(0.001, problem.Units!.Outputs[0].Size);
        Assert.InRange(problem.Units.Outputs[0].Offset, 293.15, 293.152);
    }

    [Theory]
    [InlineData("u_xx + 1e6*pi^2*sin(pi*x)", 1e6)]
    [InlineData("u_xx + 2500*sin(50*x)", 1)]
    [InlineData("5e-6*u_xx + 1", 1e4)]
    [InlineData("u_xx - 1e4*(u - 500)", 1000)]
    public void A_source_tells_the_size_where_nothing_else_does(string equation, double size)
    {
        var problem = Files.Problem($"problem: driven\ncoordinates: {{x: [0, 1]}}\nequations: {{p: {equation}}}\nconditions: {{ends: {{on: x, expression: u}}}}");

        Assert.Equal(size, problem.Units?.Outputs[0].Size ?? 1);
    }

    [Fact]
    public void A_plan_shows_what_was_chosen()
    {
        var table = ScaleTable.Of(Files.Read(Unix));

        Assert.Equal("scales        from          to      offset  unit", table[0]);
        Assert.Equal("t       1700000000  1700000003  1700000000     1", table[1]);
    }
}
