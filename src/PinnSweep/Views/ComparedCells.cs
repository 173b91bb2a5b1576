using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Views;

/// <summary>The cells of two studies that are each other's counterpart, and their trials that are.</summary>
/// <param name="Name">What both call the cell.</param>
/// <param name="First">The cell of the first study.</param>
/// <param name="Second">The cell of the second.</param>
/// <param name="Pairs">Trials of one key, else of one seed.</param>
internal sealed record ComparedCells(string Name, CellView First, CellView Second, ImmutableArray<(TrialView First, TrialView Second)> Pairs)
{
    /// <summary>
    /// The cells that both studies have, in the order of the first, and the names of those that one has alone. Cells belong together by the
    /// labels of the factors that vary in either study: what is one and the same throughout a study may be another in the other, and is a
    /// reason of what changed.
    /// </summary>
    public static (ImmutableArray<ComparedCells> Both, ImmutableArray<string> OnlyFirst, ImmutableArray<string> OnlySecond) Of(StudyView first, StudyView second)
    {
        var varying = FactorWords.All.Where(factor => Varies(first, factor) || Varies(second, factor)).ToArray();
        var told = varying.Length == 0 ? [first.Axes.Rows, first.Axes.Columns] : varying;
        var (left, right) = (Named(first), Named(second));
        return (
            [.. left.Where(cell => right.ContainsKey(cell.Key)).Select(cell => new ComparedCells(cell.Key, cell.Value, right[cell.Key], Pair(cell.Value, right[cell.Key])))],
            [.. left.Keys.Where(name => !right.ContainsKey(name))],
            [.. right.Keys.Where(name => !left.ContainsKey(name))]);

        // Where nothing varies there is one cell each, whatever it is called.
        OrderedDictionary<string, CellView> Named(StudyView study)
        {
            var named = new OrderedDictionary<string, CellView>(StringComparer.Ordinal);
            foreach (var cell in study.Cells.Where(cell => cell.NotApplicable is null))
            {
                var suffix = cell.Row[cell.Labels[study.Axes.Rows].Length..];
                named.TryAdd(varying.Length == 0 ? $"the only cell{suffix}" : string.Join(" · ", told.Select(factor => cell.Labels[factor])) + suffix, cell);
            }

            return named;
        }
    }

    private static bool Varies(StudyView study, Factor factor) => study.Cells.Select(cell => cell.Labels[factor]).Distinct().Skip(1).Any();

    private static ImmutableArray<(TrialView First, TrialView Second)> Pair(CellView first, CellView second)
    {
        var byKey = second.Trials.ToDictionary(trial => trial.Planned.Key);
        var pairs = first.Trials.Where(trial => byKey.ContainsKey(trial.Planned.Key)).Select(trial => (trial, byKey[trial.Planned.Key])).ToList();
        var taken = pairs.Select(pair => pair.trial.Planned.Key).ToHashSet();
        var left = first.Trials.Where(trial => !taken.Contains(trial.Planned.Key)).ToLookup(trial => trial.Planned.Description.Seed);
        var right = second.Trials.Where(trial => !taken.Contains(trial.Planned.Key)).ToLookup(trial => trial.Planned.Description.Seed);
        // Several trials of a seed are points of a design, which come in its order; of another number of points nothing says which is which.
        pairs.AddRange(left.Where(seed => seed.Count() == right[seed.Key].Count()).SelectMany(seed => seed.Zip(right[seed.Key])));
        return [.. pairs.OrderBy(pair => pair.Item1.Position)];
    }
}
