using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Time;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Balancers;

/// <summary>What every balancer must do, one row a catalog entry (more rows where parameters choose other code).</summary>
public sealed class BalancerConformanceTests
{
    private const int Steps = 12;

    /// <summary>
    /// Kinds with the parameters that make them act within a dozen steps, and what a common factor on all losses does
    /// where these parameters change it from what the entry declares.
    /// </summary>
    public static TheoryData<string, string, ScaleBehaviour> ScaleRows { get; } = MakeRows(
        ("augmented-lagrangian", "", null),
        ("augmented-lagrangian", "granularity=point", null),
        ("brdr", "", null),
        ("brdr", "residuals=previous beta_w=0.5", null),
        ("brdr", "adaptive_scale=false beta_w=0.5", ScaleBehaviour.Invariant),
        ("brdr-plus", "", null),
        ("cagrad", "", null),
        ("cagrad", "c=0.2 rescale=0", null),
        ("config", "", null),
        ("db-pinn", "interval=2", null),
        ("db-pinn", "interval=1 statistic=std", null),
        ("db-pinn", "interval=1 statistic=kurtosis", null),
        ("db-pinn", "interval=1 statistic=std rule=earlier blocks=weights", null),
        ("dcgd", "", null),
        ("dcgd", "variant=projection", null),
        ("dcgd", "variant=average", null),
        ("dwa", "", null),
        ("dwpinn", "", null),
        ("dwpinn", "variant=official-code", null),
        ("geometric-loss", "", null),
        ("grad-norm-ratio", "interval=2", null),
        ("grad-norm-ratio", "interval=2 gradients=before", null),
        ("gradient-enhanced", "", null),
        ("gradnorm", "", null),
        ("gradnorm", "variant=softmax", null),
        ("gradnorm", "variant=softmax-unit layer=output", null),
        ("imtl-g", "", null),
        ("inverse-dirichlet", "interval=2", null),
        ("inverse-dirichlet", "interval=1 reference=largest", null),
        ("learning-rate-annealing", "interval=2", null),
        ("learning-rate-annealing", "interval=1 variant=official-code", null),
        ("learning-rate-annealing", "interval=1 variant=mean-ratio blocks=all", null),
        ("m-config", "", null),
        ("mgda", "", null),
        ("mgda", "normalization=loss+", null),
        ("multiadam", "", null),
        ("multiadam", "groups=terms", null),
        ("ntk", "interval=2", null),
        ("ntk", "interval=1 variant=mean keep_old=0.9 points=2", null),
        ("ntk", "interval=1 variant=sum-of-residuals", null),
        ("pcgrad", "", null),
        ("power-normalization", "", null),
        ("primal-dual", "interval=2 kp=0.1", null),
        ("primal-dual", "interval=2 kp=0.1 timing=earlier", null),
        ("random-weights", "", null),
        ("rba", "", null),
        ("rba", "residuals=previous start=normalized power=1", null),
        ("relobralo", "expected_rho=0.5 alpha=0.9", null),
        ("resnorm", "", null),
        ("self-adaptive", "", null),
        ("self-adaptive", "granularity=term mask=sigmoid", null),
        ("self-adaptive", "init=constant mask=linear", null),
        ("self-adaptive", "exponent=3", null),
        ("softadapt", "", null),
        ("softadapt", "form=normalized accuracy=4", ScaleBehaviour.Invariant),
        ("softadapt", "form=loss-weighted accuracy=2", null),
        ("static", "", null),
        ("uncertainty", "lr=0.01", null),
        ("uncertainty", "variant=deviation lr=0.01", null));

    /// <summary>Every row, alone and under causal weights from current and from previous residuals in turn.</summary>
    public static TheoryData<string, string, string> Rows { get; } =
    [
        .. ScaleRows.Select(row => row.Data).SelectMany((data, index) => new[] { "none", index % 2 == 0 ? "current" : "previous" }.Select(causal => (data.Item1, data.Item2, causal))),
    ];

    /// <summary>Balancers that read nothing that could be non-finite.</summary>
    private static readonly string[] Blind = ["gradient-enhanced", "power-normalization", "random-weights", "static"];

