using PinnSweep.Pinns.Tests.Problems;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary><c>let</c> and <c>dn</c> in files: what the problem is that a trainer makes of them.</summary>
public sealed class DefinitionTests
{
    private const string Rod = """
        problem: rod
        coordinates: {x: [0, 1], t: [0, 1]}
        time: t
        constants: {k: 0.5}
        let:
          flux: -k*u_x
          shape: sin(pi*x)
          total: (k*pi^2 - 1)*exp(-t)*shape - flux_x
        equations: {heat: u_t = total}
        conditions:
          left: {on: x-lower, expression: flux = -k*pi*exp(-t)}
          right: {on: x-upper, expression: u}
          start: {on: t-lower, expression: u = shape}
        exact: {u: exp(-t)*shape}
        """;

    private const string Plain = """
        problem: rod
        coordinates: {x: [0, 1], t: [0, 1]}
        time: t
        constants: {k: 0.5}
        equations: {heat: "u_t = (k*pi^2 - 1)*exp(-t)*sin(pi*x) - d(-k*u_x, x)"}
        conditions:
          left: {on: x-lower, expression: -k*u_x = -k*pi*exp(-t)}
          right: {on: x-upper, expression: u}
          start: {on: t-lower, expression: u = sin(pi*x)}
        exact: {u: exp(-t)*sin(pi*x)}
        """;

    [Fact]
    public void Definitions_make_the_problem_that_is_written_without_them()
    {
        var (with, without) = (Files.Problem(Rod), Files.Problem(Plain));

        Assert.Equal(without.Terms.Select(term => term.Residual), with.Terms.Select(term => term.Residual));
        Assert.Equal(Exact(without), Exact(with));
        Assert.Equal(Files.Problem(Plain, ("k", "0.7")).Terms[0].Residual, Files.Problem(Rod, ("k", "0.7")).Terms[0].Residual);

        static double Exact(Problem problem)
        {
            var values = new double[1];
            problem.Exact([0.3, 0.4], values);
            return values[0];
        }
    }

    [Fact]
    public void A_file_without_definitions_has_none_in_its_key() =>
        Assert.DoesNotContain("let", Files.Read(Plain).ToMap().Canonical(), StringComparison.Ordinal);

