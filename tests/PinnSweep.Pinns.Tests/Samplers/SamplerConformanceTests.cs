using System.Text.Json;
using PinnSweep.Methods.Samplers;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Samplers;

/// <summary>What every sampler must do, one row a catalog entry (more rows where parameters choose other code).</summary>
public sealed class SamplerConformanceTests
{
    private const int Steps = 20;
    private const string Rounds = """ "every": 6, "begin": 3, "candidates": 600 """;

    private static readonly (string Kind, string Parameters)[] All =
    [
        ("causal-r3", """{"gamma": 0.3}"""),
        ("causal-r3", """{"gamma": 0.3, "gate_loss": false, "outside": "grid"}"""),
        ("grid", "{}"),
        ("grid", """{"layout": "cube"}"""),
        ("halton", "{}"),
        ("halton", """{"resample_every": 5}"""),
        ("hammersley", """{"resample_every": 5}"""),
        ("importance", $$"""{ {{Rounds}} }"""),
        ("importance", $$"""{ {{Rounds}}, "k": 2, "c": 0.5, "outside": "sobol" }"""),
        ("lhs", """{"resample_every": 5}"""),
        ("r3", """{"outside": "lhs"}"""),
        ("rad", $$"""{ {{Rounds}} }"""),
        ("rad", $$"""{ {{Rounds}}, "k": 2, "c": 0, "outside": "halton" }"""),
        ("rad", $$"""{ {{Rounds}}, "restart": "optimizer" }"""),
        ("rar-d", $$"""{ {{Rounds}}, "added": 7 }"""),
        ("rar-g", $$"""{ {{Rounds}}, "added": 30, "start": 0.4, "outside": "hammersley" }"""),
        ("residual-balanced", $$"""{ {{Rounds}} }"""),
        ("residual-balanced", $$"""{ {{Rounds}}, "potential": "exponential", "weights": false }"""),
        ("ropinn", """{"region": 0.01, "largest": 0.2, "past": 3}"""),
        ("ropinn", """{"region": 0.01, "samples": 2, "every": 4, "design": "grid"}"""),
        ("sobol", """{"resample_every": 5}"""),
        ("sobol", """{"scramble": "shift"}"""),
        ("sobol", """{"scramble": "none"}"""),
        ("uniform", "{}"),
        ("uniform", """{"resample_every": 5}"""),
        ("vpinn", """{"nodes": 4, "tests": 3}"""),
        ("vpinn", """{"nodes": 3, "tests": 2, "outside": "sobol"}"""),
    ];

    /// <summary>Sides of two kinds; three equations that share their points; edges as four terms.</summary>
    private static readonly (MethodEntry Method, (string, object)[] Parameters)[] Problems =
    [
        (Diffusion.Entry.Method, []),
        (Kovasznay.Entry.Method, []),
        (Helmholtz.Entry.Method, [("boundary", "per-edge")]),
    ];

    public static TheoryData<string, string> Rows { get; } = [.. All];

    [Fact]
    public void Every_entry_has_a_conformance_row() =>
        Assert.Equal(SamplerCatalog.All.Select(entry => entry.Method.Kind), All.Select(row => row.Kind).Distinct());

