using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Problems.Yardsticks;
using PinnSweep.Studies.Values;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Planning;

public sealed class YardsticksTests : IDisposable
{
    private static readonly Level Poisson = Level.Of("poisson-2d");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_solver_is_timed_once_a_machine_and_said()
    {
        var (cache, problem) = (new SolverCostCache(_folder["cache"]), PinnCatalog.Problem(Poisson));
        using var said = new StringWriter();

        var first = Yardsticks.Measured(said, cache).Of(Poisson, problem)!;
        var again = Yardsticks.Measured(said, cache).Of(Poisson, problem)!;

        Assert.Equal("poisson-2d: timing the classical solver (five-point differences of order 2, solved by sine transforms (intervals along a side)), some seconds, once a machine", said.ToString().TrimEnd());
        Assert.Equal(first.Points, again.Points);
        Assert.Equal(Environment.MachineName, first.Machine);
        Assert.True(first.Points.Length > 1);
        Assert.All(first.Points.Zip(first.Points.Skip(1)), pair => Assert.True(pair.Item2.Error < pair.Item1.Error));
        Assert.All(first.Points, point => Assert.InRange(point.Seconds, 1e-9, 10));
    }

    [Fact]
    public void Nothing_is_timed_where_nobody_asks_or_no_solver_is_known()
    {
        using var said = new StringWriter();

        Assert.Null(Yardsticks.None.Of(Poisson, PinnCatalog.Problem(Poisson)));
        Assert.Null(Yardsticks.Measured(said, new(_folder["cache"])).Of(Poisson, PinnCatalog.Problem(Poisson) with { Solver = null }));
        Assert.Equal("", said.ToString());
    }
}
