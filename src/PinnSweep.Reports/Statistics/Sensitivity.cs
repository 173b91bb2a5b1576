namespace PinnSweep.Reports.Statistics;

/// <summary>
/// How much the value chosen in one dimension matters, all other dimensions left to vary: the median factor over the chosen score of the
/// proposals near it in this dimension, and of those far from it. Where both are alike the dimension hardly matters; where far is much
/// larger the value must be kept.
/// </summary>
/// <param name="Near">Proposals within a tenth of the range, or of the same choice; the chosen one left out.</param>
/// <param name="NearFactor">Their median factor; null for fewer than three of them; infinite where most failed.</param>
/// <param name="Far">All other proposals.</param>
/// <param name="FarFactor">Their median factor, likewise.</param>
internal sealed record Sensitivity(int Near, double? NearFactor, int Far, double? FarFactor)
{
    /// <summary>Of the range of a dimension in its own scale.</summary>
    public const double Reach = 0.1;

    /// <summary>A median of fewer proposals says nothing.</summary>
    public const int Fewest = 3;

    /// <summary>How much worse it is to leave the neighbourhood: far ÷ near; null where either is unknown or failed.</summary>
    public double? Ratio => NearFactor is { } near && FarFactor is { } far && double.IsFinite(near) && double.IsFinite(far) ? far / near : null;

    /// <summary>The sensitivity of numbers.</summary>
    /// <param name="units">Place of each proposal in the unit interval of the dimension; NaN, which leaves it out, for none.</param>
    /// <param name="scores">Above zero, smaller is better; what is not finite has failed.</param>
    /// <param name="chosen">The place of the chosen proposal in the lists.</param>
    public static Sensitivity Of(ReadOnlySpan<double> units, ReadOnlySpan<double> scores, int chosen)
    {
        var isNear = new bool?[units.Length];
        for (var i = 0; i < units.Length; i++)
        {
            // A step of exactly a tenth, as grids have it, is near in spite of rounding.
            isNear[i] = double.IsNaN(units[i]) || double.IsNaN(units[chosen]) ? null : Math.Abs(units[i] - units[chosen]) <= Reach + 1e-9;
        }

        return Of(isNear, scores, chosen);
    }

    /// <summary>The sensitivity of choices, by their numbers; −1, which leaves it out, where the dimension means nothing.</summary>
    public static Sensitivity Of(ReadOnlySpan<int> numbers, ReadOnlySpan<double> scores, int chosen)
    {
        var isNear = new bool?[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            isNear[i] = numbers[i] < 0 || numbers[chosen] < 0 ? null : numbers[i] == numbers[chosen];
        }

        return Of(isNear, scores, chosen);
    }

    private static Sensitivity Of(bool?[] isNear, ReadOnlySpan<double> scores, int chosen)
    {
        var (near, far) = (new List<double>(), new List<double>());
        for (var i = 0; i < isNear.Length; i++)
        {
            if (i != chosen && isNear[i] is { } isClose)
            {
                (isClose ? near : far).Add(double.IsFinite(scores[i]) ? scores[i] / scores[chosen] : double.PositiveInfinity);
            }
        }

        return new(near.Count, Factor(near), far.Count, Factor(far));
    }

    private static double? Factor(List<double> factors) => factors.Count < Fewest ? null : Descriptive.Median([.. factors]);
}
