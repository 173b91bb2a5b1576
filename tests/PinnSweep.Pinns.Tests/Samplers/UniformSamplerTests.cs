using PinnSweep.Methods.Samplers;
using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Samplers;

public sealed class UniformSamplerTests
{
    private static readonly Problem Grouped = Helmholtz.Entry.Create(MethodLevels.Of(Helmholtz.Entry.Method));
    private static readonly Problem PerEdge = Helmholtz.Entry.Create(MethodLevels.Of(Helmholtz.Entry.Method, ("boundary", "per-edge")));

    private static readonly IResidualProbe None = new SamplerConformanceTests.Bump(0);

    [Fact]
    public void Points_lie_in_the_box_and_on_their_edges()
    {
        var sampler = Create(Grouped, 1);

        Assert.Equal(2 * 100, sampler.Points(0).Length);
        Assert.All(sampler.Points(0).ToArray(), x => Assert.InRange(x, -1, 1));
        Assert.Equal(2 * 40, sampler.Points(1).Length);
        Assert.All(sampler.Points(1).ToArray().Chunk(2), point => Assert.Contains(1, point.Select(Math.Abs)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_points_and_another_seed_others()
    {
        Assert.Equal(Create(Grouped, 1).Points(0), Create(Grouped, 1).Points(0));
        Assert.NotEqual(Create(Grouped, 1).Points(0).ToArray(), Create(Grouped, 2).Points(0).ToArray());
    }

    [Fact]
    public void Grouping_edges_into_one_term_does_not_move_their_points()
    {
        var separate = Create(PerEdge, 3);
        var together = Create(Grouped, 3).Points(1).ToArray();

        Assert.Equal([.. separate.Points(1), .. separate.Points(2), .. separate.Points(3), .. separate.Points(4)], together);
    }

    [Fact]
    public void Points_are_shared_out_by_the_measure_of_the_sides()
    {
        var problem = new Problem([new("x", 0, 3), new("y", 0, 1)], ["u"], [], (_, _) => { });

        Assert.Equal([3, 3, 7, 7], PointCounts.Share(problem, Box.SidesOf(0, 1), 20));
    }

    [Fact]
    public void MoveTo_draws_new_points_every_n_steps()
    {
        var sampler = Create(Grouped, 1, every: 10);
        var first = sampler.Points(0).ToArray();

        Assert.False(sampler.MoveTo(9, None));
        Assert.True(sampler.MoveTo(10, None));
        Assert.Empty(first.Intersect(sampler.Points(0).ToArray()));
        Assert.True(sampler.MoveTo(0, None));
        Assert.Equal(first, sampler.Points(0).ToArray());
    }

    [Fact]
    public void MoveTo_without_resampling_changes_nothing() => Assert.False(Create(Grouped, 1).MoveTo(1_000_000, None));

    [Fact]
    public void Load_restores_the_points()
    {
        var sampler = Create(Grouped, 1, every: 5);
        sampler.MoveTo(37, None);
        using var stream = new MemoryStream();
        using (var writer = new StateWriter(stream))
        {
            sampler.State(writer);
        }

        stream.Position = 0;
        var other = Create(Grouped, 1, every: 5);
        using var reader = new StateReader(stream);
        other.State(reader);

        Assert.Equal(sampler.Points(1), other.Points(1));
        Assert.False(other.MoveTo(39, None));
    }

    [Fact]
    public void WhyNotApplicable_names_a_set_with_too_few_points()
    {
        var level = MethodLevels.Of(UniformSampler.Entry.Method, ("boundary", 3));

        Assert.Equal("3 boundary points leave one of 4 sides without any", UniformSampler.Entry.WhyNotApplicable(level, Grouped));
    }

    private static ISampler Create(Problem problem, long seed, double? every = null) => UniformSampler.Entry.Create(
        MethodLevels.Of(
            UniformSampler.Entry.Method,
            ("interior", 100),
            ("boundary", 40),
            ("resample_every", every is { } steps ? steps : (object)SpecValue.None.Value)),
        problem,
        seed);
}
