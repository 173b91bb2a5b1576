using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Views;

/// <summary>Trials that a matrix shows in one place, before that place has a row and a column.</summary>
/// <param name="Levels">Levels of all factors; of several points those of the study file.</param>
/// <param name="Labels">What tables call them; a factor that is missing is called by its kind.</param>
/// <param name="Suffix">What comes after the label of the row.</param>
/// <param name="Reason">Why it is not trained; null where it is.</param>
/// <param name="Trials">Its trials.</param>
internal sealed record PlacedCell(CellLevels Levels, ImmutableSortedDictionary<Factor, string> Labels, string Suffix, string? Reason, ImmutableArray<TrialView> Trials)
{
    /// <summary>What tables call a level.</summary>
    public string Label(Factor factor) => Labels.TryGetValue(factor, out var label) ? label : Levels[factor].Kind;
}
