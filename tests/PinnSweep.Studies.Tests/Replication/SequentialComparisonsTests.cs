using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Replication;

namespace PinnSweep.Studies.Tests.Replication;

public class SequentialComparisonsTests
{
    private static readonly ReplicateSpec Spec = new([5, 10, 20], 0.05, SpendingFunction.OBrienFleming, 1.5);

    [Fact]
    public void Each_comparison_ends_as_its_differences_say()
    {
        var records = AtOnce(Spec, 1, Noisy(10, -2, 0.3), Noisy(10, 2, 0.3), Noisy(10, 0.01, 0.02), Noisy(10, 0.1, 0.5));

        Assert.Equal([Verdict.Better, Verdict.Worse, Verdict.Equivalent, Verdict.Open], records.Select(record => record.Verdict));
        Assert.All(records, record => Assert.Equal((1, 10), (record.Look, record.Pairs)));
        Assert.All(records, record => Assert.InRange(record.MeanLog10, record.Lower, record.Upper));
        Assert.True(records[0].Upper < 0 && records[1].Lower > 0);
    }

    [Fact]
    public void What_is_open_at_the_last_look_is_undecided() =>
        Assert.Equal(Verdict.Undecided, Assert.Single(AtOnce(Spec, 2, Noisy(20, 0.1, 0.5))).Verdict);

    [Fact]
    public void A_difference_within_the_factor_is_equivalent_however_certain_it_is()
    {
        var record = Assert.Single(AtOnce(Spec, 1, Noisy(10, -0.1, 0.005)));

        Assert.Equal(Verdict.Equivalent, record.Verdict);
        Assert.InRange(record.AdjustedP, 0, 0.001);
        Assert.Equal(Verdict.Better, Assert.Single(AtOnce(Spec with { Equivalence = 1 }, 1, Noisy(10, -0.1, 0.005))).Verdict);
    }

    [Fact]
    public void Alone_a_comparison_differs_where_its_interval_leaves_zero()
    {
        var spec = Spec with { Equivalence = 1 };
        var verdicts = new HashSet<Verdict>();
        for (var i = 0; i < 200; i++)
        {
            var differences = Noisy(10, -0.01 * i, 0.5);
            var record = Assert.Single(AtOnce(spec, 1, differences));
            verdicts.Add(record.Verdict);

            // Only where no earlier look had the smaller p.
            if (record.RepeatedP == GroupSequential.PAt(spec.Spending, spec.Looks, 1, PairedDifferences.Of(differences, 10).Z))
            {
                Assert.Equal(record.Upper < 0, record.Verdict == Verdict.Better);
            }
        }

        Assert.Equal([Verdict.Open, Verdict.Better], verdicts);
    }

    [Fact]
    public void Decided_ones_stay_as_they_are_and_keep_their_p_in_the_family()
    {
        double[] clear = Noisy(5, -3, 0.05);
        var first = AtOnce(Spec, 0, clear, Noisy(5, -0.3, 0.25));
        Assert.Equal([Verdict.Better, Verdict.Open], first.Select(record => record.Verdict));

        var second = SequentialComparisons.Decide(Spec, 1, [clear, Noisy(10, -0.3, 0.2)], [.. first]);

        Assert.Same(first[0], second[0]);
        Assert.Equal(second[1].RepeatedP, second[1].AdjustedP);
        Assert.Equal(Verdict.Better, second[1].Verdict);

        // Had the first one stayed open without evidence, the second would have to pass twice its p.
        Assert.Equal(2 * second[1].RepeatedP, AtOnce(Spec, 1, Noisy(10, 0.1, 0.5), Noisy(10, -0.3, 0.2))[1].AdjustedP, 1e-12);
    }

    [Fact]
    public void A_crossing_that_later_seeds_reverse_decides_nothing()
    {
        var spec = new ReplicateSpec([10, 20], 0.05, SpendingFunction.Pocock, 1.5);
        double[] reversed = [.. Noisy(10, -0.3, 0.31), .. Noisy(10, 0.5, 0.31)];
        var first = AtOnce(spec, 0, reversed[..10], Noisy(10, -0.1, 0.5));
        Assert.Equal(Verdict.Open, first[0].Verdict);

        var second = SequentialComparisons.Decide(spec, 1, [reversed, Noisy(20, -2, 0.1)], [.. first]);

        Assert.InRange(second[0].AdjustedP, 0.02, 0.05);
        Assert.True(second[0].MeanLog10 > 0);
        Assert.Equal([Verdict.Undecided, Verdict.Better], second.Select(record => record.Verdict));
    }

