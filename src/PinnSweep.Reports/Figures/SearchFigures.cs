using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model.Tuning;

namespace PinnSweep.Reports.Figures;

/// <summary>Which figures of searches a report shows, and which lie in its folder only.</summary>
internal static class SearchFigures
{
    /// <summary>A page with the figures of more searches is not read to its end.</summary>
    public const int MostShown = 12;

    /// <summary>The figures that are in every format: what tuning brings, and the proposals of the first searches.</summary>
    public static ImmutableArray<FigureModel> Shown(StagedReport staged) =>
    [
        .. new[] { TuningFigures.ExpectedError([.. staged.Searches.Select(search => search.View)]) }.OfType<FigureModel>(),
        .. staged.Searches.Take(MostShown).SelectMany(Of),
    ];

    /// <summary>The figures of all other searches.</summary>
    public static ImmutableArray<FigureModel> Others(StagedReport staged) => [.. staged.Searches.Skip(MostShown).SelectMany(Of)];

    /// <summary>How much each parameter matters; null where nothing varied.</summary>
    public static FigureModel? Importance(StagedReport staged) => TuningFigures.Importance(staged.Importances);

    private static IEnumerable<FigureModel> Of(SearchReport search) => search.View.Dimensions.IsEmpty
        ? []
        : new[] { TuningFigures.Slices(search.View), search.View.Dimensions.Length > 1 ? TuningFigures.Parallel(search.View) : null }.OfType<FigureModel>();
}
