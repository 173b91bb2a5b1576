using PinnSweep.Methods.Catalogs;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Time;

/// <summary>
/// What the literature reports of convection with β = 30 (Krishnapriyan et al. 2021, arXiv:2109.01050, table 1: relative error 0.9 as it
/// is, 0.02 with a curriculum in β), on one core in some minutes: <c>tests/run --slow Pinns</c>.
/// </summary>
public sealed class HardConvectionTests
{
    private const string Ladder = "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29";

    [Theory(Explicit = true)]
    [InlineData("none", 12000, 0.8, 2)]
    [InlineData("{kind: windows, count: 10}", 12000, 0, 0.03)]
    [InlineData($"{{kind: curriculum, parameter: beta, values: [{Ladder}]}}", 24000, 0, 0.12)]
    public void A_network_fails_at_once_and_learns_in_stages(string time, int steps, double least, double most)
    {
        Level Read(Factor factor, string text) => LevelText.Parse(factor, text, PinnCatalog.Instance, "test");
        var small = Trials.Small(steps);
        using var training = Trials.Begin(small with
        {
            EvaluateEvery = 1000,
            Levels = small.Levels with
            {
                Problem = Read(Factor.Problem, "convection"),
                Network = Read(Factor.Network, "{kind: mlp, hidden: [50, 50, 50, 50]}"),
                Sampler = Read(Factor.Sampler, "{kind: uniform, interior: 1000, initial: 200}"),
                Optimizer = Read(Factor.Optimizer, "lbfgs"),
                Time = Read(Factor.Time, time),
                Precision = Precision.Float64,
            },
        });

        training.RunToEnd();

        Assert.InRange(training.Curve[^1].RelativeL2, least, most);
    }
}
