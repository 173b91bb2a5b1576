using PinnSweep.Studies.Replication;

namespace PinnSweep.Studies.Tests.Replication;

public class PairedDifferencesTests
{
    [Fact]
    public void The_test_is_students()
    {
        // Mean 2, deviation 1, t = 2√3 with two degrees of freedom: p = 1 − √(12 ÷ 14).
        var test = PairedDifferences.Of([1, 2, 3, 99], 3);

        Assert.Equal((3, 2.0), (test.Pairs, test.Mean));
        Assert.Equal(1 / Math.Sqrt(3), test.StandardError, 1e-14);
        Assert.Equal(1 - Math.Sqrt(12.0 / 14), test.P, 1e-12);
        Assert.Equal(1.7858, test.Z, 1e-3);
        Assert.Equal(-test.Z, PairedDifferences.Of([-1, -2, -3], 3).Z);
    }

    [Fact]
    public void The_interval_at_the_bound_ends_at_zero_where_z_is_the_bound()
    {
        var test = PairedDifferences.Of([0.3, 0.1, -0.2, 0.4, 0.2], 5);

        Assert.Equal(test.Mean, test.HalfWidth(test.Z), 1e-9);
    }

    [Fact]
    public void Fewer_than_three_pairs_show_nothing()
    {
        var test = PairedDifferences.Of([-5, -5.1], 2);

        Assert.Equal((1.0, 0.0, double.PositiveInfinity), (test.P, test.Z, test.HalfWidth(2)));
    }

    [Theory]
    [InlineData(3, 0.25)]
    [InlineData(10, 0.001953125)]
    public void Equal_differences_have_the_p_of_the_sign_test(int pairs, double p)
    {
        var test = PairedDifferences.Of([.. Enumerable.Repeat(-0.3, pairs)], pairs);
        var rounded = PairedDifferences.Of([.. Enumerable.Range(0, pairs).Select(i => -0.3 + (1e-15 * i))], pairs);

        Assert.Equal(p, test.P);
        Assert.Equal(p, rounded.P);
        Assert.Equal(p, StudentTail.P(0.3 / test.StandardError, pairs - 1), 1e-10);
        Assert.Equal(0.3, test.HalfWidth(-test.Z), 1e-9);
    }

    [Fact]
    public void Without_any_difference_there_is_no_error_and_no_evidence()
    {
        var test = PairedDifferences.Of([0, 0, 0], 3);

        Assert.Equal(new(3, 0, 0, 1), test);
        Assert.Equal((0.0, 0.0), (test.Z, test.HalfWidth(30)));
    }

    [Fact]
    public void Overwhelming_evidence_is_a_finite_z() =>
        Assert.InRange(PairedDifferences.Of([.. Enumerable.Range(0, 400).Select(i => 200 + (1e-3 * (i % 2)))], 400).Z, 30, 40);
}
