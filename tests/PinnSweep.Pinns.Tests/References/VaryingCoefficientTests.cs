using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Pinns.Tests.Problems;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Pinns.Tests.References;

/// <summary>PINNacle's cases with coefficients that vary: solutions put into the residuals that networks train, and what published forms are.</summary>
public sealed class VaryingCoefficientTests
{
    [Theory]
    [InlineData("divergence")]
    [InlineData("published")]
    public void The_heat_solution_satisfies_the_equation_that_networks_train(string form)
    {
        const double Between = 0.004;
        var problem = ProblemTests.Create("heat-2d-varying", ("form", form));

        Assert.InRange(WorstResidual(problem, 0.31, 0.004, Between, (positions, times) => Heat2DVarying.Solution(form == "divergence", 8, positions, times)), 0, 2e-4);
    }

    [Fact]
    public void The_wave_solution_satisfies_the_equation_that_networks_train()
    {
        var problem = ProblemTests.Create("wave-2d-varying");

        Assert.InRange(WorstResidual(problem, 0.15, 0.02, 0.01, (positions, times) => Wave2DVarying.Solution(isMirrored: true, 12, positions, times)), 0, 2e-3);
    }

    [Theory]
    [InlineData("divergence", 1.7)]
    [InlineData("divergence", 5.9)]
    [InlineData("published", 3.3)]
    public void The_solution_on_blocks_satisfies_the_equation_that_networks_train(string form, double place)
    {
        var isDivergence = form == "divergence";
        var problem = ProblemTests.Create("poisson-2d-blocks", ("form", form));
        var (logarithm, source) = Poisson2DBlocks.Coefficients(isDivergence ? 0.4 : 0);

        Assert.InRange(WorstResidual(problem, place, 0.02, 0, (positions, _) => Poisson2DBlocks.Solution(logarithm, source, isDivergence, 0.4, 10, positions)), 0, 2e-2);
    }

    [Fact]
    public void A_network_that_solves_the_published_heat_equation_is_far_from_heat_flow()
    {
        ImmutableArray<double> positions = ReferenceGrid.Spaced(0, 1, 20), times = ReferenceGrid.Spaced(0, 2, 10);

        Assert.InRange(ReferenceGrid.Distance(Heat2DVarying.Solution(true, 4, positions, times), Heat2DVarying.Solution(false, 4, positions, times)), 0.7, 0.9);
    }

    [Fact]
    public void A_network_that_solves_the_published_blocks_is_further_from_heat_flow_than_zero_is()
    {
        var (logarithm, source) = Poisson2DBlocks.Coefficients(0);
        var positions = ReferenceGrid.Spaced(-10, 10, 50);
        double[] Solve(bool isDivergence) => Poisson2DBlocks.Solution(logarithm, source, isDivergence, 0.4, 6, positions);

        Assert.InRange(ReferenceGrid.Distance(Solve(true), Solve(false)), 3, 5);
    }

    [Theory]
    [InlineData("heat-2d-varying", 2)]
    [InlineData("wave-2d-varying", 4)]
    [InlineData("poisson-2d-blocks", 3)]
    public void The_classical_solver_gives_the_test_grid_at_any_resolution(string kind, int resolution)
    {
        var problem = ProblemTests.Create(kind);

        var values = problem.Solver!.Solve(resolution);

        Assert.Equal(problem.TestGrid().Length / problem.Dimension, values.Length);
        Assert.InRange(ReferenceGrid.Distance(problem.ExactOnTestGrid(), values), problem.FloorLimit, 0.5);
    }

    /// <summary>The largest residual around one place, over the term's scale: derivatives by differences of order four.</summary>
    private static double WorstResidual(Problem problem, double place, double apart, double between, Func<ImmutableArray<double>, ImmutableArray<double>, double[]> solve)
    {
        const int Moments = 60;
        double[][] weights = [[0, 0, 1, 0, 0], [1.0 / 12, -2.0 / 3, 0, 2.0 / 3, -1.0 / 12], [-1.0 / 12, 4.0 / 3, -2.5, 4.0 / 3, -1.0 / 12]];
        var (count, shift) = (9, 4);
        ImmutableArray<double> positions = [.. Enumerable.Range(0, count).Select(i => place + (apart * (i - shift)))];
        ImmutableArray<double> times = [.. Enumerable.Range(0, between > 0 ? Moments + 1 : 1).Select(i => between * i)];
        var values = solve(positions, times);
        var (formula, worst) = (new PointFormula(problem.Terms[0].Residual), 0.0);
        var moment = between > 0 ? Moments - 2 : 0;
        for (var i = 2; i < count - 2; i++)
        {
            for (var j = 2; j < count - 2; j++)
            {
                double Derivative(Expr leaf)
                {
                    var orders = ((Expr.Derivative)leaf).Orders;
                    var (sum, last) = (0.0, orders.Length > 2 ? orders[2] : 0);
                    for (var a = -2; a <= 2; a++)
                    {
                        for (var b = -2; b <= 2; b++)
                        {
                            for (var c = -2; c <= 2; c++)
                            {
                                var weight = weights[orders[0]][a + 2] * weights[orders[1]][b + 2] * weights[last][c + 2];
                                sum += weight == 0 ? 0 : weight * values[((((i + a) * count) + j + b) * times.Length) + moment + (last == 0 ? 0 : c)];
                            }
                        }
                    }

                    return sum / Math.Pow(apart, orders[0] + orders[1]) / (last == 0 ? 1 : Math.Pow(between, last));
                }

                double[] point = problem.Dimension == 3 ? [positions[i], positions[j], times[moment]] : [positions[i], positions[j]];
                worst = Math.Max(worst, Math.Abs(formula.At(point, Derivative)!.Value) / problem.Terms[0].Scale);
            }
        }

        return worst;
    }
}
