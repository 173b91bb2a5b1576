using System.Globalization;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Tests.Mistakes;

public sealed class MistakeListTests
{
    [Fact]
    public void Reading_ends_where_nobody_would_read_on()
    {
        var mistakes = new MistakeList();
        var told = 0;

        var end = Assert.Throws<UserMistakeException>(() =>
        {
            while (told < 100_000)
            {
                mistakes.Add(new("study.yaml", ++told), told.ToString(CultureInfo.InvariantCulture));
            }
        });

        Assert.Equal(2000, told);
        Assert.Equal(41, end.Message.Split('\n').Length);
        Assert.EndsWith("… and at least 1960 more mistakes", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_mistake_of_many_cells_is_told_once_and_ends_nothing()
    {
        var mistakes = new MistakeList();
        for (var i = 0; i < 10_000; i++)
        {
            mistakes.Add(new("study.yaml", 3), "no");
        }

        Assert.Equal(10_000, mistakes.Count);
        Assert.Equal("study.yaml:3: no", mistakes.ToException().Message);
    }
}
