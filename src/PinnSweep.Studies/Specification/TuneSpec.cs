using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Specification;

/// <summary>A design over the ranges of a study that searches for nothing.</summary>
/// <param name="Kind">How points are chosen.</param>
/// <param name="Count">Points of each combination of levels that has ranges.</param>
/// <param name="Seed">Of the design.</param>
public sealed record DesignSpec(DesignKind Kind, int Count, long Seed);

/// <summary>The points of a design in one space.</summary>
/// <param name="Space">What is varied.</param>
/// <param name="Points">Its points.</param>
/// <param name="Combinations">How many combinations of levels have these ranges, and so these points.</param>
public sealed record DesignedSpace(SearchSpace Space, ImmutableArray<SpacePoint> Points, int Combinations);

/// <summary>A search in each of some combinations of levels, all with the same purse.</summary>
/// <param name="Each">The factors whose levels each have a search of their own; levels of the others are choices within a search.</param>
/// <param name="Design">How points are proposed.</param>
/// <param name="Trials">Proposals of each search in all; null where the purse is one of seconds.</param>
/// <param name="Seconds">Training time of each search; null where the purse is one of trials.</param>
/// <param name="FirstIsDefault">Whether the first proposal of a search is what the catalog has as default.</param>
/// <param name="Seeds">Every proposal is trained with these, which the evaluation never sees.</param>
/// <param name="By">The metric that is minimized.</param>
/// <param name="Rungs">Successive halving; null trains every proposal to the end.</param>
/// <param name="Generation">Proposals at a time where a design learns, or the purse is one of seconds.</param>
/// <param name="Seed">Of the proposals.</param>
public sealed record TuneSpec(
    ImmutableArray<Factor> Each,
    DesignKind Design,
    int? Trials,
    double? Seconds,
    bool FirstIsDefault,
    ImmutableArray<long> Seeds,
    string By,
    RungSpec? Rungs,
    int Generation,
    long Seed)
{
    /// <summary>Whether it learns from what no user of a method has: the true solution.</summary>
    [JsonIgnore]
    public bool IsOnTheTruth => By != CurvePoint.ResidualL2;
}

/// <summary>Successive halving: at each rung only the best go on.</summary>
/// <param name="Steps">Optimizer steps at the end of each rung, growing; the last is the budget of the tuning's trials.</param>
/// <param name="Keep">The share that goes on.</param>
public sealed record RungSpec(ImmutableArray<int> Steps, double Keep);
