using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Files;

/// <summary>
/// Makes the cells of a study with a design: each combination of levels that has ranges becomes as many cells as the design has points, each
/// other one cell. All combinations with the same ranges get the same points.
/// </summary>
internal sealed class DesignedCells(SourceNode.Map study, StudySpec spec, LevelReader levels, MistakeList mistakes, int maximumCells)
{
    // As many as a study file may list.
    private const int MaximumLevels = 1000;

    private readonly List<ImmutableSortedDictionary<Factor, ImmutableArray<LevelSpace>>> _combinations = [];

    // Combinations with the same ranges have the same points, which are made once.
    private readonly Dictionary<string, DesignedSpace> _spaces = [];

    /// <summary>The study with these cells; as it was where a mistake was added.</summary>
    public StudySpec Of(DesignSpec design)
    {
        var cells = new List<CellLevels>();
        foreach (var cell in CellGrid.Enumerate(spec))
        {
            var levelsOfCell = FactorWords.All.ToImmutableSortedDictionary(
                factor => factor, factor => ImmutableArray.Create(spec.SpaceOf(factor, cell[factor]) ?? new LevelSpace(cell[factor], [])));
            var space = SpaceOfCells.Of(levelsOfCell);
            if (space.Space.Dimensions.IsEmpty)
            {
                cells.Add(cell);
                continue;
            }

            if (PointsOf(design, space.Space) is not { } points)
            {
                return spec;
            }

            _combinations.Add(levelsOfCell);
            cells.AddRange(points.Points.Select(space.At));
            if (cells.Count > maximumCells)
            {
                Refuse("count", FormattableString.Invariant($"its points in all combinations of levels make more than {maximumCells:N0} cells, more than are planned in one study"));
                return spec;
            }
        }

        var distinct = cells.Distinct().ToImmutableArray();
        var factors = spec.Factors.ToImmutableSortedDictionary(
            factor => factor.Key, factor => distinct.Select(cell => cell[factor.Key]).Distinct().ToImmutableArray());
        if (factors.FirstOrDefault(factor => factor.Value.Length > MaximumLevels) is { Value.IsDefault: false } many)
        {
            Refuse("count", FormattableString.Invariant($"its points make {many.Value.Length:N0} levels of {many.Key.ToWord()}; a factor has at most {MaximumLevels:N0}, because each is compared with every other"));
            return spec;
        }

        if (spec.Control is { } control && !factors[control.Factor].Contains(control.Level))
        {
            mistakes.Add(study.Find("control")!.Place, "control", $"{control.Factor.ToWord()} '{control.Level.Kind}' has ranges, so that the design puts other levels in its place; name a level without ranges, or write its defaults as a level of its own");
            return spec;
        }

        return spec with
        {
            Combinations = distinct,
            Design = design,
            Designed = [.. _spaces.Values],
            DesignedOver = [.. _combinations],
            Factors = factors,
            Notes = factors.ToImmutableSortedDictionary(factor => factor.Key, factor => factor.Value.Select(level => spec.NoteOf(factor.Key, level) ?? levels.NoteOf(factor.Key, level)).ToImmutableArray()),
            Spaces = ImmutableSortedDictionary<Factor, ImmutableArray<LevelSpace?>>.Empty,
        };
    }

    private DesignedSpace? PointsOf(DesignSpec design, SearchSpace space)
    {
        var key = string.Join('\n', space.Dimensions);
        if (!_spaces.TryGetValue(key, out var known))
        {
            if (DesignLimits.WhyNot(space, design.Kind, design.Count, canLearn: false) is { } reason)
            {
                Refuse("kind", reason);
                return null;
            }

            known = new(space, SpaceDesign.Points(space, design.Kind, design.Count, design.Seed), 0);
        }

        return _spaces[key] = known with { Combinations = known.Combinations + 1 };
    }

    private void Refuse(string key, string text)
    {
        var entry = study.Find(DesignReader.Key)!;
        mistakes.Add((entry.Value as SourceNode.Map)?.Find(key)?.Place ?? entry.Place, $"{DesignReader.Key}.{key}", text);
    }
}
