namespace PinnSweep.Tests;

public class NearestWordTests
{
    private static readonly string[] Verbs = ["run", "plan", "train", "report", "catalog", "doctor", "verify", "bench"];

    [Theory]
    [InlineData("docter", "doctor")]
    [InlineData("reprot", "report")]
    [InlineData("rum", "run")]
    [InlineData("catalogue", "catalog")]
    [InlineData("ver", "verify")]
    public void Find_of_a_slip_is_the_word_that_was_meant(string typed, string meant) => Assert.Equal(meant, NearestWord.Find(typed, Verbs));

    [Theory]
    [InlineData("xylophone")]
    [InlineData("")]
    public void Find_of_something_else_is_null(string typed) => Assert.Null(NearestWord.Find(typed, Verbs));
}
