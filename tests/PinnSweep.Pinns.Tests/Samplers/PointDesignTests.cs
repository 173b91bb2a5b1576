using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Samplers;
using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Sequences;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Pinns.Tests.Samplers;

/// <summary>Point sets against published lists, and the evenness that each promises.</summary>
public sealed class PointDesignTests
{
    /// <summary>The sample on the authors' page for <c>./sobol 10 3 new-joe-kuo-6.21201</c> (web.maths.unsw.edu.au/~fkuo/sobol).</summary>
    private static readonly double[][] JoeKuo =
    [
        [0, 0, 0], [0.5, 0.5, 0.5], [0.75, 0.25, 0.25], [0.25, 0.75, 0.75], [0.375, 0.375, 0.625],
        [0.875, 0.875, 0.125], [0.625, 0.125, 0.875], [0.125, 0.625, 0.375], [0.1875, 0.3125, 0.9375], [0.6875, 0.8125, 0.4375],
    ];

    [Fact]
    public void Sobol_points_are_those_that_joe_and_kuo_publish()
    {
        var points = Enumerable.Range(0, 10).Select(i => Enumerable.Range(0, 3).Select(d => SobolSequence.Bits(i, d) * SobolSequence.Unit).ToArray());

        Assert.Equal(JoeKuo, points);
    }

    [Fact]
    public void Unscrambled_sobol_points_leave_out_the_corner_and_in_three_directions_the_midpoint()
    {
        Assert.Equal(JoeKuo[1..9].SelectMany(point => point[..2]), Fill(new SobolSampler.Design(Scrambling.None), 8, 2));
        Assert.Equal(JoeKuo[2..10].SelectMany(point => point), Fill(new SobolSampler.Design(Scrambling.None), 8, 3));
    }

