using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Catalogs;

/// <summary>What a parameter reads of a level.</summary>
public sealed class ParameterReadingTests
{
    private static readonly Parameter<double> Rate = new("rate", new ParameterType.Number(), new SpecValue.Number(1), "", value => ((SpecValue.Number)value).Value);
    private static readonly Parameter<double> Later = Rate with { Absent = new SpecValue.Number(3) };

    private static readonly Parameter<double?> Most =
        new("most", new ParameterType.Optional(new ParameterType.Number()), SpecValue.None.Value, "", value => (value as SpecValue.Number)?.Value);

    private static readonly Level Silent = Level.Of("kind");

    [Fact]
    public void Of_a_level_that_says_it_is_what_it_says_whatever_the_default()
    {
        var level = Silent.With("rate", new SpecValue.Number(2)).With("most", new SpecValue.Number(5));

        Assert.Equal((2.0, 2.0, 2.0, 5.0), (Rate.Of(level), Later.Of(level), Rate.Of(level, otherwise: 7), Most.Of(level)));
    }

    [Fact]
    public void Of_a_level_that_leaves_it_out_is_what_absence_means_and_never_the_default()
    {
        Assert.Equal(3, Later.Of(Silent));
        Assert.Equal(7, Later.Of(Silent, otherwise: 7));
        Assert.Null(Most.Of(Silent));
        Assert.Contains("'rate' is missing; present: most", Assert.Throws<KeyNotFoundException>(() => Rate.Of(Silent.With("most", SpecValue.None.Value))).Message, StringComparison.Ordinal);
    }
}
