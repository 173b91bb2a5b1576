using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Replication;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>One comparison of a study that is replicated until it is decided.</summary>
/// <param name="Method">Which method.</param>
/// <param name="Control">Against which.</param>
/// <param name="On">Where: the labels of all other factors that vary; the problem where none does.</param>
/// <param name="Known">What the last look showed; null before the first.</param>
internal sealed record LookComparison(string Method, string Control, string On, ComparisonDecision? Known)
{
    /// <summary>The label of its problem.</summary>
    public string Problem { get; init; } = "";

    /// <summary>How it stands.</summary>
    public Verdict Verdict => Known?.Verdict ?? Verdict.Open;

    /// <summary>The same for people.</summary>
    public string Words => Verdict == Verdict.Undecided ? "undecided at the last look" : Verdict.ToString().ToLowerInvariant();
}

/// <summary>One look.</summary>
/// <param name="Look">From 0.</param>
/// <param name="Seeds">Per cell.</param>
/// <param name="Decided">Comparisons that it decided, by verdict.</param>
/// <param name="Open">Comparisons that go on after it.</param>
internal sealed record LookTaken(int Look, int Seeds, ImmutableSortedDictionary<Verdict, int> Decided, int Open);

/// <summary>The looks of a study, and what they cost.</summary>
/// <param name="Spec">As declared.</param>
/// <param name="Comparisons">Each once.</param>
/// <param name="Looks">Those taken.</param>
/// <param name="Spent">Trials of the evaluation that were planned so far.</param>
/// <param name="Fixed">Trials of all cells with the seeds of the last look.</param>
internal sealed record LooksReport(ReplicateSpec Spec, ImmutableArray<LookComparison> Comparisons, ImmutableArray<LookTaken> Looks, int Spent, int Fixed)
{
    /// <summary>How many comparisons Holm's correction is over, those on void problems among them.</summary>
    public int Family { get; init; } = Comparisons.Length;

    /// <summary>The looks of a study; null where it has none.</summary>
    public static LooksReport? Of(StudyPlan plan)
    {
        if (plan.Spec.Replicate is not { } spec)
        {
            return null;
        }

        var labels = Labels(plan);
        var factor = Studies.Planning.Stages.Comparisons.FactorOf(plan.Spec);
        Factor[] others = [.. FactorWords.All.Where(other => other != factor && labels.Values.Select(cell => cell[other]).Distinct().Count() > 1)];
        var taken = plan.Stages.Where(stage => !stage.Comparisons.IsEmpty).ToArray();
        var pairs = taken.Length > 0
            ? taken[^1].Comparisons.Select(known => (known.Method, known.Control, Known: (ComparisonDecision?)known))
            : Studies.Planning.Stages.Comparisons.Of(plan).Select(pair => (pair.Method, pair.Control, Known: (ComparisonDecision?)null));
        var seeds = plan.Spec.Seeds.ToHashSet();
        var evaluation = plan.Trials.Where(trial => seeds.Contains(trial.Description.Seed)).ToArray();
        return new(
            spec,
            [.. pairs.Select(pair => new LookComparison(labels[pair.Method][factor!.Value], labels[pair.Control][factor.Value], string.Join(", ", others.DefaultIfEmpty(Factor.Problem).Select(other => labels[pair.Method][other])), pair.Known) { Problem = labels[pair.Method][Factor.Problem] })],
            [
                .. taken.Select((stage, look) => new LookTaken(
                    look,
                    spec.Looks[look],
                    stage.Comparisons.Where(known => known.Look == look && known.Verdict != Verdict.Open).GroupBy(known => known.Verdict).ToImmutableSortedDictionary(group => group.Key, group => group.Count()),
                    stage.Comparisons.Count(known => known.Verdict == Verdict.Open))),
            ],
            evaluation.Length,
            spec.Looks[^1] * (plan.Spec.Tune is null ? plan.Cells.Length : evaluation.Select(trial => trial.CellIndex).Distinct().Count()));
    }

    // A tuned cell is called as its default is.
    private static Dictionary<int, ImmutableSortedDictionary<Factor, string>> Labels(StudyPlan plan) => plan.Spec.Tune is null
        ? plan.Cells.Select((cell, index) => (cell, index)).ToDictionary(cell => cell.index, cell => Labels(cell.cell.Levels, cell.cell.Labels))
        : Studies.Planning.Stages.Comparisons.Evaluated(plan).DistinctBy(pair => pair.Chosen)
            .ToDictionary(pair => pair.Chosen, pair => Labels(plan.Searches[pair.Search].Default, plan.Searches[pair.Search].Labels));

    private static ImmutableSortedDictionary<Factor, string> Labels(CellLevels levels, ImmutableSortedDictionary<Factor, string> own) =>
        FactorWords.All.ToImmutableSortedDictionary(factor => factor, factor => StudyLabels.Of(levels, own, factor));
}