    [Fact]
    public void Halton_points_are_the_radical_inverses_from_one_on()
    {
        // Halton 1960; the first eight in the bases 2 and 3.
        double[] expected = [1 / 2.0, 1 / 3.0, 1 / 4.0, 2 / 3.0, 3 / 4.0, 1 / 9.0, 1 / 8.0, 4 / 9.0, 5 / 8.0, 7 / 9.0, 3 / 8.0, 2 / 9.0, 7 / 8.0, 5 / 9.0, 1 / 16.0, 8 / 9.0];

        var points = Fill(new HaltonSampler.Design(Shift: false), 8, 2);

        Assert.Equal(expected, points, (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void Hammersley_points_are_fractions_beside_radical_inverses()
    {
        double[] expected = [0.25, 1 / 2.0, 1 / 3.0, 0.5, 1 / 4.0, 2 / 3.0, 0.75, 3 / 4.0, 1 / 9.0, 0, 1 / 8.0, 4 / 9.0];

        var points = Fill(new HammersleySampler.Design(Shift: false), 4, 3);

        Assert.Equal(expected, points, (a, b) => Math.Abs(a - b) < 1e-15);
    }

    /// <summary>
    /// The radical inverses of 4, 5, 6 in the bases 2 and 3: what scikit-optimize gives where its skip is negative, the largest base being
    /// 3.
    /// </summary>
    [Fact]
    public void Halton_points_can_leave_out_the_first_indices() => Assert.Equal(
        [1 / 8.0, 4 / 9.0, 5 / 8.0, 7 / 9.0, 3 / 8.0, 2 / 9.0],
        Fill(new HaltonSampler.Design(Shift: false, Skip: 3), 3, 2),
        (a, b) => Math.Abs(a - b) < 1e-15);

    /// <summary>The inverses of 3, 4, 5, 6 in base 2 beside 1/5 … 4/5.</summary>
    [Fact]
    public void Hammersley_points_can_have_the_regular_coordinate_last() => Assert.Equal(
        [3 / 4.0, 1 / 5.0, 1 / 8.0, 2 / 5.0, 5 / 8.0, 3 / 5.0, 3 / 8.0, 4 / 5.0],
        Fill(new HammersleySampler.Design(Shift: false, Skip: 2, RegularFirst: false), 4, 2),
        (a, b) => Math.Abs(a - b) < 1e-15);

    [Fact]
    public void Sobol_points_can_leave_out_any_number() =>
        Assert.Equal(JoeKuo[2..10].SelectMany(point => point[..2]), Fill(new SobolSampler.Design(Scrambling.None, 2), 8, 2));

    [Fact]
    public void A_centred_hypercube_lies_in_the_middle_of_its_cells()
    {
        var points = Fill(new LatinHypercubeSampler.Design(centred: true), 10, 2);

        foreach (var d in new[] { 0, 1 })
        {
            Assert.Equal(Enumerable.Range(0, 10).Select(i => (i + 0.5) / 10), points.Chunk(2).Select(point => point[d]).Order(), (a, b) => Math.Abs(a - b) < 1e-15);
        }
    }

    /// <summary>
    /// The first of the candidates is the hypercube without candidates, so the best of a thousand is never worse, and nearly always far
    /// better.
    /// </summary>
    [Fact]
    public void The_best_of_many_hypercubes_has_its_closest_points_farther_apart()
    {
        var one = Closest(Fill(new LatinHypercubeSampler.Design(centred: true), 30, 2));
        var best = Closest(Fill(new LatinHypercubeSampler.Design(centred: true, candidates: 1000), 30, 2));

        Assert.True(best > 1.5 * one, $"{best} after {one}");

        static double Closest(double[] points)
        {
            var all = points.Chunk(2).ToArray();
            return all.SelectMany((a, i) => all[..i].Select(b => Math.Sqrt(((a[0] - b[0]) * (a[0] - b[0])) + ((a[1] - b[1]) * (a[1] - b[1]))))).Min();
        }
    }

    [Theory]
    [InlineData("{kind: lhs, interior: 30, candidates: 10000}", null)]
    [InlineData("{kind: lhs, interior: 10000000}", null)]
    [InlineData("{kind: lhs, interior: 1000000, candidates: 2}", "2 candidates of 1,000,000 points have 1e12 distances; at most 2e10 are compared: take fewer candidates, or 1")]
    public void A_hypercube_that_no_training_would_wait_for_is_not_applicable(string sampler, string? reason)
    {
        var study = StudyFile.Parse(
            $$"""
            study: s
            factors: {problem: [diffusion], network: [mlp], balancer: [static], sampler: [uniform, {{sampler}}], optimizer: [adam]}
            budget: {steps: 1}
            """,
            "s.yaml",
            PinnCatalog.Instance);

        Assert.Equal(reason, Planner.Plan(study, PinnCatalog.Instance).NotApplicable.SingleOrDefault()?.Reason);
    }

    [Fact]
    public void A_grid_is_equispaced_and_leaves_its_edges_out()
    {
        var design = new GridSampler.Design();

        var points = Fill(design, design.Count(7, 2), 2);

        Assert.Equal([0.25, 1 / 3.0, 0.25, 2 / 3.0, 0.5, 1 / 3.0, 0.5, 2 / 3.0, 0.75, 1 / 3.0, 0.75, 2 / 3.0], points, (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([30, 1000, 992], new[] { design.Count(30, 2), design.Count(1000, 3), design.Count(1000, 2) });
    }

    [Theory]
    [InlineData(nameof(Scrambling.Owen))]
    [InlineData(nameof(Scrambling.Shift))]
    public void Scrambling_keeps_every_cell_of_the_net_filled_alike(string scramble)
    {
        for (var draw = 0; draw < 5; draw++)
        {
            var points = Fill(new SobolSampler.Design(Enum.Parse<Scrambling>(scramble)), 256, 2, draw);

            // In two directions these numbers give a net of quality 0: 256 points, each elementary cell of area 1/256 has one.
            for (var bits = 0; bits <= 8; bits++)
            {
                var (across, down) = (1 << bits, 1 << (8 - bits));
                var cells = points.Chunk(2).Select(point => ((int)(point[0] * across), (int)(point[1] * down)));
                Assert.Equal(256, cells.Distinct().Count());
            }
        }
    }

    [Fact]
    public void Scrambled_points_are_uniform_over_the_seeds()
    {
        var counts = new int[16];
        for (var seed = 1; seed <= 3200; seed++)
        {
            var unit = new double[2 * 8];
            new SobolSampler.Design(Scrambling.Owen).Fill(unit, 2, new(seed, "interior"), 0);
            counts[((int)(unit[6] * 4) * 4) + (int)(unit[7] * 4)]++;
        }

        // 15 degrees of freedom: a value above 37.7 has a chance of one in a thousand.
        Assert.InRange(counts.Sum(count => Math.Pow(count - 200, 2) / 200), 1, 37.7);
    }

    [Theory]
    [InlineData(nameof(PointDesign.Uniform), 25, 110)]
    [InlineData(nameof(PointDesign.Lhs), 15, 110)]
    [InlineData(nameof(PointDesign.Grid), 0, 15)]
    [InlineData(nameof(PointDesign.Sobol), 0, 0)]
    [InlineData(nameof(PointDesign.Halton), 0, 15)]
    [InlineData(nameof(PointDesign.Hammersley), 0, 15)]
    public void Points_fill_the_cells_of_a_cube_as_evenly_as_their_kind_promises(string design, double least, double most)
    {
        var points = Fill(PointDesigns.Of(Enum.Parse<PointDesign>(design)), 1024, 2);
        var counts = new int[64];
        foreach (var point in points.Chunk(2))
        {
            counts[((int)(point[0] * 8) * 8) + (int)(point[1] * 8)]++;
        }

        // 63 degrees of freedom for independent points: 25 and 110 leave out one in ten thousand on each side.
        Assert.InRange(counts.Sum(count => Math.Pow(count - 16, 2) / 16), least, most);
    }

    [Fact]
    public void A_latin_hypercube_has_one_point_in_every_cell_of_every_direction()
    {
        var points = Fill(new LatinHypercubeSampler.Design(), 50, 3).Chunk(3).ToList();

        for (var d = 0; d < 3; d++)
        {
            Assert.Equal(Enumerable.Range(0, 50), points.Select(point => (int)(point[d] * 50)).Order());
        }
    }

    [Fact]
    public void Low_discrepancy_points_lie_on_the_sides_too()
    {
        var problem = Diffusion.Entry.Create(MethodLevels.Of(Diffusion.Entry.Method));
        var sampler = SamplerConformanceTests.Create("sobol", """{"boundary": 64, "initial": 32}""", problem);

        var initial = sampler.Points(2).ToArray().Chunk(2).Select(point => (int)((point[0] + 1) / 2 * 32));
        var boundary = sampler.Points(1).ToArray().Chunk(2).ToList();

        Assert.Equal(Enumerable.Range(0, 32), initial.Order());
        Assert.Equal(Enumerable.Range(0, 32), boundary.Where(point => point[0] == -1).Select(point => (int)(point[1] * 32)).Order());
        Assert.Equal(Enumerable.Range(0, 32), boundary.Where(point => point[0] == 1).Select(point => (int)(point[1] * 32)).Order());
    }

    private static double[] Fill(IPointDesign design, int count, int dimensions, int draw = 0)
    {
        var unit = new double[count * dimensions];
        design.Fill(unit, dimensions, new(3, "interior"), draw);
        return unit;
    }
}
