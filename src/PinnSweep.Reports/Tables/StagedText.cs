using System.Globalization;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Replication;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Tables;

/// <summary>What a reader must know of a study in stages before its numbers.</summary>
internal static class StagedText
{
    /// <summary>Sentences for the head of a report, one a paragraph.</summary>
    public static IEnumerable<string> Of(StudyReport report)
    {
        var staged = report.Staged!;
        if (staged.Tune is { } tune)
        {
            yield return $"Tuned with an equal purse: {Purse(staged, tune)}";
            if (tune.IsOnTheTruth)
            {
                yield return $"Warning: tuned on the truth. The searches chose by the {MetricWords.Name(tune.By)}, which nobody has who does not know the solution already; what tuning gains here is more than a user can get.";
            }

            yield return Progress(staged);
        }

        if (staged.Looks is { } looks)
        {
            yield return Replication(looks);
        }
    }

    /// <summary>How far the searches are, or that the tables are of what they chose.</summary>
    public static string Progress(StagedReport staged)
    {
        if (staged.IsChosen)
        {
            return "All tables below are of the chosen values, trained anew on seeds that no search saw; trials of the searches enter none of them. Section Tuned against default has the defaults beside, section Searches what was tried.";
        }

        var purse = staged.Tune!.Seconds is null ? FormattableString.Invariant($" of {staged.Searches.Sum(search => search.View.Purse)}") : "";
        return FormattableString.Invariant(
            $"Nothing is chosen yet, so there is nothing to compare. In progress: {staged.Plan.Stages[^1].Words}; {staged.Searches.Sum(search => search.Observed)}{purse} proposals observed.");
    }

    /// <summary>A rank correlation with its interval.</summary>
    public static string Agreement(RankAgreement agreement) => double.IsNaN(agreement.Value) ? "–"
        : $"{NumberText.Fixed(agreement.Value, 2)}{(agreement.Interval is { } interval ? $" {NumberText.Range(interval, 2)}" : "")}";

    /// <summary>What one search may spend.</summary>
    public static string PurseOf(TuneSpec tune) => tune.Seconds is { } seconds
        ? $"{NumberText.Duration(seconds)} of training"
        : FormattableString.Invariant($"{tune.Trials} {(tune.Trials == 1 ? "proposal" : "proposals")}");

    private static string Purse(StagedReport staged, TuneSpec tune)
    {
        var each = string.Join(" × ", tune.Each.Select(factor => factor.ToWord()));
        var first = tune.FirstIsDefault ? ", the default first" : "";
        var seeds = string.Join(", ", tune.Seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture)));
        var rungs = tune.Rungs is { } halving
            ? FormattableString.Invariant($" Only the best {100 * halving.Keep:0.#} % of the proposals train on after each of {halving.Steps.Length - 1} {(halving.Steps.Length == 2 ? "rung" : "rungs")} ({string.Join(", ", halving.Steps.Select(steps => steps.ToString("N0", CultureInfo.InvariantCulture)))} steps).")
            : "";
        return FormattableString.Invariant(
            $"each of {staged.Searches.Length} {(staged.Searches.Length == 1 ? "search" : "searches")} ({each}) had {PurseOf(tune)} ({tune.Design.ToWord()}{first}), on tuning {(tune.Seeds.Length == 1 ? "seed" : "seeds")} {seeds}, by the {MetricWords.Name(tune.By)}. What failed counts against the purse.{rungs}");
    }

    private static string Replication(LooksReport looks)
    {
        var spec = looks.Spec;
        var (declared, count) = (string.Join(", ", spec.Looks.Select(seeds => seeds.ToString(CultureInfo.InvariantCulture))), looks.Comparisons.Length);
        var decided = looks.Comparisons.Count(comparison => comparison.Verdict is not (Verdict.Open or Verdict.Undecided));
        return FormattableString.Invariant(
            $"Seeds until decided: looks at {declared} seeds, α = {NumberText.RoundTrip(spec.Alpha)} over all looks and comparisons, spent as {(spec.Spending == SpendingFunction.Pocock ? "Pocock" : "O'Brien–Fleming")} has it. {decided} of {count} {(count == 1 ? "comparison is" : "comparisons are")} decided; {looks.Spent} of the {looks.Fixed} trials of a fixed design with {spec.Looks[^1]} seeds were planned.");
    }
}