    [Theory]
    [MemberData(nameof(Rows))]
    public void Points_lie_in_the_domain_and_on_their_sides_all_the_time(string kind, string parameters)
    {
        foreach (var problem in Problems.Select(Make).Where(problem => WhyNot(kind, parameters, problem) is null))
        {
            var sampler = Create(kind, parameters, problem);
            for (var step = 0; step < Steps; step++)
            {
                Turn(sampler, problem, step);
                for (var k = 0; k < problem.Terms.Length; k++)
                {
                    Assert.NotEqual(0, sampler.Points(k).Length);
                    Assert.All(sampler.Points(k).ToArray().Chunk(problem.Dimension), point => Assert.True(IsPlaced(problem, problem.Terms[k], point)));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_same_seed_gives_the_same_points_and_another_seed_others(string kind, string parameters)
    {
        var problem = Make(Problems[0]);
        var (sampler, again, other) = (Create(kind, parameters, problem), Create(kind, parameters, problem), Create(kind, parameters, problem, seed: 2));

        for (var step = 0; step < Steps; step++)
        {
            foreach (var one in new[] { sampler, again, other })
            {
                Turn(one, problem, step);
            }
        }

        Assert.Equal(State(sampler, problem), State(again, problem));
        Assert.Equal(kind == "grid" || parameters.Contains("none", StringComparison.Ordinal), State(sampler, problem).SequenceEqual(State(other, problem)));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_told_about_fixed_points_is_what_happens(string kind, string parameters)
    {
        var problem = Make(Problems[0]);
        var sampler = Create(kind, parameters, problem);
        var fixedTerms = Enumerable.Range(0, problem.Terms.Length).Where(sampler.IsFixed).ToList();
        var first = fixedTerms.ConvertAll(k => sampler.Points(k).ToArray());
        var moved = false;
        for (var step = 0; step < Steps; step++)
        {
            var before = State(sampler, problem, weights: false);
            var told = Turn(sampler, problem, step);

            Assert.Equal(told, !before.SequenceEqual(State(sampler, problem, weights: false)));
            moved |= told;
        }

        Assert.Equal(first, fixedTerms.ConvertAll(k => sampler.Points(k).ToArray()));
        Assert.Equal(moved, fixedTerms.Count < problem.Terms.Length);
        Assert.Equal(moved, Entry(kind).Resamples(Level(kind, parameters)));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Weights_are_finite_and_one_for_each_point_or_none(string kind, string parameters)
    {
        var problem = Make(Problems[0]);
        var sampler = Create(kind, parameters, problem);
        for (var step = 0; step < Steps; step++)
        {
            Turn(sampler, problem, step);

            for (var k = 0; k < problem.Terms.Length; k++)
            {
                var weights = sampler.PointWeights(k).ToArray();
                Assert.Contains(weights.Length, new[] { 0, sampler.Points(k).Length / problem.Dimension });
                Assert.All(weights, weight => Assert.True((weight >= 0 || sampler.NeedsResidualsFirst) && double.IsFinite(weight)));
                Assert.True(weights.Length == 0 || sampler.NeedsResidualsFirst || !sampler.IsFixed(k));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_restored_sampler_continues_bit_for_bit(string kind, string parameters)
    {
        var problem = Make(Problems[0]);
        var sampler = Create(kind, parameters, problem);
        for (var step = 0; step < Steps; step++)
        {
            var restored = Restored(sampler, () => Create(kind, parameters, problem));
            Assert.Equal(State(sampler, problem), State(restored, problem));
            for (var later = step; later < Steps; later++)
            {
                Turn(restored, problem, later);
            }

            var whole = Restored(sampler, () => Create(kind, parameters, problem));
            Turn(sampler, problem, step);
            for (var later = step; later < Steps; later++)
            {
                Turn(whole, problem, later);
            }

            Assert.Equal(State(whole, problem), State(restored, problem));
        }

        var uninterrupted = Create(kind, parameters, problem);
        for (var step = 0; step < Steps; step++)
        {
            Turn(uninterrupted, problem, step);
        }

        Assert.Equal(State(uninterrupted, problem), State(sampler, problem));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_resumed_training_equals_an_uninterrupted_one_bit_for_bit(string kind, string parameters)
    {
        var small = Trials.Small(steps: 24);
        var description = small with { Levels = small.Levels with { Sampler = Level(kind, parameters) } };
        using var uninterrupted = Trials.Begin(description).RunToEnd();

        using var after = Trials.Resumed(description, 11).RunToEnd();

        Assert.Equal(uninterrupted.Digits(), after.Digits());
        Assert.Equal(uninterrupted.Theta.ToArray(), after.Theta.ToArray());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_set_with_too_few_points_is_refused(string kind, string parameters)
    {
        var problem = Make(Problems[2]);
        var level = Level(kind, parameters).With("boundary", new SpecValue.Number(3));

        var reason = Entry(kind).WhyNotApplicable(level, problem);

        Assert.Equal(kind == "causal-r3" ? "the gate moves along time, and this problem has none" : "3 boundary points leave one of 4 sides without any", reason);
    }

    internal static Level Level(string kind, string parameters)
    {
        using var json = JsonDocument.Parse(parameters);
        (string, object)[] counts = [("interior", 90), ("boundary", 41), ("initial", 15)];
        return MethodLevels.Of(
            Entry(kind).Method,
            [.. counts, .. ((SpecValue.Map)SpecValue.FromJson(json.RootElement)).Entries.Select(entry => (entry.Key, (object)entry.Value))]);
    }

    internal static ISampler Create(string kind, string parameters, Problem problem, long seed = 1) => Entry(kind).Create(Level(kind, parameters), problem, seed);

    internal static SamplerEntry Entry(string kind) => SamplerCatalog.All.Single(entry => entry.Method.Kind == kind);

    /// <summary>What a training does with a sampler in a step.</summary>
    private static bool Turn(ISampler sampler, Problem problem, int step)
    {
        var changed = sampler.MoveTo(step, new Bump(step));
        sampler.Observe(new BumpAtPoints(sampler, problem, step));
        sampler.ObserveDirection([Math.Sin(step), 1, -Math.Cos(3 * step)]);
        return changed;
    }

    private static string? WhyNot(string kind, string parameters, Problem problem) => Entry(kind).WhyNotApplicable(Level(kind, parameters), problem);

    private static Problem Make((MethodEntry Method, (string, object)[] Parameters) problem) =>
        ProblemCatalog.All.Single(entry => entry.Method == problem.Method).Create(MethodLevels.Of(problem.Method, problem.Parameters));

    private static bool IsPlaced(Problem problem, LossTerm term, double[] point)
    {
        bool IsOn(Face face) => point[face.Axis] == (face.Upper ? problem.Axes[face.Axis].Upper : problem.Axes[face.Axis].Lower);
        return point.Select((x, i) => x >= problem.Axes[i].Lower && x <= problem.Axes[i].Upper).All(inside => inside) && (term.Faces.IsEmpty || term.Faces.Any(IsOn));
    }

    private static double[] State(ISampler sampler, Problem problem, bool weights = true) =>
        [.. Enumerable.Range(0, problem.Terms.Length).SelectMany(k => sampler.Points(k).ToArray().Concat(weights ? sampler.PointWeights(k).ToArray() : []))];

    private static ISampler Restored(ISampler sampler, Func<ISampler> create)
    {
        using var stream = new MemoryStream();
        using (var writer = new StateWriter(stream))
        {
            sampler.State(writer);
        }

        stream.Position = 0;
        using var reader = new StateReader(stream);
        var restored = create();
        restored.State(reader);
        return restored;
    }

    /// <summary>A residual that moves with the steps as that of a training would.</summary>
    internal sealed class Bump(int step) : IResidualProbe
    {
        public void Magnitudes(ReadOnlySpan<double> points, Span<double> magnitudes)
        {
            var dimension = points.Length / magnitudes.Length;
            for (var i = 0; i < magnitudes.Length; i++)
            {
                magnitudes[i] = At(points.Slice(i * dimension, dimension), step);
            }
        }

        public static double At(ReadOnlySpan<double> point, int step) => Math.Exp(-Math.Pow((2 * point[0]) - Math.Sin(step), 2) - (0.3 * point[1]));
    }

    private sealed class BumpAtPoints(ISampler sampler, Problem problem, int step) : ITermResiduals
    {
        public ReadOnlySpan<double> Of(int term) => sampler.Points(term).ToArray().Chunk(problem.Dimension).Select(point => Bump.At(point, step)).ToArray();
    }
}