    [Fact]
    public void Every_implementation_is_in_the_catalog()
    {
        var implementations = typeof(IBalancer).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IBalancer)));

        var missing = implementations.Where(type => !(type.GetProperty("Entry")?.GetValue(null) switch
        {
            BalancerEntry entry => BalancerCatalog.All.Contains(entry),
            TimeEntry entry => TimeCatalog.All.Contains(entry),
            _ => false,
        }));

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_entry_has_a_conformance_row() =>
        Assert.Equal(BalancerCatalog.All.Select(entry => entry.Method.Kind), Rows.Select(row => row.Data.Item1).Distinct());

    [Fact]
    public void What_is_keyed_by_term_is_a_parameter() => Assert.All(
        BalancerCatalog.All.SelectMany(entry => entry.KeyedByTerm.Select(key => (entry, key))), pair => Assert.Contains(pair.key, pair.entry.Method.Parameters));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Weights_stay_finite_whatever_the_losses_and_what_was_kept_out_is_counted(string kind, string parameters, string causal) =>
        StayFinite(kind, parameters, causal, histories: 100);

    [Theory(Explicit = true)]
    [MemberData(nameof(Rows))]
    public void Weights_stay_finite_in_a_thousand_histories(string kind, string parameters, string causal) => StayFinite(kind, parameters, causal, histories: 1000);

    private static void StayFinite(string kind, string parameters, string causal, int histories)
    {
        var scene = new Scene();
        var nasty = new RandomStream(1, kind);
        for (var history = 0; history < histories; history++)
        {
            var balancer = Create(scene, kind, parameters, causal);
            for (var step = 0; step < Steps; step++)
            {
                scene.SquaredNorms = [.. scene.Terms.Select(term => Values(term.Points, () => Math.Abs(Nasty(nasty))))];
                scene.GradientSums = [.. scene.Terms.Select(_ => Values(Scene.ParameterCount, () => Nasty(nasty)))];
                NastyFrame(scene, nasty, step).Turn(balancer);

                AssertFinite(balancer, scene);
            }
        }

        Assert.Equal(!Blind.Contains(kind) || causal != "none", scene.Events.Counts.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Where_no_term_gradient_is_asked_for_the_direction_is_that_of_the_weights_and_these_keep_their_ratios(string kind, string parameters, string causal)
    {
        var scene = new Scene();
        var balancer = Create(scene, kind, parameters, causal);
        for (var step = 0; step < Steps; step++)
        {
            var frame = GentleFrame(scene, step, 1);
            var isSpared = !balancer.NeedsTermGradients(step);
            var before = balancer.TermWeights.ToArray();
            var direction = frame.Turn(balancer);
            if (!isSpared)
            {
                continue;
            }

            var after = frame.WeightsAtUpdate.ToArray();
            var expected = new double[Scene.ParameterCount];
            Flat.WeightedSum(after, frame.Gradients, expected);

            Assert.Equal(expected, direction, Near);
            Assert.Equal(before.Select(weight => weight * after[0]), after.Select(weight => weight * before[0]), Near);
        }
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-12 * Math.Max(Math.Abs(a), Math.Abs(b));

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_restored_balancer_continues_bit_for_bit(string kind, string parameters, string causal)
    {
        var scene = new Scene();
        var uninterrupted = Create(scene, kind, parameters, causal);
        var first = Create(scene, kind, parameters, causal);
        var restored = Create(scene, kind, parameters, causal);
        var frames = Enumerable.Range(0, Steps).Select(step => GentleFrame(scene, step, 1)).ToList();
        foreach (var frame in frames[..(Steps / 2)])
        {
            frame.Turn(uninterrupted);
            frame.Turn(first);
        }

        using var state = new MemoryStream();
        using (var writer = new StateWriter(state))
        {
            first.State(writer);
        }

        state.Position = 0;
        using (var reader = new StateReader(state))
        {
            restored.State(reader);
        }

        Assert.Equal(state.Length, state.Position);
        AssertSame(uninterrupted, restored, scene);
        foreach (var frame in frames[(Steps / 2)..])
        {
            Assert.Equal(frame.Turn(uninterrupted), frame.Turn(restored));
            AssertSame(uninterrupted, restored, scene);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_same_seed_gives_the_same_weights(string kind, string parameters, string causal)
    {
        var scene = new Scene();
        var one = Create(scene, kind, parameters, causal);
        var other = Create(scene, kind, parameters, causal);
        for (var step = 0; step < Steps; step++)
        {
            var frame = GentleFrame(scene, step, 1);

            Assert.Equal(frame.Turn(one), frame.Turn(other));
            AssertSame(one, other, scene);
        }
    }

    [Theory]
    [MemberData(nameof(ScaleRows))]
    public void A_common_factor_on_all_losses_does_what_the_entry_declares(string kind, string parameters, ScaleBehaviour scale)
    {
        var scene = new Scene();
        var plain = Create(scene, kind, parameters);
        var scaled = Create(scene, kind, parameters);
        for (var step = 0; step < Steps; step++)
        {
            Probe(scene, step, 1);
            GentleFrame(scene, step, 1).Turn(plain);
            Probe(scene, step, 16);
            GentleFrame(scene, step, 16).Turn(scaled);
        }

        var difference = AllWeights(plain, scene).Zip(AllWeights(scaled, scene), (a, b) => Math.Abs(a - b) / Math.Max(Math.Abs(a), 1e-12)).Max();
        if (scale == ScaleBehaviour.Invariant)
        {
            Assert.True(difference < 1e-5, $"weights differ by {difference:R}");
        }
        else
        {
            Assert.True(difference > 1e-4, $"declared dependent, but weights differ by {difference:R} only");
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_step_allocates_nothing(string kind, string parameters, string causal)
    {
        var scene = new Scene();
        var balancer = Create(scene, kind, parameters, causal);
        var frames = Enumerable.Range(0, 60).Select(step => GentleFrame(scene, step, 1)).ToArray();
        var direction = new double[Scene.ParameterCount];
        for (var step = 0; step < 40; step++)
        {
            frames[step].Turn(balancer, direction);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 40; step < 60; step++)
        {
            frames[step].Turn(balancer, direction);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static IBalancer Create(Scene scene, string kind, string parameters, string causal = "none") => causal == "none"
        ? BalancerCatalog.Create(scene.Context(), Level(kind, parameters))
        : scene.CreateCausal(context => BalancerCatalog.Create(context, Level(kind, parameters)), ("chunks", 2), ("epsilon", new[] { 0.5, 1 }), ("advance_above", 0.1), ("residuals", causal));

    internal static Level Level(string kind, string parameters) => MethodLevels.Of(BalancerCatalog.Find(kind).Method, [.. parameters
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .Select(pair => (pair[0], double.TryParse(pair[1], out var number) ? number : bool.TryParse(pair[1], out var flag) ? (object)flag : pair[1]))]);

    private static TheoryData<string, string, ScaleBehaviour> MakeRows(params (string Kind, string Parameters, ScaleBehaviour? Scale)[] rows)
    {
        var data = new TheoryData<string, string, ScaleBehaviour>();
        foreach (var (kind, parameters, scale) in rows)
        {
            data.Add(kind, parameters, scale ?? BalancerCatalog.Find(kind).Scale);
        }

        return data;
    }

    private static double Nasty(RandomStream stream) => stream.NextInt(12) switch
    {
        0 or 1 => 0,
        2 => 1e30,
        3 => 1e-30,
        4 => stream.NextInt(8) == 0 ? double.NaN : 1,
        5 => stream.NextInt(8) == 0 ? double.PositiveInfinity : 1e-12,
        6 => -1e30,
        7 => stream.NextInt(8) == 0 ? 1e300 : 2,
        _ => stream.NextGaussian(),
    };

    private static Frame NastyFrame(Scene scene, RandomStream stream, int step)
    {
        // Whole gradients of one size beside mixed ones, or no term would ever vanish or dominate.
        var gradients = new List<double>();
        foreach (var _ in scene.Terms)
        {
            var mixed = stream.NextInt(4) == 0;
            var scale = Nasty(stream);
            gradients.AddRange(Values(Scene.ParameterCount, () => mixed ? Nasty(stream) : scale * stream.NextGaussian()));
        }

        var losses = Values(scene.Terms.Length, () => Math.Abs(Nasty(stream)));
        return new() { Step = step, Losses = losses, Gradients = [.. gradients], Residuals = Values(scene.PointCount, () => Nasty(stream)) };
    }

    /// <summary>Ordinary values, a function of the step alone, with losses and gradients times a factor.</summary>
    private static Frame GentleFrame(Scene scene, int step, double factor)
    {
        var stream = new RandomStream(step, "frame");
        var residuals = Values(scene.PointCount, () => Math.Sqrt(factor) * (0.5 + stream.NextDouble()));
        var gradients = Values(scene.Terms.Length * Scene.ParameterCount, () => factor * stream.NextGaussian());
        var losses = new double[scene.Terms.Length];
        var begin = 0;
        for (var k = 0; k < losses.Length; begin += scene.Terms[k++].Points)
        {
            losses[k] = residuals.AsSpan(begin, scene.Terms[k].Points).ToArray().Average(r => r * r) * (k + 1) / (1 + (step * (k + 1) * 0.1));
        }

        return new() { Step = step, Losses = losses, Gradients = gradients, Residuals = residuals };
    }

    private static void Probe(Scene scene, int step, double factor)
    {
        var stream = new RandomStream(step, "probe");
        scene.SquaredNorms = [.. scene.Terms.Select((term, k) => Values(term.Points, () => factor * (k + 1) * (0.5 + stream.NextDouble())))];
        scene.GradientSums = [.. scene.Terms.Select(_ => Values(Scene.ParameterCount, () => Math.Sqrt(factor) * stream.NextGaussian()))];
    }

    private static double[] Values(int count, Func<double> next) => [.. Enumerable.Range(0, count).Select(_ => next())];

    private static List<double> AllWeights(IBalancer balancer, Scene scene)
    {
        var weights = new List<double>(balancer.TermWeights.ToArray());
        for (var k = 0; k < scene.Terms.Length; k++)
        {
            weights.AddRange(balancer.PointWeights(k));
        }

        return weights;
    }

    private static void AssertFinite(IBalancer balancer, Scene scene) => Assert.All(AllWeights(balancer, scene), weight => Assert.True(double.IsFinite(weight)));

    private static void AssertSame(IBalancer a, IBalancer b, Scene scene) => Assert.Equal(AllWeights(a, scene), AllWeights(b, scene));
}
