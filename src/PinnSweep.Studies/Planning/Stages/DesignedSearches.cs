using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>The combinations of levels that a design was laid over, seen as searches in which nobody chooses.</summary>
public static class DesignedSearches
{
    /// <summary>The cells of a combination, in the order of the design's points: numbers in <see cref="StudyPlan.Cells"/>, −1 where a point's
    /// cell is left out.</summary>
    public static ImmutableArray<int> CellsOf(StudyPlan plan, PlannedSearch combination)
    {
        var design = plan.Spec.Design!;
        var cells = plan.Cells.Select((cell, index) => (cell.Levels, index)).ToDictionary(cell => cell.Levels, cell => cell.index);
        return
        [
            .. SpaceDesign.Points(combination.Space.Space, design.Kind, design.Count, design.Seed)
                .Select(point => cells.GetValueOrDefault(combination.Space.At(point), -1)),
        ];
    }

    /// <summary>Of a plan whose cells are made; a level with ranges is called by its kind, and by its place where another is of that kind.</summary>
    internal static ImmutableArray<PlannedSearch> Of(StudyPlan plan)
    {
        var spec = plan.Spec;
        var levels = FactorWords.All.ToDictionary(
            factor => factor, factor => spec.DesignedOver.Select(combination => combination[factor][0]).Distinct().ToList());
        var labels = plan.Cells.SelectMany(cell => FactorWords.All.Select(factor => (factor, Level: cell.Levels[factor], Label: cell.Labels[factor])))
            .DistinctBy(one => (one.factor, one.Level)).ToDictionary(one => (one.factor, one.Level), one => one.Label);
        string Label(Factor factor, LevelSpace space) =>
            space.Ranges.IsEmpty && labels.TryGetValue((factor, space.Level), out var label) ? label
            : levels[factor].Count(other => other.Level.Kind == space.Level.Kind) == 1 ? space.Level.Kind
            : FormattableString.Invariant($"{space.Level.Kind} {levels[factor].IndexOf(space) + 1}");
        return
        [
            .. from combination in spec.DesignedOver
               let own = FactorWords.All.ToImmutableSortedDictionary(factor => factor, factor => Label(factor, combination[factor][0]))
               let told = FactorWords.All.Where(factor => levels[factor].Count > 1).Select(factor => own[factor]).ToList()
               select new PlannedSearch(string.Join(", ", told.DefaultIfEmpty(own[Factor.Problem])), own, combination),
        ];
    }
}
