using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>One search of a study that tunes.</summary>
/// <param name="Name">What it belongs to, for people: the labels of the levels that have a search of their own.</param>
/// <param name="Labels">The labels of its default cell.</param>
/// <param name="Levels">The levels of each factor with their ranges; several where the search chooses among them, the default first.</param>
public sealed record PlannedSearch(
    string Name, ImmutableSortedDictionary<Factor, string> Labels, ImmutableSortedDictionary<Factor, ImmutableArray<LevelSpace>> Levels)
{
    private SpaceOfCells? _space;

    /// <summary>What it varies.</summary>
    [JsonIgnore]
    public SpaceOfCells Space => _space ??= SpaceOfCells.Of(Levels);

    /// <summary>The cell with the catalog's defaults, or where a range has none with its first value: what is compared with the tuned
    /// one.</summary>
    [JsonIgnore]
    public CellLevels Default => new(
        First(Factor.Problem), First(Factor.Network), First(Factor.Balancer), First(Factor.Sampler), First(Factor.Optimizer), First(Factor.Time),
        PrecisionWords.FromWord(First(Factor.Precision).Kind)!.Value);

    /// <summary>Its rules.</summary>
    internal SearchPlan PlanOf(TuneSpec tune) => new(
        tune.Design,
        Space.Space.Dimensions.IsEmpty ? 1 : tune.Trials ?? int.MaxValue,
        tune.Seed,
        tune.Generation,
        tune.FirstIsDefault || Space.Space.Dimensions.IsEmpty ? Space.Default() : null);

    private Values.Level First(Factor factor) => Levels[factor][0].Level;
}
