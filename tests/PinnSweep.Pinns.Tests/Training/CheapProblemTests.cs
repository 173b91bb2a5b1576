using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Training;

/// <summary>
/// Problems that any method should solve, each to one per cent within a minute on one core. They take minutes and watch the clock, so they
/// run only when asked for: <c>tests/run --slow Pinns</c>.
/// </summary>
public sealed class CheapProblemTests
{
    private const double Seconds = 60;

    public static TheoryData<string> Levels =>
    [
        "diffusion",
        "poisson-2d",
        "{kind: convection, beta: 1}",
        "{kind: reaction, rho: 1}",
        "{kind: helmholtz, a1: 1, a2: 1}",
        "{kind: klein-gordon, form: quadratic}",
    ];

    [Theory(Explicit = true)]
    [MemberData(nameof(Levels))]
    public void A_cheap_problem_is_solved_to_one_per_cent_within_a_minute(string level)
    {
        Level Read(Factor factor, string text) => LevelText.Parse(factor, text, PinnCatalog.Instance, "test");
        var weighted = level.Contains("convection", StringComparison.Ordinal) || level.Contains("reaction", StringComparison.Ordinal) ? "initial" : "boundary";

        // Over ten units of time Adam needs more than the minute; a quasi-Newton method does not.
        var isLong = level.Contains("klein-gordon", StringComparison.Ordinal);
        var small = Trials.Small();
        using var training = Trials.Begin(small with
        {
            Budget = Budget.OfSeconds(Seconds),
            EvaluateEvery = 200,
            Levels = small.Levels with
            {
                Problem = Read(Factor.Problem, level),
                Network = Read(Factor.Network, "{kind: mlp, hidden: [30, 30, 30]}"),
                Balancer = Read(Factor.Balancer, isLong ? "{kind: static, weights: {boundary: 10, initial: 10, initial-velocity: 10}}" : $"{{kind: static, weights: {{{weighted}: 10}}}}"),
                Sampler = Read(Factor.Sampler, "{kind: uniform, interior: 500, boundary: 100, initial: 100}"),
                Optimizer = Read(Factor.Optimizer, isLong ? "ssbroyden" : "{kind: adam, lr: 3e-3, decay: {rate: 0.9, every: 1000}}"),
                Precision = isLong ? Precision.Float64 : Precision.Float32,
            },
        });

        do
        {
            training.Advance();
        }
        while (!training.IsFinished && training.Outcome != Outcome.Converged);

        Assert.True(training.Outcome == Outcome.Converged, $"{training.Curve[^1].RelativeL2:e2} after {training.Step} steps and {training.Seconds:f0} s");
    }
}
