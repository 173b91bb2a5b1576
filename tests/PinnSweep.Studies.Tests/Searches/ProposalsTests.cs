using System.Collections.Immutable;
using System.Diagnostics;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Searches;

public class ProposalsTests(ITestOutputHelper output)
{
    public static TheoryData<DesignKind> All => [.. DesignWords.All];

    private static SpacePoint First { get; } =
        new([new SpecValue.Number(0.001), new SpecValue.Text("tanh"), null, new SpecValue.Number(4)]);

    /// <summary>Six dimensions.</summary>
    private static SearchSpace Six { get; } = new([
        .. SomeSpaces.Mixed.Dimensions,
        new("x", new DimensionScale.Linear(0, 1)),
        new("n", new DimensionScale.Integer(1, 100_000)),
    ]);

    [Theory]
    [MemberData(nameof(All))]
    public void A_search_spends_its_purse_on_different_points_and_begins_with_the_first(DesignKind design)
    {
        var search = Search(SomeSpaces.Mixed, new(design, 50, 3, 4, First));

        Assert.Equal(First, search[0]);
        Assert.All(search, point => SomeSpaces.AssertInside(SomeSpaces.Mixed, point));
        Assert.Equal(search.Length, search.Distinct().Count());
        Assert.True(
            design switch { DesignKind.External => search.Length == 1, DesignKind.Grid => search.Length is > 25 and <= 50, _ => search.Length == 50 },
            $"{search.Length} proposals");
        Assert.Equal(search, Search(SomeSpaces.Mixed, new(design, 50, 3, 4, First)));
    }

    [Theory]
    [InlineData(DesignKind.Random)]
    [InlineData(DesignKind.Sobol)]
    [InlineData(DesignKind.Halton)]
    [InlineData(DesignKind.Tpe)]
    [InlineData(DesignKind.External)]
    public void A_larger_purse_begins_with_the_same_proposals(DesignKind design)
    {
        foreach (var first in new[] { First, null })
        {
            var large = Search(SomeSpaces.Mixed, new(design, 40, 3, 4, first));

            Assert.All(
                [1, 5, 10, 20, 21],
                purse => Assert.Equal(large.Take(purse), Search(SomeSpaces.Mixed, new(design, purse, 3, 4, first))));
        }
    }

    [Fact]
    public void A_generation_is_the_same_for_whatever_came_later_and_leaves_its_arguments()
    {
        var plan = new SearchPlan(DesignKind.Tpe, 40, 3, 4, First);
        var history = Search(SomeSpaces.Mixed, plan).Select(point => new Observation(point, Score(point))).ToList();
        var before = history.ToArray();

        for (var generation = 0; Proposals.FirstOf(plan, generation) < plan.Trials; generation++)
        {
            var from = Proposals.FirstOf(plan, generation);
            var proposals = Proposals.Propose(SomeSpaces.Mixed, plan, history, generation);
            Assert.Equal(proposals, Proposals.Propose(SomeSpaces.Mixed, plan, history[..from], generation));
            Assert.Equal(before.Skip(from).Take(proposals.Length).Select(seen => seen.Point), proposals);
        }

        Assert.Equal(before, history);
    }

    [Fact]
    public void Numbers_of_generations()
    {
        var plan = new SearchPlan(DesignKind.Tpe, 20, 3, 4, null);

        Assert.Equal([0, 10, 14, 18, 20, 20], Enumerable.Range(0, 6).Select(generation => Proposals.FirstOf(plan, generation)));
        var other = plan with { Design = DesignKind.Lhs, Generation = 0 };
        Assert.Equal([0, 20], Enumerable.Range(0, 2).Select(generation => Proposals.FirstOf(other, generation)));
        Assert.Empty(Proposals.Propose(SomeSpaces.Plane, plan with { Trials = 0 }, [], 0));
    }

