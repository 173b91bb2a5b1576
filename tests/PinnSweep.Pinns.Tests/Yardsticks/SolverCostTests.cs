using PinnSweep.Methods.Catalogs;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Yardsticks;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Pinns.Tests.Yardsticks;

public sealed class SolverCostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Short_runs_are_repeated_the_fastest_counts_and_what_would_take_too_long_is_not_tried()
    {
        var (clock, runs) = (0.0, 0);
        var problem = Problem(resolution =>
        {
            runs++;
            clock += resolution == 1 && runs == 1 ? 0.09 : 0.02 * resolution;
            return Math.Pow(10, -resolution);
        });

        var costs = SolverCosts.Measure(problem, () => clock).Costs;

        // 0.09 s for the first run, which warms up, then 0.02; 2 s and ten times that for the next.
        Assert.Equal([1, 100], costs.Select(cost => cost.Resolution));
        Assert.Equal(0.02, costs[0].Seconds, 9);
        Assert.Equal(0.1, costs[0].Error, 9);
        Assert.Equal(3, runs);
    }

    [Fact]
    public void A_resolution_that_is_not_stable_is_left_out() =>
        Assert.Equal([100], SolverCosts.Measure(Problem(resolution => resolution == 1 ? double.NaN : 0), () => 0).Costs.Select(cost => cost.Resolution).Take(1));

    [Fact]
    public void The_mean_of_an_output_that_is_free_of_it_is_no_error()
    {
        var problem = PinnCatalog.Problem(MethodLevels.Of(Diffusion.Entry.Method)) with { FreeOfMean = [0] };
        var exact = problem.ExactOnTestGrid();
        var grid = problem.TestGrid();

        // Another constant at each time.
        double[] shifted = [.. exact.Select((value, i) => value + (3 * grid[(2 * i) + 1]))];
        Assert.InRange(SolverCosts.RelativeError(problem, exact, shifted), 0, 1e-12);
        Assert.InRange(SolverCosts.RelativeError(problem with { FreeOfMean = [] }, exact, shifted), 1, 10);
    }

    [Fact]
    public void What_was_measured_is_kept_for_the_problem_and_its_solver_alone()
    {
        var solver = new ClassicalSolver("differences", [1, 2], _ => []);
        var cache = new SolverCostCache(_folder["cache"]);
        var costs = new SolverCosts("m", [new(1, 0.1, 1e-3), new(2, 0.025, 3e-3)]);

        Assert.Null(cache.Kept("wave", solver));
        cache.Keep("wave", solver, costs);

        Assert.Equal(costs.Costs, cache.Kept("wave", solver)!.Costs);
        Assert.Equal(costs.Costs, cache.Keep("wave", solver, new SolverCosts("m", [])).Costs);
        Assert.Null(cache.Kept("heat", solver));
        Assert.Null(cache.Kept("wave", solver with { Resolutions = [1, 2, 4] }));
        File.WriteAllText(Directory.EnumerateFiles(_folder["cache"]).Single(), "{");
        Assert.Null(cache.Kept("wave", solver));
    }

    /// <summary>u* = e⁻ᵗ sin πx with a solver that is off by so much, relatively.</summary>
    private static Problem Problem(Func<int, double> error)
    {
        var problem = PinnCatalog.Problem(MethodLevels.Of(Diffusion.Entry.Method));
        var exact = problem.ExactOnTestGrid();
        return problem with { Solver = new("made", [1, 100, 1000], resolution => error(resolution) is var off ? [.. exact.Select(value => value * (1 + off))] : []) };
    }
}
