using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Views;

/// <summary>Which trials of a study are wanted, and in which order.</summary>
internal sealed record TrialQuery
{
    /// <summary>The words by which trials are told apart: phases of unfinished trials, outcomes of finished ones.</summary>
    public static readonly ImmutableArray<string> States =
        ["waiting", "running", "accepted", "quarantined", "cancelled", "converged", "stalled", "trivial", "diverged"];

    /// <summary>What trials can be sorted by; with a minus in front, the other way round.</summary>
    public static readonly ImmutableArray<string> Sorts = ["plan", "error", "seconds", "steps", "faults", "accepted", "seed", "worker"];

    /// <summary>States of which a trial has one; empty takes all.</summary>
    public ImmutableArray<string> State { get; init; } = [];

    /// <summary>The number of a cell of the matrix; null takes all.</summary>
    public int? Cell { get; init; }

    /// <summary>Levels that a trial has: of each factor that is named one of those named.</summary>
    public ImmutableArray<(Factor Factor, string Label)> Where { get; init; } = [];

    /// <summary>The seed of a trial; null takes all.</summary>
    public long? Seed { get; init; }

    /// <summary>The word that it is sorted by.</summary>
    public string Sort { get; init; } = "plan";

    /// <summary>Whether the largest come first.</summary>
    public bool IsDescending { get; init; }

    /// <summary>Reads what people write.</summary>
    /// <param name="state">States, with commas between them.</param>
    /// <param name="cell">The number of a cell.</param>
    /// <param name="where">Each FACTOR=LABEL.</param>
    /// <param name="seed">A seed.</param>
    /// <param name="sort">One of <see cref="Sorts"/>, with a minus in front for the other way round.</param>
    /// <param name="prefix">What stands before the names in messages: <c>--</c> on the command line.</param>
    /// <exception cref="UserMistakeException">One of them means nothing.</exception>
    public static TrialQuery Parse(string? state, int? cell, IReadOnlyCollection<string> where, long? seed, string? sort, string prefix = "")
    {
        var word = sort is ['-', .. var rest] ? rest : sort ?? "plan";
        return Sorts.Contains(word)
            ? new()
            {
                State = [.. (state ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(one => StateOf(one, prefix))],
                Cell = cell,
                Where = [.. where.Select(pair => LevelOf(pair, prefix))],
                Seed = seed,
                Sort = word,
                IsDescending = sort is ['-', ..],
            }
            : throw new UserMistakeException($"{prefix}sort {NearestMatch.Quote(word)}: trials are sorted by {string.Join(", ", Sorts)}{NearestMatch.Hint(word, Sorts)}");
    }

    /// <summary>The trials that are wanted. What a trial lacks comes last, whichever way it is sorted.</summary>
    /// <exception cref="UserMistakeException">The study has no such cell or level.</exception>
    public IReadOnlyList<TrialView> Of(StudyView study)
    {
        foreach (var (factor, label) in Where)
        {
            var labels = study.Plan.Cells.Select(cell => LabelOf(cell, factor)).Distinct().ToList();
            if (!labels.Contains(label))
            {
                throw new UserMistakeException($"{NearestMatch.Quote(label)} is no {factor.ToWord()} of study '{study.Plan.Spec.Name}'{NearestMatch.Hint(label, labels)}");
            }
        }

        if (Cell is { } number && (number < 0 || number >= study.Cells.Length))
        {
            throw new UserMistakeException($"cell {number}: study '{study.Plan.Spec.Name}' has {(study.Cells.IsEmpty ? "no cells yet" : $"the cells 0 to {study.Cells.Length - 1}")}");
        }

        IEnumerable<TrialView> trials = Cell is { } one ? study.Cells[one].Trials : study.Trials;
        return Sorted(trials.Where(trial => IsWanted(trial, study.Plan)));
    }

    /// <summary>What a table calls the level of a cell.</summary>
    public static string LabelOf(Cell cell, Factor factor) => cell.Labels.TryGetValue(factor, out var label) ? label : cell.Levels[factor].Kind;

    private bool IsWanted(TrialView trial, StudyPlan plan) =>
        (State.IsEmpty || State.Contains(trial.Phase) || (trial.Outcome is { } outcome && State.Contains(outcome)))
        && (Seed is null || trial.Planned.Description.Seed == Seed)
        && Where.All(level => Where.Any(other => other.Factor == level.Factor && LabelOf(plan.Cells[trial.Planned.CellIndex], other.Factor) == other.Label));

    private List<TrialView> Sorted(IEnumerable<TrialView> trials) => Sort switch
    {
        "error" => By(trials, trial => trial.RelativeL2),
        "seconds" => By(trials, trial => trial.Seconds),
        "steps" => By(trials, trial => (double?)trial.Step),
        "faults" => By(trials, trial => (double?)trial.Faults),
        "accepted" => By(trials, trial => (double?)trial.AcceptedAt?.UtcTicks),
        "seed" => By(trials, trial => (double?)trial.Planned.Description.Seed),
        "worker" => [.. (IsDescending ? trials.OrderBy(trial => trial.Worker is null).ThenByDescending(trial => trial.Worker, StringComparer.Ordinal) : trials.OrderBy(trial => trial.Worker is null).ThenBy(trial => trial.Worker, StringComparer.Ordinal)).ThenBy(trial => trial.Position)],
        _ => IsDescending ? [.. trials.OrderByDescending(trial => trial.Position)] : [.. trials.OrderBy(trial => trial.Position)],
    };

    private List<TrialView> By(IEnumerable<TrialView> trials, Func<TrialView, double?> value)
    {
        var known = trials.OrderBy(trial => value(trial) is null);
        return [.. (IsDescending ? known.ThenByDescending(value) : known.ThenBy(value)).ThenBy(trial => trial.Position)];
    }

    private static string StateOf(string word, string prefix) => States.Contains(word)
        ? word
        : throw new UserMistakeException($"{prefix}state {NearestMatch.Quote(word)}: a trial is {string.Join(", ", States)}{NearestMatch.Hint(word, States)}");

    private static (Factor Factor, string Label) LevelOf(string pair, string prefix)
    {
        var sign = pair.IndexOf('=', StringComparison.Ordinal);
        if (sign <= 0)
        {
            throw new UserMistakeException($"{prefix}where {NearestMatch.Quote(pair)}: expected FACTOR=LEVEL, for instance network=mlp");
        }

        return FactorWords.FromWord(pair[..sign]) is { } factor
            ? (factor, pair[(sign + 1)..])
            : throw new UserMistakeException($"{prefix}where {NearestMatch.Quote(pair)}: no factor is called {NearestMatch.Quote(pair[..sign])}{NearestMatch.Hint(pair[..sign], FactorWords.All.Select(known => known.ToWord()))}");
    }
}
