using System.Collections.Immutable;

namespace PinnSweep.Studies.Searches;

/// <summary>
/// Who goes on to the next rung (Jamieson, Talwalkar, AISTATS 2016, arXiv:1502.07943): the best share of all that reached this one, once
/// all of them have, so that the order of arrival plays no part.
/// </summary>
public static class SuccessiveHalving
{
    // 0.07 · 100 is a little more than 7 in binary.
    private const double Rounding = 1e-9;

    /// <summary>
    /// The numbers, ascending, of the best ⌈keep · n⌉ scores, at least one; equal ones go by number. A score of +∞ or NaN never goes on,
    /// and then fewer do, or none.
    /// </summary>
    /// <param name="scores">Smaller is better; +∞ for a trial that failed.</param>
    /// <param name="keep">The share that goes on, above 0 and at most 1.</param>
    public static ImmutableArray<int> Promote(IReadOnlyList<double> scores, double keep)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keep);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keep, 1);
        var most = Math.Max(1, (int)Math.Ceiling((keep * scores.Count) - Rounding));
        var alive = Enumerable.Range(0, scores.Count).Where(i => scores[i] < double.PositiveInfinity);
        return [.. alive.OrderBy(i => scores[i]).Take(most).Order()];
    }
}