    [Fact]
    public void Fewer_than_three_pairs_decide_nothing()
    {
        var spec = Spec with { Looks = [2, 3] };
        var first = AtOnce(spec, 0, [-5, -5.1], [0, 0]);
        Assert.Equal([Verdict.Open, Verdict.Open], first.Select(record => record.Verdict));
        Assert.All(first, record => Assert.Equal((1.0, double.NegativeInfinity), (record.AdjustedP, record.Lower)));

        var last = AtOnce(spec with { Looks = [1, 2] }, 1, [-5, -5.1], [0, 0]);
        Assert.Equal([Verdict.Undecided, Verdict.Undecided], last.Select(record => record.Verdict));
    }

    [Fact]
    public void Differences_without_spread_are_no_division_by_zero()
    {
        var same = AtOnce(Spec with { Looks = [3, 10, 20] }, 0, [0, 0, 0], [-0.3, -0.3, -0.3], [1e-13, 1e-13, 1e-13]);

        Assert.Equal([Verdict.Equivalent, Verdict.Open, Verdict.Equivalent], same.Select(record => record.Verdict));
        Assert.All(same, record => Assert.InRange(record.RepeatedP, 0.25, 1));
        Assert.Equal(Verdict.Better, AtOnce(Spec, 2, [.. Enumerable.Repeat(-0.3, 20)])[0].Verdict);
        Assert.Equal(Verdict.Equivalent, AtOnce(Spec with { Equivalence = 1 }, 0, new double[5])[0].Verdict);
    }

    [Fact]
    public void The_order_of_comparisons_means_nothing_and_exchanging_both_methods_turns_the_verdict()
    {
        var stream = new RandomStream(5, "order");
        var rows = Enumerable.Range(0, 12)
            .Select(i => Enumerable.Range(0, 10).Select(_ => (0.1 * (i - 6)) + (0.3 * stream.NextGaussian())).ToArray())
            .ToArray();
        var records = AtOnce(Spec, 1, rows);

        Assert.Equal(records.Reverse(), AtOnce(Spec, 1, [.. rows.Reverse()]));
        Assert.Equal(
            records.Select(record => (record.AdjustedP, Turned(record.Verdict))),
            AtOnce(Spec, 1, [.. rows.Select(row => row.Select(value => -value).ToArray())])
                .Select(record => (record.AdjustedP, record.Verdict)));
        Assert.Contains(records, record => record.Verdict == Verdict.Better);
    }

    [Fact]
    public void More_comparisons_widen_every_interval_and_lower_no_p()
    {
        var alone = AtOnce(Spec, 1, Noisy(10, -0.3, 0.3))[0];
        var among = AtOnce(Spec, 1, [.. Enumerable.Range(0, 200).Select(i => Noisy(10, i == 0 ? -0.3 : 0, 0.3))])[0];

        Assert.True(among.Lower < alone.Lower && among.Upper > alone.Upper);
        Assert.Equal(Math.Min(1, 200 * alone.AdjustedP), among.AdjustedP, 1e-9);
    }

    [Fact]
    public void Without_comparisons_there_is_nothing_to_decide() => Assert.Empty(AtOnce(Spec, 0));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Differences_are_finite(double value)
    {
        var mistake = Assert.Throws<ArgumentException>(() => AtOnce(Spec, 0, new double[5], [0, 0, 0, 0, value]));

        Assert.Contains("Comparison 1", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_numbers_of_pairs_looks_and_records_are_refused()
    {
        Assert.Throws<ArgumentException>(() => AtOnce(Spec, 1, new double[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AtOnce(Spec, 3, new double[20]));
        Assert.Throws<ArgumentException>(() => SequentialComparisons.Decide(Spec, 0, [new double[5]], []));
        Assert.Throws<ArgumentException>(() => AtOnce(Spec with { Equivalence = 0.9 }, 0, new double[5]));
        Assert.Throws<ArgumentException>(() => AtOnce(Spec with { Looks = [10, 5] }, 0, new double[10]));
    }

    private static ImmutableArray<ComparisonAtLook> AtOnce(ReplicateSpec spec, int look, params double[][] differences) =>
        SequentialComparisons.Decide(spec, look, differences, new ComparisonAtLook?[differences.Length]);

    private static Verdict Turned(Verdict verdict) =>
        verdict switch { Verdict.Better => Verdict.Worse, Verdict.Worse => Verdict.Better, var same => same };

    /// <summary>As many differences around a mean: alternately above and below it.</summary>
    private static double[] Noisy(int count, double mean, double spread) =>
        [.. Enumerable.Range(0, count).Select(i => mean + (i % 2 == 0 ? spread : -spread))];
}
