using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Model;

/// <summary>An n/a cell and why.</summary>
/// <param name="Name">The levels that vary in the study.</param>
/// <param name="Reason">Why the cell is not trained.</param>
public sealed record NotApplicableNote(string Name, string Reason);

/// <summary>What a reader must know before the first number.</summary>
/// <param name="Study">Name of the study.</param>
/// <param name="Hash">SHA-256 of the plan.</param>
/// <param name="Metric">The primary metric: <c>relative_l2</c>, <c>max_error</c>, <c>mse</c> or <c>residual_l2</c>.</param>
/// <param name="Seeds">The replicates.</param>
/// <param name="Levels">Labels of every factor in the order of the study file.</param>
/// <param name="Budget">Of every trial without an exception.</param>
/// <param name="ConvergedBelow">Threshold of <see cref="TrialStatus.Converged"/>.</param>
/// <param name="Control">Label of the control; null where the study names none.</param>
/// <param name="ControlFactor">The factor that the control is a level of.</param>
/// <param name="Planned">Trials planned.</param>
/// <param name="Counts">Trials by what became of them, zero counts included.</param>
/// <param name="FaultsRetried">Attempts that infrastructure ended and that were retried.</param>
/// <param name="NotApplicable">Cells that are not trained.</param>
/// <param name="Engines">Engines seen in the results.</param>
/// <param name="Machines">Machines seen in the results.</param>
/// <param name="Commits">Commits seen in the results.</param>
/// <param name="Versions">Library versions seen, each as <c>name version</c>.</param>
/// <param name="Started">When the first finished trial started; null where none has finished.</param>
/// <param name="Finished">When the last finished trial ended.</param>
public sealed record ReportHeader(
    string Study,
    string Hash,
    string Metric,
    ImmutableArray<long> Seeds,
    ImmutableSortedDictionary<Factor, ImmutableArray<string>> Levels,
    Budget Budget,
    double ConvergedBelow,
    string? Control,
    Factor? ControlFactor,
    int Planned,
    ImmutableSortedDictionary<TrialStatus, int> Counts,
    int FaultsRetried,
    ImmutableArray<NotApplicableNote> NotApplicable,
    ImmutableArray<string> Engines,
    ImmutableArray<string> Machines,
    ImmutableArray<string> Commits,
    ImmutableArray<string> Versions,
    DateTimeOffset? Started,
    DateTimeOffset? Finished)
{
    /// <summary>Methods that set several factors; null where levels are compared as they are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NamedMethods? Methods { get; init; }

    /// <summary>What a reader has to know of the methods, for instance a patent claim; from the plan and from the results.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>Cards seen in the results, each with its driver and kernels; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Devices { get; init; }

    /// <summary>What was promised of studies of this name; null where nothing was locked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<StudyLock>? Locks { get; init; }

    /// <summary>
    /// Seeds of which no trial is missing; null where none is missing at all. Trials are granted seed by seed, so methods compare at these
    /// before the study is done.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<long>? CompleteSeeds { get; init; }

    /// <summary>The same in words.</summary>
    [JsonIgnore]
    public string? CompleteSeedsText => CompleteSeeds is not { } complete ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"seeds complete in every cell: {complete.Length} of {Seeds.Length}{(complete.IsEmpty ? "" : $" ({string.Join(", ", complete.Select(seed => seed.ToString(CultureInfo.InvariantCulture)))})")}");

    /// <summary>Trials with an accepted result.</summary>
    public int FinishedCount => Planned - Counts[TrialStatus.Unfinished] - Counts[TrialStatus.Quarantined];

    /// <summary>What the metric is called in headings.</summary>
    public string MetricName => MetricWords.Name(Metric);

    /// <summary>Other budgets than <see cref="Budget"/>, each with whose it is.</summary>
    public ImmutableArray<(Budget Budget, string Cells)> OtherBudgets { get; init; } = [];

    /// <summary>The budget in words.</summary>
    public string BudgetText => OtherBudgets.IsEmpty
        ? TextOf(Budget)
        : $"{TextOf(Budget)} ({string.Join("; ", OtherBudgets.Select(other => $"{TextOf(other.Budget)} for {other.Cells}"))})";

    /// <summary>The header of a study.</summary>
    public static ReportHeader Of(StudyResults results, ImmutableArray<ReportTrial> trials)
    {
        var (plan, spec) = (results.Plan, results.Plan.Spec);
        var levels = FactorWords.All.ToImmutableSortedDictionary(factor => factor, factor => StudyLabels.Of(plan, factor));
        var evidence = trials.Where(trial => trial.Result is not null).Select(trial => trial.Result!.Evidence).ToArray();
        ImmutableArray<string> Seen(Func<Evidence, IEnumerable<string>> of) => [.. evidence.SelectMany(of).Distinct().Order(StringComparer.Ordinal)];

        return new(
            spec.Name,
            plan.Hash,
            spec.Metric,
            spec.Seeds,
            levels,
            spec.Budget,
            spec.ConvergedBelow,
            StudyLabels.Control(plan),
            spec.Control?.Factor,
            trials.Length,
            Enum.GetValues<TrialStatus>().ToImmutableSortedDictionary(status => status, status => trials.Count(trial => trial.Status == status)),
            results.FaultsRetried,
            [.. plan.NotApplicable.Select(cell => new NotApplicableNote(NameOf(cell, levels), cell.Reason))],
            Seen(e => [e.Engine]),
            Seen(e => [e.Machine]),
            Seen(e => [e.Commit]),
            Seen(e => e.Versions.Select(version => $"{version.Key} {version.Value}")),
            evidence.Length > 0 ? evidence.Min(e => e.Started) : null,
            evidence.Length > 0 ? evidence.Max(e => e.Finished) : null)
        {
            OtherBudgets = Others(plan),
            Methods = spec.Methods,
            Devices = Seen(e => e.Device is { } device ? [device.ToString()] : []) is { IsEmpty: false } devices ? devices : null,
            CompleteSeeds = trials.Any(trial => trial.Status == TrialStatus.Unfinished)
                ? [.. spec.Seeds.Except(trials.Where(trial => trial.Status == TrialStatus.Unfinished).Select(trial => trial.Seed))]
                : null,
            Notices =
            [
                .. plan.Notices.Union(trials.Where(trial => trial.Result is not null).SelectMany(trial => trial.Result!.Notices)),
                .. spec.Control is { } control && StudyLabels.Control(plan) is null
                    ? [$"The control ({control.Factor.ToWord()} {control.Level.Kind}) is n/a in every cell; nothing is compared with it."]
                    : Array.Empty<string>(),
                .. results.Damaged.Select(trial => $"The stored result of trial {trial.Key.Short} (attempt {trial.Attempt}) can no longer be read and is left out: {trial.What}. The same run trains it again."),
            ],
        };
    }

    private static string TextOf(Budget budget) => budget.Steps is { } steps
        ? string.Create(CultureInfo.InvariantCulture, $"{steps:N0} steps")
        : $"{NumberText.Duration(budget.Seconds!.Value)} of training";

    private static ImmutableArray<(Budget, string)> Others(StudyPlan plan)
    {
        var groups = plan.Trials.GroupBy(trial => trial.Description.Budget, trial => plan.Cells[trial.CellIndex]).OrderBy(group => group.Key.Steps ?? group.Key.Seconds).ToArray();
        return [.. groups.Where(group => group.Key != plan.Spec.Budget).Select(group => (group.Key, Whose(groups, group)))];
    }

    /// <summary>The labels of the first factor whose levels tell the budget, or the number of cells.</summary>
    private static string Whose(IEnumerable<IGrouping<Budget, Cell>> groups, IGrouping<Budget, Cell> group)
    {
        string[] Labels(IEnumerable<Cell> cells, Factor factor) => [.. cells.Select(cell => StudyLabels.Of(cell.Levels, cell.Labels, factor)).Distinct()];
        var telling = FactorWords.All.Select(factor => (Factor?)factor)
            .FirstOrDefault(factor => !Labels(groups.Where(other => other != group).SelectMany(other => other), factor!.Value).Intersect(Labels(group, factor.Value)).Any());
        var count = group.Distinct().Count();
        return telling is { } factor ? string.Join(", ", Labels(group, factor)) : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "cell" : "cells")}");
    }

    private static string NameOf(NotApplicableCell cell, ImmutableSortedDictionary<Factor, ImmutableArray<string>> levels)
    {
        var varying = levels.Where(pair => pair.Value.Length > 1).Select(pair => pair.Key).DefaultIfEmpty(Factor.Problem);
        return string.Join(", ", varying.Select(factor => StudyLabels.Of(cell.Levels, cell.Labels, factor)));
    }
}