    [Theory]
    [InlineData("flux: -k*u_x", "flux: -k*shape", "let.flux: name 'shape' unknown")]
    [InlineData("flux: -k*u_x", "flux: flux + 1", "let.flux: name 'flux' unknown")]
    [InlineData("  shape:", "  u_t:", "let: 'u_t' is already a coordinate, an output, its derivative, a constant or a coefficient")]
    [InlineData("  shape:", "  sin:", "let: 'sin' has a meaning of its own")]
    [InlineData("  shape:", "  a-b:", "let: 'a-b' is not a name")]
    [InlineData("shape: sin(pi*x)", "shape: sin(pi*x)*u", "exact.u: 'shape' of let cannot stand here: name 'u' unknown")]
    [InlineData("shape: sin(pi*x)", "shape: 1/x", "conditions.start: divides by zero at x = 0, t = 0; the divisor is 'x of let.shape'")]
    [InlineData("shape: sin(pi*x)", "shape: u(x-lower)", "let.shape: only a condition compares sides")]
    public void A_mistake_in_a_definition_is_told(string right, string wrong, string message) =>
        Assert.Contains(message, Files.Mistakes(Rod.Replace(right, wrong, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Forty_definitions_of_two_uses_each_cost_forty_steps()
    {
        var chain = string.Concat(Enumerable.Range(1, 40).Select(i => FormattableString.Invariant($"  a{i}: a{i - 1}*a{i - 1} + 1\n")));
        var text = Rod.Replace("  flux:", $"  a0: 0.1*x\n{chain}  flux:", StringComparison.Ordinal).Replace("= total", "= total + 0*a40", StringComparison.Ordinal);

        Assert.Contains("not finite", Files.Mistakes(text.Replace("0.1*x", "2", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(4, Files.Problem(text.Replace("*a", "*0.1*a", StringComparison.Ordinal)).Terms.Length);
    }

    [Fact]
    public void Definitions_train_in_both_engines()
    {
        foreach (var engine in new[] { "fused", "torch" })
        {
            using var training = Trials.Begin(Trials.Small(steps: 5, problem: Files.Read(Rod)), engine).RunToEnd();

            Assert.True(double.IsFinite(training.Curve[^1].Metrics["constraint/left"]));
        }
    }

    private static string Plate(string on, string expression) => $$"""
        problem: plate-of-sides
        coordinates: {x: [0, 2], y: [-1, 3]}
        holes: [{centre: [1, 1], radius: 0.5}]
        equations: {p: laplacian(u) - u}
        conditions: {it: {on: {{on}}, expression: {{expression}} } }
        free: [x, y, hole-1]
        """;

    // u = x² + 3xy: u_x = 2x + 3y, u_y = 3x.
    [Theory]
    [InlineData("x-upper", "dn(u) = 1", 2, 0.5, 4 + 1.5 - 1)]
    [InlineData("x-lower", "dn(u + x)", 0, 0.5, -1.5 - 1)]
    [InlineData("y", "dn(u)", 0.5, -1, -1.5)]
    [InlineData("y", "dn(u)", 0.5, 3, 1.5)]
    [InlineData("[x, y]", "dn(u)", 0.5, 3, 1.5)]
    [InlineData("[x, y]", "dn(u)", 2, 0.5, 5.5)]
    [InlineData("[x, y]", "dn(u)", 0, 0.5, -1.5)]
    [InlineData("[x, y]", "dn(u)", 0.25, -1, -0.75)]
    // On the circle at (1.5, 1) the domain lies at larger x, so its normal is (−1, 0); at (1, 0.5) it is (0, 1).
    [InlineData("hole-1", "dn(u)", 1.5, 1, -6)]
    [InlineData("hole-1", "dn(u)", 1, 0.5, 3)]
    [InlineData("[hole-1, x-lower]", "dn(u)", 1, 0.5, 3)]
    [InlineData("[hole-1, x-lower]", "dn(u)", 0, 0.5, -1.5)]
    public void The_normal_points_out_of_the_domain_on_every_side(string on, string expression, double x, double y, double expected)
    {
        var problem = Files.Problem(Plate(on, expression));

        var value = ExactJets.Evaluate(problem.Terms[1], Field, problem, [x, y]);

        Assert.Equal(expected, value, 1e-6);

        static void Field(ReadOnlySpan<double> point, Span<double> values) => values[0] = (point[0] * point[0]) + (3 * point[0] * point[1]);
    }

    [Fact]
    public void Every_point_of_a_term_has_a_normal_of_length_one()
    {
        var problem = Files.Problem(Plate("[x, y]", "dn(u)"));
        var term = problem.Terms[1];
        var chance = new PinnSweep.Numerics.Streams.RandomStream(3, "sides");
        for (var i = 0; i < 400; i++)
        {
            var point = new double[2];
            Region.Side(problem, term.Faces[i % term.Faces.Length]).Place([chance.NextDouble()], point);

            // With u = a x + b y the derivative along (nx, ny) is a nx + b ny.
            var (nx, ny) = (Along(point, 1, 0), Along(point, 0, 1));
            Assert.Equal(1, (nx * nx) + (ny * ny), 1e-6);
        }

        double Along(double[] point, double a, double b) => ExactJets.Evaluate(term, (at, values) => values[0] = (a * at[0]) + (b * at[1]), problem, point);
    }

    [Fact]
    public void A_place_inside_the_domain_has_no_normal() => Assert.Contains(
        "conditions.it: dn(…) is the derivative along the outward normal: it stands in a condition on sides of the domain, and none ends inside",
        Files.Mistakes(Plate("{x: 0.25}", "dn(u)")),
        StringComparison.Ordinal);

    [Fact]
    public void Commas_of_a_map_in_one_line_belong_to_the_parentheses_around_them()
    {
        var text = Plain.Replace("left: {on: x-lower, expression: -k*u_x = -k*pi*exp(-t)}", "left: {on: x-lower, expression: max(u,  0) = min(0, 2, 3), scale: 2}", StringComparison.Ordinal);

        Assert.Contains("max(u,0)=min(0,2,3)", Files.Read(text).ToMap().Canonical(), StringComparison.Ordinal);
        Assert.Contains("my.yaml:7:43: conditions.left: name 'w' unknown", Files.Mistakes(text.Replace("max(u,  0)", "max(u,  w)", StringComparison.Ordinal)), StringComparison.Ordinal);
    }
}