    [Fact]
    public void A_score_and_a_seed_matter()
    {
        var plan = new SearchPlan(DesignKind.Tpe, 40, 3, 4, null);
        var start = Proposals.Propose(SomeSpaces.Mixed, plan, [], 0);

        ImmutableArray<SpacePoint> After(int best, long seed)
        {
            Observation[] history = [.. start.Select((point, i) => new Observation(point, i == best ? 0 : 1))];
            return Proposals.Propose(SomeSpaces.Mixed, plan with { Seed = seed }, history, 1);
        }

        Assert.NotEqual(After(2, 3), After(7, 3));
        Assert.NotEqual(After(2, 3), After(2, 4));
        Assert.Equal(After(2, 3), After(2, 3));
        Assert.NotEqual(start, Proposals.Propose(SomeSpaces.Mixed, plan with { Seed = 4 }, [], 0));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_small_space_ends_a_search_early(DesignKind design)
    {
        // The first proposal lies outside the space, as a default may.
        var outside = new SpacePoint([new SpecValue.Text("a"), new SpecValue.Number(77), null, null]);

        var search = Search(SomeSpaces.Finite, new(design, 60, 3, 4, outside));

        Assert.Equal(outside, search[0]);
        Assert.Equal(design == DesignKind.External ? 1 : 13, search.Distinct().Count());
        Assert.Equal(search.Length, search.Distinct().Count());
    }

    [Fact]
    public void A_search_of_nothing_has_one_proposal()
    {
        var nothing = new SearchSpace([]);

        Assert.Single(Search(nothing, new(DesignKind.Tpe, 20, 3, 4, new([]))));
        Assert.Single(Search(nothing, new(DesignKind.Tpe, 20, 3, 4, null)));
    }

    [Fact]
    public void Only_failures_are_no_reason_to_end()
    {
        var plan = new SearchPlan(DesignKind.Tpe, 20, 3, 4, First);
        var start = Proposals.Propose(SomeSpaces.Mixed, plan, [], 0);

        Observation[] failures = [.. start.Select(point => new Observation(point, double.PositiveInfinity))];
        Assert.Equal(4, Proposals.Propose(SomeSpaces.Mixed, plan, failures, 1).Length);
    }

    /// <summary>A search that was begun with one version goes on with the next.</summary>
    [Fact]
    public void Proposals_are_those_of_every_version()
    {
        var search = Search(SomeSpaces.Mixed, new(DesignKind.Tpe, 18, 3, 4, First));

        const string Frozen = """
            [0.001, "tanh", –, 4]
            [0.0106238, "tanh", –, 4]
            [0.000106238, "sin", 15.0057, 8]
            [1.06238E-05, "sin", 22.2557, 2]
            [0.00106238, "gelu", –, 6]
            [0.00335954, "tanh", –, 7]
            [3.35954E-05, "gelu", –, 3]
            [0.000335954, "tanh", –, 9]
            [0.0335954, "sin", 18.6307, 5]
            [0.059742, "sin", 2.31821, 3]
            [0.0933346, "sin", 29.0734, 5]
            [0.0230951, "sin", 12.5888, 6]
            [0.00441161, "gelu", –, 7]
            [0.0176562, "sin", 6.86348, 5]
            [0.0577729, "sin", 29.9718, 5]
            [0.0894644, "sin", 26.3751, 4]
            [0.00645655, "sin", 21.2024, 7]
            [0.0294396, "sin", 20.3662, 5]
            """;
        Assert.Equal(Frozen, string.Join('\n', search.Select(point => point.ToString())));
    }

    [Fact]
    public void A_generation_spreads()
    {
        // Ten dimensions are one more than sobol's start-up needs no fallback for, eleven need it.
        foreach (var space in new[] { SomeSpaces.Cube(10), SomeSpaces.Cube(11), new([new("n", new DimensionScale.Integer(1, 1000))]) })
        {
            var search = Search(space, new(DesignKind.Tpe, 60, 1, 16, null));

            Assert.Equal(60, search.Distinct().Count());
        }
    }

    [Fact]
    public void A_gap_in_the_history_is_a_defect()
    {
        var plan = new SearchPlan(DesignKind.Tpe, 40, 3, 4, First);

        Assert.Throws<ArgumentException>(() => Proposals.Propose(SomeSpaces.Mixed, plan, [new(First, 1)], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proposals.Propose(SomeSpaces.Mixed, plan with { Generation = 0 }, [], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proposals.Propose(SomeSpaces.Mixed, plan, [], -1));
    }

    [Fact]
    public void Designs_that_do_not_fit_say_so()
    {
        Assert.Throws<UserMistakeException>(() => Proposals.Propose(SomeSpaces.Mixed, new(DesignKind.Grid, 10, 3, 4, First), [], 0));
        Assert.Throws<UserMistakeException>(() => Proposals.Propose(SomeSpaces.Cube(11), new(DesignKind.Sobol, 10, 3, 4, null), [], 0));
    }

    [Fact]
    public void A_proposal_tells_those_after_it_in_its_generation()
    {
        // Two values, both tried as often: the second proposal of a generation is not where the first one is.
        var space = new SearchSpace([new("kind", SomeSpaces.Choice("a", "b")), new("x", new DimensionScale.Linear(0, 1))]);
        var history = Enumerable.Range(0, 20).Select(i => new Observation(space.At([i % 2 * 0.5, i / 20.0]), i < 2 ? 0 : 1)).ToArray();
        var known = Tpe.Learn(space, [.. history]);
        var (a, b) = (new SpecValue.Text("a"), new SpecValue.Text("b"));
        var before = known[0].Ratio(a);

        known[0].AddBad(a);

        Assert.Equal(before, Tpe.Learn(space, [.. history])[0].Ratio(b), 1e-12);
        Assert.True(known[0].Ratio(a) < before, "a is less wanted");
        Assert.True(known[0].Ratio(b) > known[0].Ratio(a), "b is wanted more");
    }

    /// <summary>Prints how long designs of 10,000 points take.</summary>
    [Fact]
    public void Large_designs_are_made_at_once()
    {
        var finite = new SearchSpace([new("n", new DimensionScale.Integer(1, 100)), new("m", new DimensionScale.Integer(1, 100))]);
        foreach (var kind in DesignWords.All.Except([DesignKind.Tpe, DesignKind.External]))
        {
            var clock = Stopwatch.StartNew();
            Assert.InRange(SpaceDesign.Points(Six, kind, 10_000, 1).Length, kind == DesignKind.Grid ? 1000 : 10_000, 10_000);
            output.WriteLine($"{kind.ToWord()}: {clock.ElapsedMilliseconds} ms");
            clock.Restart();
            Assert.Equal(10_000, SpaceDesign.Points(finite, kind, 10_000, 1).Length);
            output.WriteLine($"{kind.ToWord()}, all of a finite space: {clock.ElapsedMilliseconds} ms");
        }
    }

    [Fact]
    public void A_long_history_of_a_nearly_used_up_space_is_no_hindrance()
    {
        var space = new SearchSpace([.. Enumerable.Range(0, 3).Select(i => new Dimension($"n{i}", new DimensionScale.Integer(1, 22)))]);
        var points = SpaceDesign.Points(space, DesignKind.Random, 10_640, 1);
        Observation[] history = [.. points.Select((point, i) => new Observation(point, i * 7919 % 10_007))];
        var clock = Stopwatch.StartNew();

        var proposals = Tpe.Propose(space, [.. history], 16, new(1, "test"));

        output.WriteLine($"the last {proposals.Length} of 10,648: {clock.ElapsedMilliseconds} ms");
        Assert.Equal(8, proposals.Except(points).Count());
    }

    /// <summary>Prints how long a generation takes after 10,000 proposals of six dimensions, ranges and whole numbers.</summary>
    [Fact]
    public void A_long_history_is_no_hindrance()
    {
        var plan = new SearchPlan(DesignKind.Tpe, 20_000, 1, 4, null);
        var clock = Stopwatch.StartNew();
        var points = SpaceDesign.Points(Six, DesignKind.Sobol, Proposals.FirstOf(plan, 2499), 1);
        output.WriteLine($"{points.Length} points of sobol: {clock.ElapsedMilliseconds} ms");
        Observation[] history = [.. points.Select((point, i) => new Observation(point, i * 7919 % 10_007))];

        foreach (var size in new[] { 4, 4, 16 })
        {
            clock.Restart();
            var proposals = Tpe.Propose(Six, [.. history], size, new(1, "test"));
            output.WriteLine($"{size} proposals after {history.Length}: {clock.ElapsedMilliseconds} ms");
            Assert.Equal(size, proposals.Except(points).Count());
        }
    }

    /// <summary>All proposals of a search whose scores are <see cref="Score"/>.</summary>
    private static ImmutableArray<SpacePoint> Search(SearchSpace space, SearchPlan plan)
    {
        var history = new List<Observation>();
        for (var generation = 0; Proposals.Propose(space, plan, history, generation) is { Length: > 0 } proposals; generation++)
        {
            history.AddRange(proposals.Select(point => new Observation(point, Score(point))));
        }

        return [.. history.Select(seen => seen.Point)];
    }

    private static double Score(SpacePoint point)
    {
        var sum = point.Values.OfType<SpecValue.Number>().Sum(number => Math.Sin(number.Value));
        return sum > 0.8 ? double.PositiveInfinity : sum;
    }
}
