using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Tests.Model;

public sealed class FreshRunTests
{
    [Fact]
    public void A_method_far_ahead_is_named_alone() =>
        Assert.Equal("b 1.00", FreshRun.Of([("a", [0.1, 0.11, 0.12]), ("b", [1e-3, 1.1e-3, 1.2e-3])])!.Words);

    [Fact]
    public void Methods_that_cannot_be_told_apart_are_a_tie() =>
        Assert.Equal("tie: a 0.50, b 0.50", FreshRun.Of([("a", [0.1, 0.2, 0.3]), ("b", [0.1, 0.2, 0.3]), ("c", [10, 11, 12])])!.Words);

    // Φ((ln 2)/√(2 s²)) with s² = ln²2 · 0.5 for two logarithms ln 2 apart: Φ(1) = 0.8413.
    [Fact]
    public void Two_methods_have_the_closed_form() =>
        Assert.Equal(0.8413, FreshRun.Of([("a", [1, 2]), ("b", [2, 4])])!.Chances[0].Probability, 4);

    [Fact]
    public void Methods_with_one_seed_say_nothing_of_a_fresh_run() => Assert.Null(FreshRun.Of([("a", [0.1]), ("b", [0.2, 0.3])]));

    // Φ((μa − μb)/√(σa² + σb²)) = Φ(0.0130/0.1485).
    [Fact]
    public void Published_means_and_deviations_serve_as_well() => Assert.Equal("tie: b 0.53, a 0.47", FreshRun.Of([("a", 0.0145, 0.00159), ("b", 0.0143, 0.00144)])!.Words);
}
