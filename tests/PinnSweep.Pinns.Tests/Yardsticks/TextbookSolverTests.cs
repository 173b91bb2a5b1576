using PinnSweep.Methods.Catalogs;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.References;
using PinnSweep.Problems.Yardsticks;

namespace PinnSweep.Pinns.Tests.Yardsticks;

/// <summary>The solvers that reports time beside networks: each has the order that it says, against the solution of its problem.</summary>
public class TextbookSolverTests
{
    [Theory]
    [InlineData("wave", 100)]
    [InlineData("diffusion", 50)]
    [InlineData("convection", 800)]
    [InlineData("burgers", 1600)]
    [InlineData("poisson-2d", 50)]
    [InlineData("poisson-2d-multiscale", 100)]
    [InlineData("helmholtz", 100)]
    public void Twice_the_intervals_leave_a_quarter_of_the_error(string kind, int intervals)
    {
        var problem = PinnCatalog.Problem(MethodLevels.Of(ProblemCatalog.All.Single(entry => entry.Method.Kind == kind).Method));
        var exact = problem.ExactOnTestGrid();

        var (coarse, fine) = (Error(intervals), Error(2 * intervals));

        Assert.InRange(Math.Log2(coarse / fine), 1.8, 2.2);

        double Error(int n) => SolverCosts.RelativeError(problem, exact, problem.Solver!.Solve(n));
    }

    // The start e^(sin x)-like bump of the reaction is resolved by few modes, and time steps of order four do the rest.
    [Fact]
    public void Fourier_collocation_with_few_modes_nears_the_reference()
    {
        var evolution = new PeriodicEvolution(0, 2 * Math.PI, x => Math.Exp(Math.Cos(x)), k => -0.5 * k * k, u => u * (1 - u), null);
        var fine = evolution.Values(128, 16, 1, 8, 32);

        double[] errors = [.. new[] { 8, 16, 32 }.Select(modes => ReferenceGrid.Distance(fine, evolution.Values(modes, modes / 4, 1, 8, 32)))];

        Assert.True(errors[1] < errors[0] / 100 && errors[2] < errors[1], string.Join(", ", errors));
        Assert.InRange(ReferenceGrid.Distance(fine, [.. evolution.Solve(128, 16, 1, 8, 32).Values]), 0, 1e-9);
    }

    [Fact]
    public void A_continued_interval_is_shown_up_to_its_end()
    {
        var odd = new PeriodicEvolution(-1, 3, x => Math.Sin(Math.PI * (x + 1) / 2), k => -k * k, null, null) { ShownUpTo = 1, Offset = -1 };

        var values = odd.Values(16, 1, 0.1, 2, 8);

        for (var i = 0; i <= 8; i++)
        {
            var x = -1 + (0.25 * i);
            Assert.Equal((Math.Exp(-Math.PI * Math.PI / 4 * 0.1) * Math.Sin(Math.PI * (x + 1) / 2)) - 1, values[(i * 3) + 2], 9);
        }
    }

    [Fact]
    public void The_cavity_by_one_degree_alone_nears_a_higher_one()
    {
        System.Collections.Immutable.ImmutableArray<double> nodes = [.. Enumerable.Range(0, 9).Select(i => (i + 0.5) / 9)];
        double[] Flow(int degree) => CavityFlow.Values(100, x => 4 * x * (1 - x), degree, nodes);
        var fine = Flow(16);

        Assert.InRange(ReferenceGrid.Distance(fine, Flow(12), i => i % 3 < 2), 0, ReferenceGrid.Distance(fine, Flow(8), i => i % 3 < 2) / 2);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(4.3)]
    [InlineData(6.9)]
    [InlineData(7)]
    public void A_cubic_is_interpolated_exactly(double place) =>
        Assert.Equal(place * place * place, Cubic.At(i => (double)i * i * i, place, 7), 9);
}
