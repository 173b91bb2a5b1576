using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Tests.Mistakes;

public sealed class NearestMatchTests
{
    [Theory]
    [InlineData("relobralo2", "relobralo")]
    [InlineData("RELOBRALO", "relobralo")]
    [InlineData("gradnrom", "gradnorm")]
    [InlineData("self", "self-adaptive")]
    [InlineData("annealing", "learning-rate-annealing")]
    [InlineData("sttaic", "static")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void Of_mistyped_word_is_the_word_meant(string word, string? expected) =>
        Assert.Equal(expected, NearestMatch.Of(word, ["gradnorm", "learning-rate-annealing", "relobralo", "self-adaptive", "static"]));

    [Fact]
    public void Of_swapped_neighbours_counts_one_edit() => Assert.Equal("ab", NearestMatch.Of("ba", ["ab"]));
}
