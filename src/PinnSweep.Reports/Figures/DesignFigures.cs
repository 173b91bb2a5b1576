using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;

namespace PinnSweep.Reports.Figures;

/// <summary>The figures of a study with a design.</summary>
internal static class DesignFigures
{
    /// <summary>Points against their values, of the first combinations: a page with more is not read to its end.</summary>
    public static ImmutableArray<FigureModel> Shown(DesignReport design) => [.. Ranged(design).Take(SearchFigures.MostShown).SelectMany(Of)];

    /// <summary>Those of all other combinations.</summary>
    public static ImmutableArray<FigureModel> Others(DesignReport design) => [.. Ranged(design).Skip(SearchFigures.MostShown).SelectMany(Of)];

    /// <summary>Curves and solutions of each combination at its best point.</summary>
    public static ImmutableArray<FigureModel> AtTheBest(StudyReport report, ReportBlock block) =>
    [
        .. ReportFigures.Trained(report.Design!.Best, block)
            .Select(figure => figure with { Caption = $"{figure.Caption} Each combination at its best point, which is the luckiest of many." }),
    ];

    /// <summary>How many combinations have figures.</summary>
    public static int Count(DesignReport design) => Ranged(design).Count();

    private static IEnumerable<DesignedCombination> Ranged(DesignReport design) => design.Combinations.Where(combination => !combination.Dimensions.IsEmpty);

    private static IEnumerable<FigureModel> Of(DesignedCombination combination) =>
        new[] { TuningFigures.Slices(combination.View), combination.Dimensions.Length > 1 ? TuningFigures.Parallel(combination.View) : null }.OfType<FigureModel>();
}
