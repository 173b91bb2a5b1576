using PinnSweep.Studies.Replication;

namespace PinnSweep.Studies.Tests.Replication;

public class StudentTailTests
{
    [Theory]
    [InlineData(0.05, 4, 2.7764451052)]
    [InlineData(0.05, 19, 2.0930240544)]
    [InlineData(0.01, 9, 3.2498355416)]
    public void Quantiles_are_those_of_tables(double p, int degrees, double t)
    {
        Assert.Equal(t, StudentTail.Quantile(p, degrees), 1e-9);
        Assert.Equal(p, StudentTail.P(t, degrees), 1e-10);
    }

    // With two degrees of freedom P(|T| ≥ t) = 1 − t ÷ √(2 + t²), hence t = (1 − p) √(2 ÷ (p (2 − p))).
    [Theory]
    [InlineData(0.5)]
    [InlineData(1e-6)]
    [InlineData(1e-30)]
    [InlineData(1e-197)]
    public void The_far_tail_keeps_its_digits(double p)
    {
        var t = (1 - p) * Math.Sqrt(2 / (p * (2 - p)));

        Assert.Equal(1, StudentTail.Quantile(p, 2) / t, 1e-9);
        Assert.Equal(1, StudentTail.P(t, 2) / p, 1e-9);
    }

    [Fact]
    public void At_zero_all_of_it_lies_outside()
    {
        Assert.Equal(1, StudentTail.P(0, 3));
        Assert.Equal(0, StudentTail.Quantile(1, 3));
    }
}
