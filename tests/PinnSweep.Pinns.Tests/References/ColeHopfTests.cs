using PinnSweep.Problems.References;

namespace PinnSweep.Pinns.Tests.References;

/// <summary>
/// Burgers' equation by other ways: Fourier collocation with ETDRK4 in time, which shares nothing with the integral; a table of another
/// program's values; the steepest slope that the literature prints.
/// </summary>
public sealed class ColeHopfTests
{
    private const double Viscosity = 0.01 / Math.PI;

    /// <summary>
    /// x, t and u to ten digits: trapezoid sums of Hopf's quotient of integrals over 28 widths of its kernel, 40,001 nodes, in Python with
    /// exact summation.
    /// </summary>
    public static TheoryData<double, double, double> Table => new()
    {
        { -0.875, 0.25, 0.2183960130 },
        { -0.5, 0.25, 0.8031984208 },
        { -0.25, 0.25, 0.9920815616 },
        { -0.0625, 0.25, 0.6176349498 },
        { -0.03125, 0.25, 0.3671336714 },
        { 0.03125, 0.25, -0.3671336714 },
        { 0.25, 0.25, -0.9920815616 },
        { 0.75, 0.25, -0.4305162642 },
        { -0.875, 0.5, 0.1521510423 },
        { -0.5, 0.5, 0.5927695344 },
        { -0.25, 0.5, 0.8473545245 },
        { -0.0625, 0.5, 0.9749976442 },
        { -0.03125, 0.5, 0.9828550460 },
        { 0.03125, 0.5, -0.9828550460 },
        { 0.25, 0.5, -0.8473545245 },
        { 0.75, 0.5, -0.3028427083 },
        { -0.875, 0.75, 0.1166779614 },
        { -0.5, 0.75, 0.4614132969 },
        { -0.25, 0.75, 0.6794667968 },
        { -0.0625, 0.75, 0.8287214877 },
        { -0.03125, 0.75, 0.8512086946 },
        { 0.03125, 0.75, -0.8512086946 },
        { 0.25, 0.75, -0.6794667968 },
        { 0.75, 0.75, -0.2328544676 },
        { -0.875, 0.99, 0.0953284940 },
        { -0.5, 0.99, 0.3789962898 },
        { -0.25, 0.99, 0.5632500986 },
        { -0.0625, 0.99, 0.6962458803 },
        { -0.03125, 0.99, 0.7167145164 },
        { 0.03125, 0.99, -0.7167145164 },
        { 0.25, 0.99, -0.5632500986 },
        { 0.75, 0.99, -0.1904341987 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void The_integral_gives_the_values_of_the_table(double x, double t, double u) => Assert.Equal(u, ColeHopf.Burgers(x, t, Viscosity), 1e-10);

    /// <summary>
    /// Basdevant et al., Comput. Fluids 14 (1986) 23, doi 10.1016/0045-7930(86)90036-8: max |∂u/∂x| = 152.00516 at x = 0, t = 1.6037/π.
    /// </summary>
    [Fact]
    public void The_steepest_slope_is_the_published_one()
    {
        const double H = 1e-6;

        Assert.Equal(-152.00516, (ColeHopf.Burgers(H, 1.6037 / Math.PI, Viscosity) - ColeHopf.Burgers(-H, 1.6037 / Math.PI, Viscosity)) / (2 * H), 5e-5);
    }

    [Fact]
    public void The_integral_agrees_with_a_spectral_solution_to_ten_digits()
    {
        // The front is some ν wide: 4,096 modes leave its tail at rounding.
        var evolution = new PeriodicEvolution(-1, 1, x => -Math.Sin(Math.PI * x), k => -Viscosity * k * k, null, u => -0.5 * u * u);
        var grid = evolution.Solve(modes: 4096, stepsPerOutput: 40, end: 1, outputs: 100, positions: 64);
        foreach (var moment in new[] { 25, 50, 75, 99 })
        {
            for (var i = 0; i <= 64; i += 3)
            {
                var (x, t) = (grid.Nodes[0][i], grid.Nodes[1][moment]);

                Assert.Equal(grid.Values[(i * 101) + moment], ColeHopf.Burgers(x, t, Viscosity), 1e-10);
            }
        }
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.001)]
    [InlineData(Viscosity)]
    public void More_nodes_change_nothing(double viscosity)
    {
        var points = new double[] { 0.5, 0.25, -0.1, 0.5, 0.01, 0.99, 0.003, 1, -0.9, 1e-3 };

        Assert.InRange(ColeHopf.Floor(points, 1, viscosity), 0, 1e-12);
    }

    [Fact]
    public void The_solution_is_odd_and_begins_as_a_sine()
    {
        Assert.Equal(-ColeHopf.Burgers(0.3, 0.6, Viscosity), ColeHopf.Burgers(-0.3, 0.6, Viscosity), 1e-13);
        Assert.Equal(-Math.Sin(Math.PI * 0.3), ColeHopf.Burgers(0.3, 0, Viscosity));
    }
}
