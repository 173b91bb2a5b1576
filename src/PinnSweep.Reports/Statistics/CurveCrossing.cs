using System.Collections.Immutable;

namespace PinnSweep.Reports.Statistics;

/// <summary>Where the curves of two searches cross: which method is ahead depends on how much is spent on tuning.</summary>
/// <param name="At">The first number of proposals at which the order is the new one.</param>
/// <param name="Ahead">The method that is better from there on.</param>
/// <param name="Behind">The method that was better before.</param>
internal sealed record CurveCrossing(int At, string Ahead, string Behind)
{
    /// <summary>All crossings of two curves as far as both are to be trusted.</summary>
    public static ImmutableArray<CurveCrossing> Of(string first, ExpectedBest one, string second, ExpectedBest other)
    {
        var crossings = ImmutableArray.CreateBuilder<CurveCrossing>();
        var order = 0;
        for (var n = 1; n <= Math.Min(one.Count, other.Count) && one.IsTrusted(n) && other.IsTrusted(n); n++)
        {
            // Sums of many weights that should be equal differ in their last digits.
            var (a, b) = (one.Mean[n - 1], other.Mean[n - 1]);
            var now = Math.Abs(a - b) <= 1e-12 * Math.Max(Math.Abs(a), Math.Abs(b)) ? 0 : a.CompareTo(b);
            if (now != 0 && order != 0 && now != order)
            {
                crossings.Add(now < 0 ? new(n, first, second) : new(n, second, first));
            }

            order = now == 0 ? order : now;
        }

        return crossings.ToImmutable();
    }
}
