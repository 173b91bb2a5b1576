namespace PinnSweep.Pinns.Tests;

public sealed class ProblemTests
{
    public static TheoryData<string> Kinds => [.. ProblemCatalog.All.Select(entry => entry.Method.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_exact_solution_satisfies_every_term(string kind)
    {
        var problem = Create(kind);
        var sampler = SamplerFor(problem);

        for (var k = 0; k < problem.Terms.Length; k++)
        {
            var term = problem.Terms[k];
            foreach (var point in Points(sampler, k, problem.Dimension))
            {
                var residual = ExactJets.Evaluate(term.Residual, problem.Exact, problem.Outputs.Length, point);

                Assert.True(Math.Abs(residual) <= 1e-6 * Math.Max(1, term.Scale), $"{kind}/{term.Name} at ({string.Join(", ", point)}): {residual}, scale {term.Scale}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_wrong_solution_violates_some_term(string kind)
    {
        var problem = Create(kind);
        var sampler = SamplerFor(problem);
        void Wrong(ReadOnlySpan<double> point, Span<double> values)
        {
            problem.Exact(point, values);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] += 0.1 * Math.Cos(point[0] + (2 * point[1]));
            }
        }

        var worst = Enumerable.Range(0, problem.Terms.Length).Max(k => Points(sampler, k, problem.Dimension)
            .Max(point => Math.Abs(ExactJets.Evaluate(problem.Terms[k].Residual, Wrong, problem.Outputs.Length, point)) / problem.Terms[k].Scale));

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

    [Fact]
    public void Helmholtz_per_edge_has_a_term_for_each_edge()
    {
        var problem = Helmholtz.Entry.Create(MethodLevels.Of(Helmholtz.Entry.Method, ("boundary", "per-edge")));

        Assert.Equal(["residual", "x-lower", "x-upper", "y-lower", "y-upper"], problem.Terms.Select(term => term.Name));
    }

    private static Problem Create(string kind)
    {
        var entry = ProblemCatalog.All.Single(entry => entry.Method.Kind == kind);
        return entry.Create(MethodLevels.Of(entry.Method));
    }

    private static ISampler SamplerFor(Problem problem) => UniformSampler.Entry.Create(
        MethodLevels.Of(UniformSampler.Entry.Method, ("interior", 20), ("boundary", 12), ("initial", 8)),
        problem,
        7);

    private static IEnumerable<double[]> Points(ISampler sampler, int term, int dimension) => sampler.Points(term).ToArray().Chunk(dimension);
}
