using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Views;

/// <summary>
/// Two studies side by side: which cells both have, which numbers changed, by how much, and why. A pure function of both as they stand and
/// of what was looked up of their results.
/// </summary>
/// <param name="First">The first study.</param>
/// <param name="Second">The second.</param>
/// <param name="Common">What is otherwise in every cell that changed.</param>
/// <param name="Changed">Cells whose numbers changed, the largest change first.</param>
/// <param name="Unchanged">Cells whose numbers are the same to the bit.</param>
/// <param name="OnlyFirst">Cells that only the first study has.</param>
/// <param name="OnlySecond">Cells that only the second has.</param>
/// <param name="Warnings">Trials of one key with other numbers: the same description must give the same bits on one kind of machine.</param>
/// <param name="NotCompared">What was not looked at.</param>
internal sealed record StudyComparison(
    ComparedStudy First,
    ComparedStudy Second,
    ImmutableArray<StudyDifference> Common,
    ImmutableArray<CellComparison> Changed,
    int Unchanged,
    ImmutableArray<string> OnlyFirst,
    ImmutableArray<string> OnlySecond,
    ImmutableArray<string> Warnings,
    ImmutableArray<string> NotCompared)
{
    private const int CellsLookedUp = 8;
    private const int Warned = 5;

    /// <summary>The results that tell why numbers changed: of each cell that did all, or of the largest changes the first that both have.</summary>
    public static (ImmutableArray<TrialKey> First, ImmutableArray<TrialKey> Second) ToLookUp(StudyView first, StudyView second, bool isFull)
    {
        var nothing = ImmutableDictionary<TrialKey, Evidence>.Empty;
        var changed = ComparedCells.Of(first, second).Both
            .Select(cells => (Cells: cells, Size: CellComparison.Of(cells, nothing, nothing)?.Size()))
            .Where(cell => cell.Size is not null).OrderByDescending(cell => cell.Size)
            .Select(cell => cell.Cells).Take(isFull ? int.MaxValue : CellsLookedUp).ToArray();
        return (
            [.. changed.SelectMany(cells => Keys(cells.First, isFull, cells.Pairs.Where(pair => !CellComparison.IsSame(pair.First, pair.Second)).Select(pair => pair.First)))],
            [.. changed.SelectMany(cells => Keys(cells.Second, isFull, cells.Pairs.Where(pair => !CellComparison.IsSame(pair.First, pair.Second)).Select(pair => pair.Second)))]);
    }

    /// <summary>The comparison.</summary>
    /// <param name="first">The first study.</param>
    /// <param name="second">The second.</param>
    /// <param name="ofFirst">Evidence of results of the first, as far as it was looked up.</param>
    /// <param name="ofSecond">The same of the second.</param>
    /// <param name="isFull">Whether all that changed was looked up.</param>
    public static StudyComparison Of(
        StudyView first, StudyView second, IReadOnlyDictionary<TrialKey, Evidence> ofFirst, IReadOnlyDictionary<TrialKey, Evidence> ofSecond, bool isFull)
    {
        var (both, onlyFirst, onlySecond) = ComparedCells.Of(first, second);
        ImmutableArray<CellComparison> changed =
            [.. both.Select(cells => CellComparison.Of(cells, ofFirst, ofSecond)).OfType<CellComparison>().OrderByDescending(cell => cell.Size()).ThenBy(cell => cell.Cell, StringComparer.Ordinal)];
        var common = Throughout(changed, isFull);
        return new(
            ComparedStudy.Of(first),
            ComparedStudy.Of(second),
            common,
            [.. changed.Select(cell => cell with { Why = [.. cell.Why.Except(common)] })],
            both.Length - changed.Length,
            onlyFirst,
            onlySecond,
            [.. Determinism(both, ofFirst, ofSecond)],
            [.. NotLookedAt(first, second, changed, isFull)]);
    }

    private static ImmutableArray<StudyDifference> Throughout(ImmutableArray<CellComparison> changed, bool isFull)
    {
        // Evidence was looked up of the first few alone; what it says of those is said of all, and that it is so is told.
        var told = changed.Take(isFull ? changed.Length : CellsLookedUp).Select(cell => cell.Why.AsEnumerable()).ToArray();
        return told.Length < 2 ? [] : [.. told.Aggregate((one, other) => one.Intersect(other))];
    }

    private static IEnumerable<TrialKey> Keys(CellView cell, bool isFull, IEnumerable<TrialView> changed) => isFull
        ? cell.Trials.Where(trial => trial.Outcome is not null).Select(trial => trial.Planned.Key)
        : changed.Concat(cell.Trials).Where(trial => trial.Outcome is not null).Take(1).Select(trial => trial.Planned.Key);

    private static IEnumerable<string> Determinism(ImmutableArray<ComparedCells> both, IReadOnlyDictionary<TrialKey, Evidence> first, IReadOnlyDictionary<TrialKey, Evidence> second)
    {
        var odd = both.SelectMany(cells => cells.Pairs)
            .Where(pair => pair.First.Planned.Key == pair.Second.Planned.Key && pair is { First.Outcome: not null, Second.Outcome: not null } && !CellComparison.IsSame(pair.First, pair.Second))
            .ToArray();
        foreach (var (left, right) in odd.Take(Warned))
        {
            var key = left.Planned.Key;
            var (mine, theirs) = (first.GetValueOrDefault(key), second.GetValueOrDefault(key));
            var excuse = mine is null || theirs is null ? ""
                : mine.Engine != theirs.Engine ? $"; engines {mine.Engine} and {theirs.Engine}"
                : mine.Machine != theirs.Machine ? $"; machines {mine.Machine} and {theirs.Machine}"
                : mine.Commit != theirs.Commit ? $"; commits {mine.Commit} and {theirs.Commit}"
                : "; on one machine with one engine and commit, which must not be";
            yield return string.Create(CultureInfo.InvariantCulture, $"trial {key.Short} has one description and two numbers: {left.Outcome} {left.RelativeL2:R} and {right.Outcome} {right.RelativeL2:R}{excuse}");
        }

        if (odd.Length > Warned)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"and {odd.Length - Warned} more trials like that");
        }
    }

    private static IEnumerable<string> NotLookedAt(StudyView first, StudyView second, ImmutableArray<CellComparison> changed, bool isFull)
    {
        if (!isFull && changed.Length > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"commit, engine and machine were looked up of one trial of {(changed.Length <= CellsLookedUp ? "each cell that changed" : $"the {CellsLookedUp} cells that changed most")}; --full looks at all of them");
        }

        foreach (var study in ((StudyView[])[first, second]).Where(study => !study.Searched.IsEmpty))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{study.Searched.Length} trials of searches of {study.Plan.Spec.Name} are in no cell");
        }

        if (first.Plan.Spec.Metric != "relative_l2" || second.Plan.Spec.Metric != "relative_l2")
        {
            yield return "numbers are relative L2 errors, whatever metric the studies name";
        }
    }
}

/// <summary>One of two studies.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Trials">Its trials.</param>
/// <param name="Done">Those with a result.</param>
internal sealed record ComparedStudy(string Name, string Hash, int Trials, int Done)
{
    public static ComparedStudy Of(StudyView study) => new(study.Plan.Spec.Name, study.Plan.Hash, study.Trials.Length, study.Trials.Count(trial => trial.Outcome is not null));
}
