using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Time;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Problems;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>Conditions of problem files between the two sides of a coordinate.</summary>
public sealed class PairedConditionTests
{
    private const string Soliton = """
        problem: bright-soliton
        coordinates: {x: [-10, 10], t: [0, 1.5]}
        time: t
        outputs: [p, q]
        free: x
        equations:
          real: -q_t + 0.5*p_xx + (p^2 + q^2)*p
          imaginary: p_t + 0.5*q_xx + (p^2 + q^2)*q
        conditions:
          start-p: {on: t-lower, expression: p = 1/cosh(x)}
          start-q: {on: t-lower, expression: q = 0}
          wrap: {on: x, expression: p(x-lower) = p(x-upper)}
          wrap-q: {on: [x-upper, x-lower], expression: q(x-lower) - q(x-upper)}
          slope: {on: x, expression: "p_x( x-lower ) + t*q(x - upper) = p_x(x-upper)", scale: 2}
        """;

    [Fact]
    public void A_condition_compares_two_sides_and_serves_both()
    {
        var problem = Files.Problem(Soliton);

        // p(−10) − p(10), and p_x(−10) + t q(10) − p_x(10) with p = x³ + t, q = x t at t = 0.5.
        Assert.Equal([null, null, null, null, 0, 0, 0], problem.Terms.Select(term => term.PairsOn));
        Assert.All(problem.Terms[4..], term => Assert.Equal((PointSets.Boundary, TermRole.Boundary, new Face(0, Upper: false)), (term.PointSet, term.Role, Assert.Single(term.Faces))));
        Assert.Equal(-2000, ExactJets.Evaluate(problem.Terms[4], Cubic, problem, [-10, 0.5]), 1e-6);
        Assert.Equal(-10, ExactJets.Evaluate(problem.Terms[5], Cubic, problem, [-10, 0.5]), 1e-6);
        Assert.Equal(2.5, ExactJets.Evaluate(problem.Terms[6], Cubic, problem, [-10, 0.5]), 1e-6);

        static void Cubic(ReadOnlySpan<double> point, Span<double> values) => (values[0], values[1]) = (Math.Pow(point[0], 3) + point[1], point[0] * point[1]);
    }

    [Fact]
    public void A_level_keeps_it_and_trains_in_both_engines()
    {
        foreach (var engine in new[] { "fused", "torch" })
        {
            using var training = Trials.Begin(Trials.Small(steps: 20, problem: Files.Read(Soliton)), engine).RunToEnd();

            Assert.True(training.Curve[^1].Metrics["constraint/wrap"] > 0);
            Assert.Equal(7, training.Result(Trials.Evidence).Sizes!.Terms.Length);
            Assert.Equal(["real", "imaginary", "start-p", "start-q", "wrap", "wrap-q", "slope"], training.Trial.Problem.Terms.Select(term => term.Name));
        }
    }

    [Fact]
    public void A_pair_without_a_value_is_found_where_it_lies()
    {
        const string Text = """
            problem: roots
            coordinates: {x: [0, 1]}
            equations: {p: u_xx}
            conditions: {wrap: {on: x, expression: sqrt(u(x-lower) - 9) = u(x-upper)}, left: {on: x-lower, expression: u = 1}}
            """;

        using var training = Trials.Begin(Trials.Small(steps: 20, problem: Files.Read(Text))).RunToEnd();

        Assert.Equal(("wrap", "the square root"), (training.Result(Trials.Evidence).NonFinite?.Term, training.Result(Trials.Evidence).NonFinite?.Operation));
    }

    [Fact]
    public void The_program_of_a_file_is_that_of_the_built_in_problem()
    {
        const string Text = """
            problem: my-convection
            coordinates: {x: [0, 2*pi], t: [0, 1]}
            time: t
            equations: {residual: {expression: u_t + 30*u_x, scale: 30}}
            conditions: {periodic: {on: x, expression: u(x-lower) = u(x-upper)}, initial: {on: t-lower, expression: u = sin(x)}}
            """;
        var (mine, builtIn) = (Files.Problem(Text), PinnCatalog.Problem(MethodLevels.Of(Convection.Entry.Method, ("periodicity", "soft"))));

        foreach (var (ours, theirs) in mine.Terms.Zip(builtIn.Terms))
        {
            Assert.Equal(builtIn.Compile([theirs]).Instructions, mine.Compile([ours]).Instructions);
            Assert.Equal(builtIn.AcrossOf(theirs), mine.AcrossOf(ours));
            Assert.Equal((theirs.Name, theirs.Role, theirs.PointSet, theirs.Scale), (ours.Name, ours.Role, ours.PointSet, ours.Scale));
        }
    }

