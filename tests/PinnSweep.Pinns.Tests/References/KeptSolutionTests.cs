using PinnSweep.Methods.Catalogs;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;

namespace PinnSweep.Pinns.Tests.References;

/// <summary>Solutions whose values on the test grid are kept among the references.</summary>
public sealed class KeptSolutionTests
{
    [Theory]
    [InlineData("burgers")]
    [InlineData("burgers-inverse")]
    public void What_is_kept_is_what_the_solution_says_to_the_last_bit(string kind)
    {
        var problem = Named(kind);
        var grid = problem.TestGrid();

        var kept = problem.ExactOnTestGrid();

        Assert.NotNull(problem.KeptAs);
        Assert.Equal(grid.Length / 2, kept.Length);
        var value = new double[1];
        for (var i = 0; i < kept.Length; i += 37)
        {
            problem.Exact(grid.AsSpan(2 * i, 2), value);
            Assert.Equal(BitConverter.DoubleToInt64Bits(value[0]), BitConverter.DoubleToInt64Bits(kept[i]));
        }

        Assert.Equal(problem.MeasureFloor!(problem), problem.Floor());
    }

    [Fact]
    public void Another_viscosity_or_another_grid_is_another_entry()
    {
        var names = new[] { 0.01 / Math.PI, 0.01, 1e-3 }.Select(ColeHopf.Identity).ToList();

        Assert.Equal(3, names.Distinct(StringComparer.Ordinal).Count());

        var problem = Named("burgers");
        var coarse = problem with { TestPointsPerAxis = 5 };
        Assert.Equal(25, coarse.ExactOnTestGrid().Length);
        Assert.Equal(problem.ExactOnTestGrid()[^1], coarse.ExactOnTestGrid()[^1]);
    }

    [Theory]
    [InlineData(0.003, 0.2, 0.01 / Math.PI)]
    [InlineData(-0.7, 1, 0.01 / Math.PI)]
    [InlineData(0.999, 0.01, 1e-3)]
    [InlineData(0.3, 0.5, 1)]
    public void Leaving_out_what_has_no_weight_changes_no_bit(double x, double t, double viscosity)
    {
        Assert.Equal(BitConverter.DoubleToInt64Bits(AllOfIt(x, t, viscosity)), BitConverter.DoubleToInt64Bits(ColeHopf.Burgers(x, t, viscosity)));
    }

    private static Problem Named(string kind) => PinnCatalog.Problem(LevelText.Parse(Factor.Problem, kind, PinnCatalog.Instance, "test"));

    /// <summary>The two trapezoid sums as they are written.</summary>
    private static double AllOfIt(double x, double t, double viscosity)
    {
        const int Nodes = 1500;
        var spread = 2 * Math.Sqrt(viscosity * t);
        var reach = Math.Min(12 + (0.6 / Math.Sqrt(viscosity * t)), 40);
        double Node(int i) => -reach + (2 * reach * i / Nodes);
        double Exponent(double z) => (-Math.Cos(Math.PI * (x - (spread * z))) / (2 * Math.PI * viscosity)) - (z * z);
        var largest = Enumerable.Range(0, Nodes + 1).Max(i => Exponent(Node(i)));
        double numerator = 0, denominator = 0;
        for (var i = 0; i <= Nodes; i++)
        {
            var weight = Math.Exp(Exponent(Node(i)) - largest);
            numerator += Math.Sin(Math.PI * (x - (spread * Node(i)))) * weight;
            denominator += weight;
        }

        return -numerator / denominator;
    }
}
