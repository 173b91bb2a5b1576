using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>
/// Makes the cells of a study with a design: each combination of levels that has ranges becomes as many cells as the design has points, each
/// other one cell. All combinations with the same ranges get the same points.
/// </summary>
internal static class DesignedCells
{
    public static StudySpec Of(StudySpec spec, DesignSpec design)
    {
        var cells = new List<CellLevels>();
        foreach (var cell in CellGrid.Enumerate(spec))
        {
            var space = SpaceOfCells.Of(FactorWords.All.ToDictionary(
                factor => factor, factor => ImmutableArray.Create(spec.SpaceOf(factor, cell[factor]) ?? new LevelSpace(cell[factor], []))));
            cells.AddRange(space.Space.Dimensions.IsEmpty ? [cell] : SpaceDesign.Points(space.Space, design.Kind, design.Count, design.Seed).Select(space.At));
        }

        var distinct = cells.Distinct().ToImmutableArray();
        var factors = spec.Factors.ToImmutableSortedDictionary(
            factor => factor.Key, factor => distinct.Select(cell => cell[factor.Key]).Distinct().ToImmutableArray());
        return spec with
        {
            Combinations = distinct,
            Factors = factors,
            Notes = factors.ToImmutableSortedDictionary(factor => factor.Key, factor => factor.Value.Select(level => Note(spec, factor.Key, level)).ToImmutableArray()),
            Spaces = ImmutableSortedDictionary<Factor, ImmutableArray<LevelSpace?>>.Empty,
            Control = spec.Control is { } control && distinct.Any(cell => cell[control.Factor] == control.Level) ? control : null,
        };
    }

    /// <summary>A level that a point made has no label of its own.</summary>
    private static LevelNote Note(StudySpec spec, Factor factor, Level level) =>
        (spec.SpaceOf(factor, level) is null ? spec.NoteOf(factor, level) : null) ?? new(null, [], SpecValue.Map.Empty);
}
