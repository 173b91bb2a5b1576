using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Files;

public sealed class CoreSchemaTests
{
    [Theory]
    [InlineData("1e-3", "0.001")]
    [InlineData("1E+3", "1000")]
    [InlineData("+.5", "0.5")]
    [InlineData("-7.", "-7")]
    [InlineData("010", "10")]
    [InlineData("0o17", "15")]
    [InlineData("0xfF", "255")]
    [InlineData("-0", "0")]
    [InlineData("~", "null")]
    [InlineData("Null", "null")]
    [InlineData("TRUE", "true")]
    [InlineData("False", "false")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("1e", "\"1e\"")]
    [InlineData(".", "\".\"")]
    [InlineData("1e5\n", "\"1e5\\n\"")]
    public void Resolve_plain_scalar_follows_the_core_schema(string text, string expected) => Assert.Equal(expected, CoreSchema.Resolve(text).Canonical());

    [Fact]
    public void Resolve_infinities_are_numbers_so_that_type_checks_refuse_them() =>
        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity], new[] { ".inf", "-.INF" }.Select(text => ((SpecValue.Number)CoreSchema.Resolve(text)).Value));
}
