using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Studies.Specification;

/// <summary>The cells of one search, before anything is proposed.</summary>
/// <param name="Cells">Their numbers; the first has the labels of the search.</param>
/// <param name="Levels">The levels of each factor with their ranges, in the order of the study.</param>
internal sealed record SearchedCells(ImmutableArray<int> Cells, ImmutableSortedDictionary<Factor, ImmutableArray<LevelSpace>> Levels)
{
    /// <summary>How many cells there would be if all combinations of these levels could be trained.</summary>
    public long Combinations => Levels.Values.Aggregate(1L, (product, levels) => product * levels.Length);

    /// <summary>The searches of a study that tunes: one for each combination of levels that shall have its own.</summary>
    /// <param name="spec">The study.</param>
    /// <param name="cells">The cells that can be trained.</param>
    public static ImmutableArray<SearchedCells> Of(StudySpec spec, IReadOnlyList<CellLevels> cells) =>
    [
        .. from cell in cells.Index()
           group cell by KeyOf(spec, cell.Item) into search
           select new SearchedCells(
               [.. search.Select(cell => cell.Index)],
               FactorWords.All.ToImmutableSortedDictionary(
                   factor => factor,
                   factor => search.Select(cell => cell.Item[factor]).Distinct().Select(level => spec.SpaceOf(factor, level) ?? new LevelSpace(level, [])).ToImmutableArray())),
    ];

    /// <summary>The levels that have a search of their own; equal for the cells of one search.</summary>
    public static CellLevels KeyOf(StudySpec spec, CellLevels cell) =>
        FactorWords.All.Where(factor => !spec.Tune!.Each.Contains(factor)).Aggregate(cell, (key, factor) => key.Without(factor));
}
