using System.Text.Json;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Time;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Training;
using PinnSweep.Training.Preparation;
using PinnSweep.Training.Results;

namespace PinnSweep.Pinns.Tests.Time;

/// <summary>What every way to treat time must do, one row a catalog entry (more rows where parameters choose other code).</summary>
public sealed class TimeConformanceTests
{
    private const int Steps = 40;
    private const string Causal = """{"kind": "causal", "chunks": 7, "epsilon": [0.001, 0.01], "advance_above": 0.99, "initial_factor": 0, "residuals": "current"}""";

    /// <summary>Each with the steps of forty at which its stages begin, and a problem that it serves.</summary>
    private static readonly (string Kind, string Parameters, string Problem, int[] Borders)[] All =
    [
        ("causal", """{"chunks": 7, "epsilon": [0.001, 0.01]}""", "diffusion", []),
        ("curriculum", """{"parameter": "beta", "values": [1, 3, 8]}""", "convection", [10, 20, 30]),
        ("curriculum", """{"parameter": "rho", "values": [1], "shares": [1, 3]}""", "reaction", [10]),
        ("curriculum", $$"""{"parameter": "beta", "values": [1, 3], "within": {{Causal}}}""", "convection", [13, 27]),
        ("none", "{}", "diffusion", []),
        ("windows", """{"count": 3}""", "diffusion", [13, 27]),
        ("windows", """{"count": 4, "start": "fresh"}""", "wave", [10, 20, 30]),
        ("windows", $$"""{"count": 2, "within": {{Causal}}}""", "reaction", [20]),
    ];

    public static TheoryData<string, string, string, int[]> Rows { get; } = [.. All];

    [Fact]
    public void Every_entry_has_a_conformance_row() =>
        Assert.Equal(TimeCatalog.All.Select(entry => entry.Method.Kind), All.Select(row => row.Kind).Distinct());

    [Theory]
    [MemberData(nameof(Rows))]
    public void Stages_begin_where_the_shares_of_the_budget_end_and_the_curve_has_their_ends(string kind, string parameters, string problem, int[] borders)
    {
        using var training = Trials.Begin(Describe(kind, parameters, problem));
        var begun = new List<int>();
        var stage = 0;
        while (!training.IsFinished)
        {
            training.Advance();
            if (training.Trial.StageNumber != stage)
            {
                stage = training.Trial.StageNumber;
                begun.Add(training.Step - 1);
            }
        }

        Assert.Equal(borders, begun);
        Assert.Equal(borders.Length, training.Trial.Events.Counts.Where(count => count.Key.StartsWith("time: next", StringComparison.Ordinal) && !count.Key.EndsWith("epsilon", StringComparison.Ordinal)).Sum(count => count.Value));
        Assert.Subset(training.Curve.Select(point => point.Step).ToHashSet(), borders.ToHashSet());
        Assert.All(training.Curve, point => Assert.True(double.IsFinite(point.RelativeL2) && point.Losses.All(double.IsFinite) && point.Metrics.Values.All(double.IsFinite)));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_resumed_training_equals_an_uninterrupted_one_bit_for_bit_inside_a_stage_and_at_its_borders(string kind, string parameters, string problem, int[] borders)
    {
        var description = Describe(kind, parameters, problem);
        using var uninterrupted = Trials.Begin(description).RunToEnd();

        foreach (var step in borders.Append(17).Append(33).Concat(borders.Select(border => border + 1)))
        {
            using var after = Trials.Resumed(description, step).RunToEnd();

            Assert.Equal(uninterrupted.Digits(), after.Digits());
            Assert.Equal(uninterrupted.Curve.Select(point => string.Join(' ', point.Metrics)), after.Curve.Select(point => string.Join(' ', point.Metrics)));
            Assert.Equal(uninterrupted.Theta.ToArray(), after.Theta.ToArray());
            Assert.Equal(uninterrupted.Trial.Events.Counts, after.Trial.Events.Counts);
            Assert.Equal(Field(uninterrupted), Field(after));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_same_seed_gives_the_same_digits_and_another_seed_others(string kind, string parameters, string problem, int[] borders)
    {
        using var first = Trials.Begin(Describe(kind, parameters, problem)).RunToEnd();
        using var second = Trials.Begin(Describe(kind, parameters, problem)).RunToEnd();
        using var other = Trials.Begin(Describe(kind, parameters, problem, seed: 2)).RunToEnd();

        Assert.Equal(first.Digits(), second.Digits());
        Assert.NotEqual(first.Digits(), other.Digits());
        Assert.Equal(borders.Length + 1, first.Trial.Stages.Length);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_way_begins_with_the_same_weights_and_numbers_for_points(string kind, string parameters, string problem, int[] borders)
    {
        using var training = Trials.Begin(Describe(kind, parameters, problem));
        using var plain = Trials.Begin(Describe("none", "{}", problem));

        Assert.Equal(plain.Theta.ToArray(), training.Theta.ToArray());
        Assert.Equal(InUnitCube(plain.Trial), InUnitCube(training.Trial), (one, two) => Math.Abs(one - two) < 1e-12);
        Assert.Equal(borders.Length, training.Trial.Stages.Count(stage => stage.Event is not null));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Budgets_of_seconds_are_divided_like_those_of_steps(string kind, string parameters, string problem, int[] borders)
    {
        // Every look at the clock is a second later, so a step takes one second.
        var description = Describe(kind, parameters, problem) with { Budget = Budget.OfSeconds(Steps) };
        using var training = Trials.Begin(description, clock: new Microsoft.Extensions.Time.Testing.FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) });

        training.RunToEnd();

        Assert.Equal(Steps, training.Step);
        Assert.Equal(borders.Length, training.Trial.StageNumber);
    }

    internal static Level Level(string kind, string parameters)
    {
        using var json = JsonDocument.Parse(parameters);
        return MethodLevels.Of(
            TimeCatalog.Find(kind).Method,
            [.. ((SpecValue.Map)SpecValue.FromJson(json.RootElement)).Entries.Select(entry => (entry.Key, (object)entry.Value))]);
    }

    internal static TrialDescription Describe(string kind, string parameters, string problem, long seed = 1) => Trials.Small(
        steps: Steps,
        balancer: MethodLevels.Of(BalancerCatalog.Find("relobralo").Method),
        resampleEvery: 6,
        problem: MethodLevels.Of(PinnCatalog.Instance.Find(Factor.Problem, problem)!),
        seed: seed,
        time: Level(kind, parameters));

    private static string? Field(TrainingLoop training) => training.Result(EvidenceOf.Trial(training.Trial, default, default)).Field?.Predicted;

    /// <summary>The interior points, every coordinate from 0 to 1.</summary>
    private static double[] InUnitCube(TrialAssembly trial)
    {
        var axes = trial.Problem.Axes;
        return [.. trial.Sampler.Points(0).ToArray().Select((value, i) => (value - axes[i % axes.Length].Lower) / axes[i % axes.Length].Extent)];
    }
}