    [Fact]
    public void A_period_in_time_needs_no_start()
    {
        const string Text = """
            problem: forced-oscillator
            coordinates: {t: [0, 2*pi]}
            time: t
            equations: {motion: u_tt + 0.5*u_t + 2*u = cos(t)}
            conditions: {value: {on: t, expression: u(t-lower) = u(t-upper)}, slope: {on: t, expression: u_t(t-lower) = u_t(t-upper)}}
            """;

        var problem = Files.Problem(Text);

        Assert.All(problem.Terms[1..], term => Assert.Equal((0, PointSets.Boundary), (term.PairsOn, term.PointSet)));
        Assert.Equal(
            "'value' is a condition at a moment of time and no initial one",
            TimeWindows.Entry.WhyNotApplicable(
                Trials.Small(problem: Files.Read(Text), time: LevelText.Parse(Factor.Time, "windows", PinnCatalog.Instance, "test")).Levels,
                problem with { Terms = problem.Terms.Add(LossTerm.Initial(0, PinnSweep.Jets.Expressions.Expr.OutputOf(0, 1).Value, 1)) },
                CatalogProblems.Instance));
    }

    [Theory]
    [InlineData("u(x-lower) = u(y-upper)", "wrap: one condition compares the sides of one coordinate, here of x; write another one for y")]
    [InlineData("u(x-lower) = u", "'u' needs a side where others have one: u(x-lower) or u(x-upper)")]
    [InlineData("u(x-lower) = x*u(x-upper)", "'x' has two values in a condition that compares x-lower and x-upper; write the numbers")]
    [InlineData("u(x-lower) = 1", "compares nothing, because only x-lower is named; a condition on that side is written {on: x-lower, expression: …} without sides in the expression")]
    [InlineData("u(x-middle) = u(x-upper)", "'u' is no function: a product is written u*(…), and u(x-lower) is its value on a side, in a condition that compares two")]
    [InlineData("k(u - 1)", "'k' is no function; a product is written k*(…)")]
    [InlineData("u(y-lower) = u(y-upper)", "the expression compares the two sides of y; write on: y")]
    [InlineData("w(x-lower) = w(x-upper)", "function 'w' unknown")]
    public void Mistakes_name_the_right_form(string expression, string message) => Assert.Contains(message, Files.Mistakes(Plate(expression)), StringComparison.Ordinal);

    [Fact]
    public void An_equation_compares_no_sides() => Assert.Contains(
        "equations.p: only a condition compares sides, for instance wrap: {on: x, expression: u(x-lower) = u(x-upper)}",
        Files.Mistakes(Plate("u(x-lower) = -u(x-upper)").Replace("u_xx + u_yy", "u_xx + u(x-lower)", StringComparison.Ordinal)),
        StringComparison.Ordinal);

    [Fact]
    public void A_sign_or_factors_may_stand_between_the_sides()
    {
        var problem = Files.Problem(Plate("k*u_x(x-lower) = -2*u_x(x-upper) + sin(y)"));

        // u = x² y: u_x is 0 at x = 0 and 2y at x = 1; k = 3.
        Assert.Equal((4 * 0.25) - Math.Sin(0.25), ExactJets.Evaluate(problem.Terms[1], (point, values) => values[0] = point[0] * point[0] * point[1], problem, [0, 0.25]), 1e-9);
    }

    private static string Plate(string expression) => $$"""
        problem: plate
        coordinates: {x: [0, 1], y: [0, 1]}
        constants: {k: 3}
        equations: {p: u_xx + u_yy}
        conditions:
          wrap: {on: x, expression: {{expression}}}
          slope: {on: x, expression: u_x(x-lower) = u_x(x-upper)}
          ends: {on: y, expression: u = x}
        """;
}
