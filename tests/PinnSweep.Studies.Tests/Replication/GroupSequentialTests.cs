using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Replication;

namespace PinnSweep.Studies.Tests.Replication;

public class GroupSequentialTests
{
    private static readonly int[][] Looks =
        [[20], [1, 2, 3, 4, 5], [5, 10, 20], [5, 10, 20, 40], [3, 7, 8], [100, 101], [5, 10, 15, 20, 25, 30, 35, 40, 45, 50]];

    public static TheoryData<SpendingFunction, int[]> Plans =>
        [.. SpendingWords.All.SelectMany(spending => Looks.Select(looks => new TheoryDataRow<SpendingFunction, int[]>(spending, looks)))];

    // Four digits of five looks: as the programs of Reboussin, DeMets, Kim and Lan (2000) print them; their last digit is of a coarser
    // grid. Five digits of four looks: the README of SeqBounds.jl, one-sided at 0.05. Seven digits: the same recursion by Simpson's rule
    // over both signs, in a program of its own, the same with 200 and with 300 nodes.
    [Theory]
    [InlineData(SpendingFunction.OBrienFleming, 0.05, "1 2 3 4 5", "4.8769 3.3569 2.6803 2.2898 2.0310", 1.2e-4)]
    [InlineData(SpendingFunction.Pocock, 0.05, "1 2 3 4 5", "2.4380 2.4268 2.4101 2.3966 2.3859", 1.2e-4)]
    [InlineData(SpendingFunction.OBrienFleming, 0.1, "1 2 3 4", "3.74955 2.53993 2.01604 1.72014", 5e-5)]
    [InlineData(SpendingFunction.OBrienFleming, 0.05, "1 2 3 4 5", "4.8768849 3.3570119 2.6802801 2.2898168 2.0310320", 1e-7)]
    [InlineData(SpendingFunction.Pocock, 0.05, "1 2 3 4 5", "2.4379767 2.4268139 2.4101938 2.3966454 2.3859846", 1e-7)]
    [InlineData(SpendingFunction.OBrienFleming, 0.05, "5 10 20 40", "6.2319745 4.3326364 2.9631316 1.9686043", 1e-7)]
    [InlineData(SpendingFunction.Pocock, 0.05, "5 10 20 40", "2.5853378 2.5584139 2.3872738 2.2315455", 1e-7)]
    [InlineData(SpendingFunction.OBrienFleming, 0.01, "3 7 8", "4.4368356 2.7832788 2.6344201", 1e-7)]
    [InlineData(SpendingFunction.Pocock, 0.1, "3 7 8", "1.9622373 1.8960484 2.0375274", 1e-7)]
    [InlineData(SpendingFunction.OBrienFleming, 0.05, "20", "1.9599640", 1e-7)]
    [InlineData(SpendingFunction.Pocock, 0.01, "20", "2.5758293", 1e-7)]
    public void Bounds_are_the_published_ones(SpendingFunction spending, double alpha, string looks, string expected, double tolerance)
    {
        var bounds = GroupSequential.Bounds(spending, alpha, [.. looks.Split(' ').Select(int.Parse)]);

        Assert.Equal(expected.Split(' ').Select(double.Parse), bounds, (a, b) => Math.Abs(a - b) <= tolerance);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Under_the_null_a_walk_leaves_with_probability_alpha(SpendingFunction spending, int[] looks)
    {
        const int walks = 100_000;
        const double alpha = 0.1;
        var bounds = GroupSequential.Bounds(spending, alpha, looks);
        var stream = new RandomStream(1, "walks");
        var left = 0;
        for (var i = 0; i < walks; i++)
        {
            var (sum, seen, isOut) = (0.0, 0, false);
            for (var look = 0; look < looks.Length; look++)
            {
                sum += Math.Sqrt(looks[look] - seen) * stream.NextGaussian();
                seen = looks[look];
                isOut |= Math.Abs(sum) / Math.Sqrt(seen) >= bounds[look];
            }

            left += isOut ? 1 : 0;
        }

        // Four standard errors.
        Assert.Equal(alpha, left / (double)walks, 4 * Math.Sqrt(alpha * (1 - alpha) / walks));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_smaller_alpha_has_larger_bounds_at_every_look(SpendingFunction spending, int[] looks)
    {
        double[] alphas = [1e-12, 1e-9, 1e-6, 1e-4, 0.001, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8];
        var bounds = alphas.Select(alpha => GroupSequential.Bounds(spending, alpha, looks)).ToArray();

        Assert.All(bounds.Zip(bounds.Skip(1)), pair =>
            Assert.All(pair.First.Zip(pair.Second), look => Assert.True(look.First > look.Second)));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void The_repeated_p_of_a_bound_is_its_alpha(SpendingFunction spending, int[] looks)
    {
        foreach (var alpha in (double[])[1e-10, 1e-6, 0.00025, 0.01, 0.05, 0.2])
        {
            var bounds = GroupSequential.Bounds(spending, alpha, looks);
            for (var look = 0; look < looks.Length; look++)
            {
                var z = new double[look + 1];
                z[look] = look % 2 == 0 ? bounds[look] : -bounds[look];

                Assert.Equal(1, GroupSequential.RepeatedP(spending, looks, z) / alpha, 1e-6);
            }
        }
    }

    [Fact]
    public void The_repeated_p_is_the_smallest_so_far()
    {
        int[] looks = [5, 10, 20];
        var first = GroupSequential.RepeatedP(SpendingFunction.Pocock, looks, [2.5]);

        Assert.Equal(1, GroupSequential.RepeatedP(SpendingFunction.Pocock, looks, []));
        Assert.Equal(first, GroupSequential.RepeatedP(SpendingFunction.Pocock, looks, [2.5, 0.1]));
        Assert.InRange(GroupSequential.RepeatedP(SpendingFunction.Pocock, looks, [2.5, 0.1, 4]), 1e-6, first / 2);
    }

    [Fact]
    public void One_look_is_the_ordinary_test() =>
        Assert.Equal(0.0455002639, GroupSequential.RepeatedP(SpendingFunction.OBrienFleming, [12], [-2]), 1e-8);

    [Fact]
    public void Far_out_p_ends_at_the_smallest_and_bounds_at_the_largest()
    {
        int[] looks = [3, 100_000];

        Assert.Equal(BoundedWalk.LargestBound, GroupSequential.Bounds(SpendingFunction.OBrienFleming, 0.05, looks)[0]);
        Assert.Equal(1, GroupSequential.RepeatedP(SpendingFunction.OBrienFleming, looks, [37]));
        Assert.Equal(RepeatedPTable.SmallestP, GroupSequential.RepeatedP(SpendingFunction.OBrienFleming, looks, [0, -37]), 1e-14);
    }

    [Fact]
    public void Looks_that_do_not_grow_and_alpha_outside_are_refused()
    {
        Assert.Throws<ArgumentException>(() => GroupSequential.Bounds(SpendingFunction.Pocock, 0.05, []));
        Assert.Throws<ArgumentException>(() => GroupSequential.Bounds(SpendingFunction.Pocock, 0.05, [0, 5]));
        var mistake = Assert.Throws<ArgumentException>(() => GroupSequential.Bounds(SpendingFunction.Pocock, 0.05, [5, 5]));
        Assert.Contains("[5, 5]", mistake.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => GroupSequential.Bounds(SpendingFunction.Pocock, 0, [5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => GroupSequential.Bounds(SpendingFunction.Pocock, double.NaN, [5]));
    }
}
