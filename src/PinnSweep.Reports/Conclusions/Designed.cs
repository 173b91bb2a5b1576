using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Conclusions;

/// <summary>What a design shows: of combinations with the same points, over the whole space that was sampled.</summary>
internal static class Designed
{
    private const int MostInFull = 3;

    /// <summary>One sentence.</summary>
    public static string Of(StudyReport report)
    {
        var comparisons = report.Design!.Comparisons.Where(comparison => !comparison.Differences.IsEmpty).ToArray();
        if (comparisons.Length == 0)
        {
            return "Nothing is compared point by point: no two combinations have the same points with results.";
        }

        if (comparisons.Length <= MostInFull)
        {
            return $"Point by point: {string.Join("; ", comparisons.Select(comparison => InFull(report, comparison)))}.";
        }

        var (smaller, larger) = (comparisons.Count(comparison => Shown(comparison) < 0), comparisons.Count(comparison => Shown(comparison) > 0));
        var against = report.ControlRow is { } control ? $" with {control} (control)" : "";
        return $"Point by point, of {NumberText.Count(comparisons.Length)} comparisons{against} {NumberText.Count(smaller)} show smaller errors of the {(report.ControlRow is null ? "first" : "method")}, {NumberText.Count(larger)} larger ones, and {NumberText.Count(comparisons.Length - smaller - larger)} no difference (Wilcoxon, Holm).";
    }

    // Below zero the first has the smaller errors; zero where no difference is shown.
    private static int Shown(PointComparison comparison) =>
        comparison.IsAttainable && comparison.SignedRankHolm <= Significance.Alpha ? Math.Sign(Descriptive.Median(comparison.Differences.AsSpan())) : 0;

    private static string InFull(StudyReport report, PointComparison comparison)
    {
        var (first, second) = (comparison.First.Method, report.RowName(comparison.Second.Method));
        var words = Shown(comparison) switch
        {
            < 0 => $"{first} has smaller errors than {second}",
            > 0 => $"{first} has larger errors than {second}",
            _ => $"no difference is shown between {first} and {second}",
        };
        var ratio = comparison.Paired.Count == 0 ? "" : $"error ratio {Phrases.Ratio(comparison.Ratio, comparison.RatioInterval)}, ";
        var p = comparison.IsAttainable ? Phrases.P(comparison.SignedRankHolm) : "too few points for a test";
        return $"{words} on {DesignTables.Where(comparison.First)} ({ratio}{Phrases.Count(comparison.Paired.Count, "point")}, {p})";
    }
}
