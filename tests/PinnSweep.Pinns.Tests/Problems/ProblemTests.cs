using System.Collections.Immutable;
using PinnSweep.Methods.Samplers;
using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Pinns.Tests.Problems;

public sealed class ProblemTests
{
    public static TheoryData<string> Kinds => [.. ProblemCatalog.All.Select(entry => entry.Method.Kind)];

    /// <summary>Those whose solution can be evaluated anywhere.</summary>
    public static TheoryData<string> ClosedForms => [.. ProblemCatalog.All.Where(entry => Create(entry.Method.Kind).Reference is null).Select(entry => entry.Method.Kind)];

    [Theory]
    [MemberData(nameof(ClosedForms))]
    public void The_exact_solution_satisfies_every_term(string kind)
    {
        var problem = Create(kind);

        Assert.True(WorstResidual(problem) <= 1e-6, $"{kind}: {WorstResidual(problem)}");
    }

    [Theory]
    [MemberData(nameof(ClosedForms))]
    public void A_wrong_solution_violates_some_term(string kind)
    {
        var problem = Create(kind).WithoutData();
        var sampler = SamplerFor(problem);
        void Wrong(ReadOnlySpan<double> point, Span<double> values)
        {
            problem.Exact(point, values);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] += 0.1 * Math.Cos(point[0] + (2 * point[^1]));
            }
        }

        var worst = Enumerable.Range(0, problem.Terms.Length).Max(k => Points(sampler, k, problem.Dimension)
            .Max(point => Math.Abs(ExactJets.Evaluate(problem.Terms[k], Wrong, problem, point)) / problem.Terms[k].Scale));

        Assert.True(worst > 1e-3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Terms_have_unique_names_positive_scales_and_an_equation_first(string kind)
    {
        var problem = Create(kind);

        Assert.Equal(problem.Terms.Length, problem.Terms.Select(term => term.Name).Distinct().Count());
        Assert.All(problem.Terms, term => Assert.True(double.IsFinite(term.Scale) && term.Scale > 0));
        Assert.Equal(TermRole.Residual, problem.Terms[0].Role);
    }

    [Fact]
    public void TestGrid_has_the_edges_and_the_last_coordinate_runs_fastest()
    {
        var grid = Create("diffusion").TestGrid();

        Assert.Equal(2 * 101 * 101, grid.Length);
        Assert.Equal([-1, 0, -1, 0.01], grid[..4]);
        Assert.Equal([1, 1], grid[^2..]);
    }

    [Theory]
    [InlineData("convection", "initial", "two-mode")]
    [InlineData("convection", "initial", "bump")]
    [InlineData("klein-gordon", "form", "quadratic")]
    [InlineData("kdv", "initial", "two-soliton")]
    [InlineData("kirchhoff-plate", "boundary", "grouped")]
    [InlineData("helmholtz", "boundary", "per-edge")]
    [InlineData("klein-gordon", "boundary", "per-edge")]
    [InlineData("klein-gordon", "boundary", "summed")]
    [InlineData("burgers", "boundary", "per-edge")]
    [InlineData("burgers", "boundary", "summed")]
    [InlineData("convection", "periodicity", "soft")]
    [InlineData("reaction", "periodicity", "soft")]
    [InlineData("taylor-green", "periodicity", "soft")]
    public void The_exact_solution_satisfies_every_variant(string kind, string parameter, string word)
    {
        var entry = ProblemCatalog.All.Single(entry => entry.Method.Kind == kind);

        Assert.True(WorstResidual(entry.Create(MethodLevels.Of(entry.Method, (parameter, word)))) <= 1e-6);
    }

    [Fact]
    public void An_exact_solution_of_different_aspect_satisfies_the_plate()
    {
        var entry = KirchhoffPlate.Entry;

        Assert.True(WorstResidual(entry.Create(MethodLevels.Of(entry.Method, ("aspect", 1.7)))) <= 1e-6);
    }

    [Fact]
    public void Helmholtz_per_edge_has_a_term_for_each_edge()
    {
        var problem = Helmholtz.Entry.Create(MethodLevels.Of(Helmholtz.Entry.Method, ("boundary", "per-edge")));

        Assert.Equal(["residual", "x-lower", "x-upper", "y-lower", "y-upper"], problem.Terms.Select(term => term.Name));
    }

    [Fact]
    public void The_ends_of_an_interval_can_be_terms_of_their_own_or_one_sum()
    {
        var level = MethodLevels.Of(Burgers.Entry.Method, ("boundary", "per-edge"));

        Assert.Equal(["residual", "x-lower", "x-upper", "initial"], Burgers.Entry.Create(level).Terms.Select(term => term.Name));
        Assert.All(Burgers.Entry.Create(level).Terms[1..3], term => Assert.Single(term.Faces));

        // At one point of each end the mean square of √2 u is the sum of the two squares of u: 2 · mean(0.3², 0.1²) = 0.3² + 0.1².
        var summed = Burgers.Entry.Create(MethodLevels.Of(Burgers.Entry.Method, ("boundary", "summed")));
        void Ends(ReadOnlySpan<double> point, Span<double> values) => values[0] = point[0] < 0 ? 0.3 : 0.1;
        var squares = new[] { -1.0, 1.0 }.Select(x => Math.Pow(ExactJets.Evaluate(summed.Terms[1], Ends, summed, [x, 0.5]), 2));
        Assert.Equal(0.1, squares.Average(), 1e-12);
    }

    [Theory]
    [InlineData("burgers")]
    [InlineData("helmholtz")]
    public void Diluted_conditions_have_that_share_of_their_mean_square_and_the_same_violation(string kind)
    {
        var entry = ProblemCatalog.All.Single(entry => entry.Method.Kind == kind);
        var (whole, thin) = (entry.Create(MethodLevels.Of(entry.Method)), entry.Create(MethodLevels.Of(entry.Method, ("dilution", 0.25))));
        static void Wrong(ReadOnlySpan<double> point, Span<double> values) => values[0] = 0.3 + point[0];

        foreach (var (before, after) in whole.Terms.Zip(thin.Terms))
        {
            double At(Problem problem, LossTerm term) => ExactJets.Evaluate(term, Wrong, problem, [-1, 0]);
            Assert.Equal(before.Role == TermRole.Residual ? 1 : 0.5, At(thin, after) / At(whole, before), 1e-9);
            Assert.Equal(At(whole, before) / before.Scale, At(thin, after) / after.Scale, 1e-9);
        }
    }

    [Fact]
    public void A_plan_computes_no_reference()
    {
        // Everything that planning asks of a problem, and the test grid; the reference itself throws where it is asked.
        var solution = new GridSolution("none", [[0, 1], [0, 1]], () => throw new InvalidOperationException("computed"), ImmutableSortedDictionary<string, double>.Empty);
        var problem = new Problem([new("x", 0, 1), new("t", 0, 1)], ["u"], [], solution.At) { Reference = solution };

        Assert.Equal([0, 0, 0, 1, 1, 0, 1, 1], problem.TestGrid());
        Assert.Equal([2, 2], problem.TestGridShape);
        Assert.Throws<InvalidOperationException>(() => problem.Exact([0, 0], new double[1]));
    }

    [Fact]
    public void A_solution_on_a_grid_is_known_at_its_nodes_only()
    {
        var problem = Create("reaction-diffusion");

        Assert.Throws<InvalidOperationException>(() => problem.Exact([0.01, 0.5], new double[1]));
    }

    [Fact]
    public void Measurements_are_the_solution_with_noise_of_the_given_size()
    {
        var problem = Create("helmholtz-inverse");
        var term = problem.Terms[^1];
        var evaluator = new PinnSweep.Jets.Expressions.ColumnEvaluator([((PinnSweep.Jets.Expressions.Expr.Binary)term.Residual).Right], 2);
        var (measured, exact) = (new double[term.MeasuredAt.Length / 2], new double[1]);

        evaluator.Evaluate(term.MeasuredAt.AsSpan(), measured);

        var noise = measured.Select((value, i) =>
        {
            problem.Exact(term.MeasuredAt.AsSpan(2 * i, 2), exact);
            return value - exact[0];
        }).ToArray();

        // 1 % of the root mean square of sin sin, which is ½; 500 samples tell it to some 10 %.
        Assert.InRange(Math.Sqrt(noise.Average(e => e * e)), 0.004, 0.006);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Equations_keep_the_constant_states_that_a_problem_declares(string kind) =>
        Assert.All(AllForms(kind), problem => Assert.All(problem.Equilibria, state => Assert.InRange(ConstantState.Residual(problem, state), 0, 1e-12)));

    [Fact]
    public void A_state_that_no_equation_keeps_is_found()
    {
        Assert.Null(ConstantState.WhyNone(Create("reaction"), [1]));
        Assert.Equal("it leaves 1.25 in equation 'residual'", ConstantState.WhyNone(Create("reaction"), [0.5]));
    }

    /// <summary>The default form of a problem and every variant.</summary>
    internal static IEnumerable<Problem> AllForms(string kind)
    {
        var entry = ProblemCatalog.All.Single(entry => entry.Method.Kind == kind);
        var standard = MethodLevels.Of(entry.Method);
        return [entry.Create(standard), .. entry.Variants.Select(form => entry.Create(standard.With(form.Parameter, form.Value)))];
    }

    internal static Problem Create(string kind, (string Name, object Value) parameter)
    {
        var entry = ProblemCatalog.All.Single(entry => entry.Method.Kind == kind);
        return entry.Create(MethodLevels.Of(entry.Method, parameter));
    }

    internal static Problem Create(string kind)
    {
        var entry = ProblemCatalog.All.Single(entry => entry.Method.Kind == kind);

        // Differences cannot follow the shock of the default viscosity.
        return entry.Create(kind == "burgers" ? MethodLevels.Of(entry.Method, ("nu", 0.2)) : MethodLevels.Of(entry.Method));
    }

    /// <summary>The largest |residual| / max(1, scale) of the exact solution over points of every term.</summary>
    private static double WorstResidual(Problem problem)
    {
        problem = problem.WithoutData();
        var sampler = SamplerFor(problem);
        return Enumerable.Range(0, problem.Terms.Length).Max(k => Points(sampler, k, problem.Dimension).Max(point =>
            Math.Abs(ExactJets.Evaluate(problem.Terms[k], problem.Exact, problem, point)) / Math.Max(1, problem.Terms[k].Scale)));
    }

    private static ISampler SamplerFor(Problem problem) => UniformSampler.Entry.Create(
        MethodLevels.Of(UniformSampler.Entry.Method, ("interior", 20), ("boundary", 12), ("initial", 8)),
        problem,
        7);

    private static IEnumerable<double[]> Points(ISampler sampler, int term, int dimension) => sampler.Points(term).ToArray().Chunk(dimension);
}
