using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model;

/// <summary>How a method stands against the best of its column.</summary>
public enum Standing
{
    /// <summary>The smallest geometric mean of those that are ranked.</summary>
    Best,

    /// <summary>
    /// As good as the best for all practical purposes: the ratio lies within the region of practical equivalence
    /// (<see cref="EquivalenceTest"/>).
    /// </summary>
    Equivalent,

    /// <summary>Compared with the best, and shown neither to differ nor to be equivalent.</summary>
    Undecided,

    /// <summary>Not compared: with so few common seeds no test could reject.</summary>
    NotTested,

    /// <summary>Worse than the best.</summary>
    Behind,

    /// <summary>Not ranked: a trial diverged or was given up, so that its mean is not that of its seeds; or nothing is finished.</summary>
    Unranked,

    /// <summary>Solved by none of its trials: all are trivial or diverged. Never the best, however small their errors.</summary>
    Unsolved,

    /// <summary>Within noise of a field that solves nothing. Never the best.</summary>
    Trivial,

    /// <summary>Not ranked: no error on its problem means anything.</summary>
    Void,
}

/// <summary>The words and signs of <see cref="Standing"/>.</summary>
internal static class StandingWords
{
    /// <summary>Lower case: <c>not tested</c>.</summary>
    public static string Of(Standing standing) => standing == Standing.NotTested ? "not tested" : standing.ToString().ToLowerInvariant();

    /// <summary>How its number stands out.</summary>
    public static Emphasis EmphasisOf(Standing standing) => standing switch
    {
        Standing.Best => Emphasis.Best,
        Standing.Equivalent => Emphasis.Equivalent,
        Standing.Undecided => Emphasis.Undecided,
        Standing.NotTested => Emphasis.NotTested,
        Standing.Unsolved or Standing.Trivial => Emphasis.Unsolved,
        _ => Emphasis.None,
    };

    /// <summary>The sign after a number in every format; none of the best, whose number is set otherwise.</summary>
    public static string Sign(Emphasis emphasis) => emphasis switch
    {
        Emphasis.Equivalent => "≈",
        Emphasis.Undecided => "?",
        Emphasis.NotTested => "†",
        Emphasis.Unsolved => "‡",
        _ => "",
    };
}
