using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

public sealed class RankCorrelationTests
{
    /// <summary>The data of the examples of SciPy's <c>kendalltau</c> and <c>spearmanr</c> pages, with the values printed there.</summary>
    [Fact]
    public void Values_of_scipys_own_examples()
    {
        Assert.Equal(-0.47140452079103173, RankCorrelation.Kendall([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]), 1e-12);
        Assert.Equal(0.8207826816681233, RankCorrelation.Spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]), 1e-12);
    }

    [Fact]
    public void The_same_order_is_one_and_the_reverse_minus_one()
    {
        Assert.Equal(1, RankCorrelation.Spearman([1, 5, 9], [0.1, 0.2, 7]), 1e-12);
        Assert.Equal(-1, RankCorrelation.Kendall([1, 5, 9], [3, 2, 1]), 1e-12);
    }

    [Fact]
    public void A_constant_list_has_no_order() => Assert.True(double.IsNaN(RankCorrelation.Spearman([1, 1, 1], [1, 2, 3])));
}
