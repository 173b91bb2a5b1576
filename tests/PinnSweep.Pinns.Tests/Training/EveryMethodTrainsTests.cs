using System.Globalization;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Trials;
using PinnSweep.Training;

namespace PinnSweep.Pinns.Tests.Training;

/// <summary>
/// Every method trains: 200 steps on a small problem halve the sum of the unweighted losses, at least. A method that only keeps its
/// promises of form, while it climbs or leaves a term alone, does not.
/// </summary>
public sealed class EveryMethodTrainsTests
{
    private const int Steps = 200;
    private const double Most = 0.5;

    /// <summary>Levels that stand in for bare kinds, which do not show it in 200 steps, and why.</summary>
    private static readonly (Factor Factor, string Level, string Because)[] Adapted =
    [
        (Factor.Sampler, "{kind: causal-r3, interior: 60, boundary: 20, initial: 15, gamma: 1}", "its gate opens over thousands of steps, and before that only early moments are learned"),
        (Factor.Sampler, "{kind: vpinn, interior: 64, boundary: 20, initial: 15, nodes: 4, tests: 3}", "by default an element has more nodes than that"),
        (Factor.Time, "{kind: causal, epsilon: [0.01]}", "late moments wait for early ones, for thousands of steps at the default ε"),
        (Factor.Time, "{kind: curriculum, parameter: beta, values: [1, 2]}", "it has no default ladder"),
        (Factor.Optimizer, "{kind: adam-lbfgs, adam_steps: 100}", "the default leaves L-BFGS no step"),
        (Factor.Optimizer, "{kind: muon, lr: 1e-2}", "its default learning rate is for long trainings"),
        (Factor.Optimizer, "{kind: phases, phases: [{kind: adam, steps: 100}, {kind: ssbroyden}]}", "it has no default phases"),
        (Factor.Optimizer, "{kind: soap, lr: 1e-2}", "its default learning rate is for long trainings"),
        (Factor.Network, "{kind: adaptive-activation, hidden: [10, 10]}", Fast),
        (Factor.Network, "{kind: chebyshev-kan, hidden: [6, 6]}", Fast),
        (Factor.Network, "{kind: fbpinn, hidden: [8], subdomains: 2}", Fast),
        (Factor.Network, "{kind: fourier-features, hidden: [10, 10], features: 12}", Fast),
        (Factor.Network, "{kind: mlp, hidden: [10, 10]}", Fast),
        (Factor.Network, "{kind: modified-mlp, width: 10, depth: 3}", Fast),
        (Factor.Network, "{kind: periodic, hidden: [10, 10], harmonics: 3}", Fast),
        (Factor.Network, "{kind: piratenet, width: 10, blocks: 2}", Fast),
        (Factor.Network, "{kind: resnet, width: 10, blocks: 2}", Fast),
        (Factor.Network, "{kind: siren, hidden: [10, 10], omega: 4, first_omega: 6}", Fast),
    ];

    private const string Fast = "a small one trains in a tenth of a second";

    /// <summary>Balancers that get less far in 200 steps: what may be left of the losses, and why.</summary>
    private static readonly (string Kind, string Parameters, double Most, string Because)[] Slower =
    [
        ("augmented-lagrangian", "granularity=point", 0.7, "its multipliers pull the conditions first: they fall to a hundredth while the equation loses its first third"),
    ];

    public static TheoryData<string, string> Balancers { get; } = [.. BalancerConformanceTests.ScaleRows.Select(row => (row.Data.Item1, row.Data.Item2))];

    public static TheoryData<Factor, string> Others { get; } =
    [
        .. from factor in new[] { Factor.Sampler, Factor.Optimizer, Factor.Network, Factor.Time }
           from entry in PinnCatalog.Instance.Of(factor)
           select (factor, entry.Kind),
    ];

    [Theory]
    [MemberData(nameof(Balancers))]
    public void A_balancer_halves_the_unweighted_losses(string kind, string parameters) =>
        AssertTrains(
            Trials.Begin(Short(Trials.Small(balancer: BalancerConformanceTests.Level(kind, parameters), learningRate: 1e-2))),
            Slower.FirstOrDefault(row => row.Kind == kind && row.Parameters == parameters) is { Because: not null } slower ? slower.Most : Most);

