using PinnSweep.Studies.Replication;

namespace PinnSweep.Studies.Tests.Replication;

public class SpendingWordsTests
{
    [Fact]
    public void Words_and_back()
    {
        Assert.Equal(["o-brien-fleming", "pocock"], SpendingWords.All.Select(spending => spending.ToWord()));
        Assert.Equal(SpendingWords.All, SpendingWords.All.Select(spending => SpendingWords.FromWord(spending.ToWord())!.Value));
        Assert.Null(SpendingWords.FromWord("haybittle"));
    }

    [Fact]
    public void Specs_with_the_same_looks_are_equal()
    {
        var spec = new ReplicateSpec([5, 10], 0.05, SpendingFunction.Pocock, 1.5);

        Assert.Equal(new([5, 10], 0.05, SpendingFunction.Pocock, 1.5), spec);
        Assert.Equal(new ReplicateSpec([5, 10], 0.05, SpendingFunction.Pocock, 1.5).GetHashCode(), spec.GetHashCode());
        Assert.NotEqual(spec with { Looks = [5, 11] }, spec);
    }
}
