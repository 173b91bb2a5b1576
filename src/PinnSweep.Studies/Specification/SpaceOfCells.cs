using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Specification;

/// <summary>
/// The space over a combination of levels: the ranges of each, and for factors that are left open a choice among their levels, under which
/// the ranges of the chosen one count.
/// </summary>
public sealed class SpaceOfCells
{
    // One row a dimension: the factor, and whose range it is; nobody's where it is a choice among levels.
    private readonly ImmutableArray<(Factor Factor, LevelSpace? Owner, int Range)> _rows;
    private readonly ImmutableSortedDictionary<Factor, ImmutableArray<LevelSpace>> _levels;

    private SpaceOfCells(
        SearchSpace space, ImmutableArray<(Factor Factor, LevelSpace? Owner, int Range)> rows, ImmutableSortedDictionary<Factor, ImmutableArray<LevelSpace>> levels) =>
        (Space, _rows, _levels) = (space, rows, levels);

    /// <summary>Its dimensions, factor by factor.</summary>
    public SearchSpace Space { get; }

    /// <summary>The space of these levels; a factor with several is left open.</summary>
    public static SpaceOfCells Of(IReadOnlyDictionary<Factor, ImmutableArray<LevelSpace>> levels)
    {
        var dimensions = ImmutableArray.CreateBuilder<Dimension>();
        var rows = ImmutableArray.CreateBuilder<(Factor, LevelSpace?, int)>();
        foreach (var (factor, spaces) in levels.OrderBy(entry => entry.Key))
        {
            var choice = dimensions.Count;
            if (spaces.Length > 1)
            {
                dimensions.Add(new(factor.ToWord(), new DimensionScale.Choice([.. spaces.Select(space => (SpecValue)space.Level.ToMap())])));
                rows.Add((factor, null, 0));
            }

            for (var level = 0; level < spaces.Length; level++)
            {
                for (var range = 0; range < spaces[level].Ranges.Length; range++)
                {
                    var name = $"{factor.ToWord()}{Which(spaces, level)}.{spaces[level].Ranges[range].Name}";
                    dimensions.Add(new(name, spaces[level].Ranges[range].Scale, spaces.Length > 1 ? new(choice, level) : null));
                    rows.Add((factor, spaces[level], range));
                }
            }
        }

        return new(new(dimensions.ToImmutable()), rows.ToImmutable(), levels.ToImmutableSortedDictionary());
    }

    /// <summary>The levels at a point.</summary>
    public CellLevels At(SpacePoint point) => new(
        Level(Factor.Problem, point), Level(Factor.Network, point), Level(Factor.Balancer, point), Level(Factor.Sampler, point),
        Level(Factor.Optimizer, point), Level(Factor.Time, point), PrecisionWords.FromWord(Level(Factor.Precision, point).Kind)!.Value);

    /// <summary>The point with the first level of each factor and the catalog's defaults; null where a range has no default.</summary>
    public SpacePoint? Default()
    {
        var values = new SpecValue?[_rows.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var counts = Space.Dimensions[i].When is not { } when || when.Value == 0;
            values[i] = _rows[i].Owner is { } owner ? (counts ? owner.Ranges[_rows[i].Range].Default : null) : ((DimensionScale.Choice)Space.Dimensions[i].Scale).Values[0];
            if (counts && values[i] is null)
            {
                return null;
            }
        }

        return new([.. values]);
    }

    private Level Level(Factor factor, SpacePoint point)
    {
        var spaces = _levels[factor];
        var chosen = spaces[0];
        if (spaces.Length > 1)
        {
            var row = _rows.IndexOf(_rows.First(candidate => candidate.Factor == factor && candidate.Owner is null));
            chosen = spaces[((DimensionScale.Choice)Space.Dimensions[row].Scale).Values.IndexOf(point.Values[row]!)];
        }

        return chosen.Ranges.IsEmpty ? chosen.Level : chosen.With(
            [.. _rows.Index().Where(row => ReferenceEquals(row.Item.Owner, chosen)).Select(row => point.Values[row.Index]!)]);
    }

    /// <summary>Which of several levels a range belongs to.</summary>
    private static string Which(ImmutableArray<LevelSpace> spaces, int level)
    {
        var kind = spaces[level].Level.Kind;
        return spaces.Length == 1 ? ""
            : spaces.Count(other => other.Level.Kind == kind) == 1 ? $"[{kind}]"
            : FormattableString.Invariant($"[{kind} {level + 1}]");
    }
}
