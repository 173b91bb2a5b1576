using PinnSweep.Reports.Model;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Searches;

namespace PinnSweep.Reports.Tables;

/// <summary>What a reader must know of a study with a design before its numbers.</summary>
internal static class DesignText
{
    /// <summary>Sentences for the head of a report, one a paragraph.</summary>
    public static IEnumerable<string> Of(StudyReport report)
    {
        var design = report.Design!;
        var ranged = design.Combinations.Where(combination => !combination.Dimensions.IsEmpty).ToArray();
        yield return FormattableString.Invariant(
            $"Design: {Short(report)}; nothing was chosen by anybody: all points are in the tables, which are of the spaces that were sampled.");
        foreach (var space in ranged.GroupBy(combination => string.Join("; ", combination.Dimensions.Select(dimension => dimension.Words))))
        {
            yield return FormattableString.Invariant($"Space of {string.Join("; ", space.Select(combination => Name(combination.Method, combination.On)).Distinct())}: {space.Key}.");
        }

        var alone = design.Combinations.Length - ranged.Length;
        var left = ranged.Sum(combination => combination.Points.Count(point => point.Cell is null));
        if (alone > 0)
        {
            yield return FormattableString.Invariant($"{alone} more {(alone == 1 ? "combination has no range and is" : "combinations have no ranges and are each")} one point.");
        }

        if (left > 0)
        {
            yield return FormattableString.Invariant($"{left} {(left == 1 ? "point cannot" : "points cannot")} be trained and {(left == 1 ? "is" : "are")} left out.");
        }

        if (ranged.GroupBy(combination => combination.On).Any(on => on.Any(combination => !on.First().HasPointsOf(combination))))
        {
            yield return "Combinations with other ranges have other points, so that they are not compared point by point.";
        }

        if (!report.Axes.Averaged.IsEmpty)
        {
            yield return $"Tables of points average over no factor: each {string.Join(" and ", report.Axes.Averaged.Select(factor => factor.ToWord()))} has its own line.";
        }
    }

    /// <summary>The design in few words.</summary>
    public static string Short(StudyReport report)
    {
        var design = report.Design!;
        var ranged = design.Combinations.Count(combination => !combination.Dimensions.IsEmpty);

        // A grid has no seed, and as many points as fit.
        var points = design.Spec.Kind == DesignKind.Grid
            ? FormattableString.Invariant($"at most {design.Spec.Count} points")
            : FormattableString.Invariant($"{design.Spec.Count} points, seed {design.Spec.Seed}");
        return FormattableString.Invariant($"{design.Spec.Kind.ToWord()}, {points}, over {ranged} {(ranged == 1 ? "combination" : "combinations")}");
    }

    private static string Name(string method, string on) => on.Length == 0 ? method : $"{method} on {on}";
}
