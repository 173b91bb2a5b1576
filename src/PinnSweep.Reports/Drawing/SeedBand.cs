using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Drawing;

/// <summary>The curves of several seeds as one: the median and a band around it on common abscissae.</summary>
/// <param name="X">Abscissae, ascending.</param>
/// <param name="Middle">Median over seeds.</param>
/// <param name="Low">Lower edge of the band.</param>
/// <param name="High">Upper edge of the band.</param>
public sealed record SeedBand(ImmutableArray<double> X, ImmutableArray<double> Middle, ImmutableArray<double> Low, ImmutableArray<double> High)
{
    /// <summary>From this many seeds on the band is the 10–90 % range; below, the whole range.</summary>
    public const int SeedsForDeciles = 10;

    /// <summary>What the band shows, for captions.</summary>
    public static string Meaning(int seeds) => seeds >= SeedsForDeciles ? "10–90 % over seeds" : "smallest to largest over seeds";

    /// <summary>
    /// The median and band of curves. Curves that share their abscissae are taken as they are; others are interpolated linearly (on the
    /// logarithm of the ordinate where that is asked) between their own points, never beyond them. A point is drawn where at least half of
    /// the curves reach it, so a seed that diverged early ends neither the line nor bends it.
    /// </summary>
    /// <param name="curves">Abscissae and ordinates of each seed; points that are not finite are left out.</param>
    /// <param name="isLog">Whether ordinates are compared on a logarithmic scale; those not above zero are left out.</param>
    public static SeedBand Of(IReadOnlyList<(double[] X, double[] Y)> curves, bool isLog)
    {
        var seeds = curves.Select(curve => Clean(curve, isLog)).ToArray();
        var grid = Grid(seeds);
        var (low, high) = seeds.Length >= SeedsForDeciles ? (0.1, 0.9) : (0.0, 1.0);
        var (x, middle, lower, upper) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        foreach (var at in grid)
        {
            double[] values = [.. seeds.Select(seed => At(seed, at, isLog)).Where(double.IsFinite)];
            if (values.Length == 0 || 2 * values.Length < seeds.Length)
            {
                continue;
            }

            Array.Sort(values);
            x.Add(at);
            middle.Add(Back(Descriptive.QuantileOfSorted(values, 0.5)));
            lower.Add(Back(Descriptive.QuantileOfSorted(values, low)));
            upper.Add(Back(Descriptive.QuantileOfSorted(values, high)));
        }

        return new([.. x], [.. middle], [.. lower], [.. upper]);

        double Back(double value) => isLog ? Math.Pow(10, value) : value;
    }

    // Of ten thousand seeds a second copy of every curve would be most of what a report takes, so one that lacks nothing stays as it is.
    private static (double[] X, double[] Y) Clean((double[] X, double[] Y) curve, bool isLog)
    {
        bool IsKept(int i) => double.IsFinite(curve.X[i]) && double.IsFinite(curve.Y[i]) && (!isLog || curve.Y[i] > 0);
        var all = Enumerable.Range(0, curve.X.Length);
        if (all.All(IsKept))
        {
            return curve;
        }

        int[] kept = [.. all.Where(IsKept)];
        return ([.. kept.Select(i => curve.X[i])], [.. kept.Select(i => curve.Y[i])]);
    }

    private static double[] Grid((double[] X, double[] Y)[] seeds)
    {
        const int points = 120;
        var longest = seeds.OrderByDescending(seed => seed.X.Length).Select(seed => seed.X).FirstOrDefault() ?? [];
        var isShared = seeds.All(seed => seed.X.AsSpan().SequenceEqual(longest.AsSpan(0, seed.X.Length)));
        if (isShared)
        {
            return longest;
        }

        var last = seeds.Where(seed => seed.X.Length > 0).Max(seed => seed.X[^1]);
        return [.. Enumerable.Range(0, points + 1).Select(i => last * i / points)];
    }

    private static double At((double[] X, double[] Y) curve, double x, bool isLog)
    {
        var index = Array.BinarySearch(curve.X, x);
        if (index >= 0)
        {
            return Ordinate(index);
        }

        var above = ~index;
        if (above == 0 || above == curve.X.Length)
        {
            return double.NaN;
        }

        var share = (x - curve.X[above - 1]) / (curve.X[above] - curve.X[above - 1]);
        return Ordinate(above - 1) + (share * (Ordinate(above) - Ordinate(above - 1)));

        double Ordinate(int i) => isLog ? Math.Log10(curve.Y[i]) : curve.Y[i];
    }
}