    [Theory]
    [MemberData(nameof(Others))]
    public void A_method_halves_the_unweighted_losses(Factor factor, string kind)
    {
        var small = Trials.Small(learningRate: factor == Factor.Network ? 2e-3 : 1e-2);
        var level = LevelText.Parse(factor, LevelOf(factor, kind), PinnCatalog.Instance, "test");
        var levels = factor switch
        {
            Factor.Sampler => small.Levels with { Sampler = level },
            Factor.Optimizer => small.Levels with { Optimizer = level },
            Factor.Network => small.Levels with { Network = level },
            _ => small.Levels with { Time = level, Problem = kind == "curriculum" ? MethodLevels.Of(Convection.Entry.Method, ("beta", 3.0)) : small.Levels.Problem },
        };

        AssertTrains(Trials.Begin(Short(small with { Levels = levels })));
    }

    [Fact]
    public void Whatever_is_adapted_is_in_the_catalog_and_says_why() =>
        Assert.All(Adapted, row => Assert.True(PinnCatalog.Instance.Find(row.Factor, KindOf(row.Level)) is not null && row.Because.Length > 10));

    /// <summary>
    /// The check finds what the other conformance tests let pass: weights −1/L climb; a weight of 0 leaves the equation alone.
    /// </summary>
    [Theory]
    [InlineData("ascent")]
    [InlineData("blind to the equation")]
    [InlineData("nothing at all")]
    public void A_balancer_that_does_not_train_fails(string kind)
    {
        var trial = PinnTrials.Assemble(Short(Trials.Small(learningRate: 1e-2)), "auto");
        using var training = new TrainingLoop(trial with { Balancer = new Untrained(kind) }, TimeProvider.System);

        Assert.False(Trains(training, Slower.Max(row => row.Most), out _));
    }

    private static void AssertTrains(TrainingLoop training, double most = Most)
    {
        using (training)
        {
            Assert.True(Trains(training, most, out var told), told);
        }
    }

    private static bool Trains(TrainingLoop training, double most, out string told)
    {
        training.RunToEnd();
        var (first, last) = (training.Curve[0].Losses, training.Curve[^1].Losses);
        told = string.Create(CultureInfo.InvariantCulture, $"{training.Outcome}: losses from {first.Sum():g3} to {last.Sum():g3}, by term {string.Join(", ", first.Zip(last, (a, b) => $"{a:g2} → {b:g2}"))}");
        return training.Outcome != Outcome.Diverged && last.Sum() < most * first.Sum();
    }

    private static TrialDescription Short(TrialDescription description) => description with { Budget = Budget.OfSteps(Steps), EvaluateEvery = Steps };

    internal static string LevelOf(Factor factor, string kind)
    {
        if (Adapted.FirstOrDefault(row => row.Factor == factor && KindOf(row.Level) == kind).Level is { } adapted)
        {
            return adapted;
        }

        var rounds = PinnCatalog.Instance.Find(factor, kind)!.Parameters.Any(parameter => parameter.Name == "candidates" && factor == Factor.Sampler && kind != "lhs") ? ", every: 50, candidates: 1000" : "";
        return factor == Factor.Sampler ? $"{{kind: {kind}, interior: 60, boundary: 20, initial: 15{rounds}}}" : kind;
    }

    private static string KindOf(string level) => level.Split("kind: ")[1].Split(',', '}')[0];

    /// <summary>Finite weights, the same for the same losses, with nothing to save: all that form asks for.</summary>
    private sealed class Untrained(string kind) : IBalancer
    {
        private readonly double[] _weights = [1, 1, 1];

        public ReadOnlySpan<double> TermWeights => _weights;

        public double Update(in StepObservation observation)
        {
            for (var k = 0; k < _weights.Length; k++)
            {
                _weights[k] = kind switch
                {
                    "ascent" => -1 / observation.Losses[k],
                    "blind to the equation" => k == 0 ? 0 : 1,
                    _ => 0,
                };
            }

            return 1;
        }

        public void State(StateArchive archive) => archive.Vector("weights", _weights);
    }
}
