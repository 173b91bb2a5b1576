using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model.Tuning;

namespace PinnSweep.Reports.Figures;

/// <summary>The figures of tuning.</summary>
internal static class TuningFigures
{
    /// <summary>The best score to be expected of so many proposals, one panel a block; null where nothing has a finite score.</summary>
    public static FigureModel? ExpectedError(ImmutableArray<SearchView> searches) => ExpectedErrorFigure.Of(searches);

    /// <summary>Scores in the order of the proposals, with the best so far; null where nothing has a score.</summary>
    public static FigureModel? Proposals(SearchView search) => ProposalFigure.Of(search);

    /// <summary>All proposals of a search across its dimensions; null for fewer than two proposals.</summary>
    public static FigureModel? Parallel(SearchView search) => ParallelFigure.Of(search);

    /// <summary>Score against each dimension of a search; null for fewer than two proposals.</summary>
    public static FigureModel? Slices(SearchView search) => SliceFigure.Of(search);

    /// <summary>How much each dimension mattered; null where none varied.</summary>
    public static FigureModel? Importance(ImmutableArray<SearchImportance> searches) => ImportanceFigure.Of(searches);
}
