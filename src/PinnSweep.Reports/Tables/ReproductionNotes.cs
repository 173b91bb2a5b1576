using System.Globalization;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Tables;

/// <summary>What stands below a table of published numbers: how both sides were made, what the verdicts mean, and how they fell.</summary>
internal static class ReproductionNotes
{
    /// <summary>The statistic in the heading of our column.</summary>
    public static string Short(PublishedTable table) => IsOneRun(table) ? "one run" : table.Statistic switch
    {
        PublishedStatistic.GeometricMean => "geometric mean",
        PublishedStatistic.Best => $"best of {Count(table.Runs)}",
        PublishedStatistic.Median => "median",
        _ => "mean",
    };

    /// <summary>The notes in their order.</summary>
    public static IEnumerable<string> Of(StudyReport report, Reproduction reproduction)
    {
        var table = reproduction.Table;
        var factor = NumberText.RoundTrip(table.Equivalence);
        yield return $"Published: {(IsOneRun(table) ? "one run" : $"{Short(table)}{(table.Statistic == PublishedStatistic.Best ? "" : $" of {Count(table.Runs)}")} runs")}; {table.Budget ?? "budget not stated"}; {table.Hardware ?? "hardware not stated"}. Ours, over {report.Header.Seeds.Length.ToString(CultureInfo.InvariantCulture)} {(report.Header.Seeds.Length == 1 ? "seed" : "seeds")}: {Ours(table)}.";
        yield return $"Reproduced: the 95 % interval of ours ÷ published lies between 1/{factor} and {factor}. Not reproduced: it lies outside. Undecided at n: it does neither, which more seeds may change and fewer cannot.";
        if (Uncertainty(reproduction) is { } uncertainty)
        {
            yield return uncertainty;
        }

        if (reproduction.Values.Any(value => ReproductionTable.IsWithin(value.Against, table.Within) || (value.AgainstRerun is { } again && ReproductionTable.IsWithin(again, table.Within))))
        {
            yield return $"Within {NumberText.RoundTrip(table.Within)}×: the ratio itself is, whatever its interval; that is no verdict.";
        }

        yield return $"Verdict over {Cells(reproduction.Values.Length)}: {Tally(reproduction.Values.Select(value => value.Verdict))}.";
        if (reproduction.Values.Any(value => value.Missing > 0))
        {
            yield return "Trials are still missing: verdicts are provisional.";
        }

        foreach (var (problem, reason) in report.Voids.Where(one => reproduction.Values.Any(value => value.Labels[Factor.Problem] == one.Problem)))
        {
            yield return $"{problem} is void: {reason}. A verdict there tells whether numbers repeat, not whether a problem is solved.";
        }

        foreach (var note in Reruns(reproduction))
        {
            yield return note;
        }

        foreach (var agreement in reproduction.Agreement.Where(agreement => report.Known.GetValueOrDefault(agreement.Problem)?.Void is null && double.IsFinite(agreement.Spearman)))
        {
            yield return FormattableString.Invariant($"Ranking of the {agreement.Methods} cells on {agreement.Problem}, published against ours: Spearman's ρ = {NumberText.Fixed(agreement.Spearman, 2)}, Kendall's τ = {NumberText.Fixed(agreement.Kendall, 2)}.");
        }

        if (table.Note is { } remark)
        {
            yield return remark.ReplaceLineEndings(" ").Trim();
        }
    }

    private static string Ours(PublishedTable table) => IsOneRun(table)
        ? "the geometric mean, with the interval in which one more run falls (prediction interval on log10 error)"
        : table.Statistic switch
        {
            PublishedStatistic.Mean => "the mean, with the interval of the mean of a log-normal distribution (Zou, Taleban, Huo 2009)",
            PublishedStatistic.Median => $"the median, with its interval between order statistics (Hettmansperger, Sheather 1986), below {MedianInterval.FewestFree.ToString(CultureInfo.InvariantCulture)} seeds Student's t on log10 error",
            PublishedStatistic.Best => $"the best of {Count(table.Runs)}, geometric mean over all groups of so many seeds, with the interval in which the best of {Count(table.Runs)} more runs falls (log-normal prediction)",
            _ => "the geometric mean, with Student's t on log10 error",
        };

    private static string? Uncertainty(Reproduction reproduction)
    {
        var estimates = reproduction.Values.Select(value => value.Against.Theirs).Where(theirs => !theirs.IsDraw).ToArray();
        var exact = estimates.Count(theirs => theirs.IsTakenAsExact);
        const string enters = "with the interval that its deviation and number of runs give, or its source";
        return estimates.Length == 0 ? null
            : exact == 0 ? $"Each published number enters the ratio {enters}."
            : exact == estimates.Length ? "Published numbers are taken as exact: the source does not tell how they spread, or over how many runs."
            : FormattableString.Invariant($"Of the published numbers, {estimates.Length - exact} {(estimates.Length - exact == 1 ? "enters" : "enter")} the ratio {enters}; {exact} {(exact == 1 ? "is" : "are")} taken as exact.");
    }

    // What a rerun says of the published number itself is no statistic: so many of its runs got there.
    private static IEnumerable<string> Reruns(Reproduction reproduction)
    {
        var rerun = reproduction.Values.Where(value => value.AgainstRerun is not null).ToArray();
        foreach (var value in rerun)
        {
            var again = value.Published.Rerun!;
            var where = string.Join(", ", FactorWords.All.Where(factor => reproduction.Values.Length > 1 && reproduction.Values.Select(other => other.Labels[factor]).Distinct().Count() > 1).Select(factor => value.Labels[factor]));
            var source = $"Rerun{(where.Length > 0 ? $" of {where}" : "")}: {again.Source.ReplaceLineEndings(" ").Trim()}";
            var reached = again.Values.Count(one => one <= value.Published.Value);
            yield return again.Values.IsEmpty
                ? $"{source}; {(again.Runs is { } runs ? FormattableString.Invariant($"{runs} {(runs == 1 ? "run" : "runs")}") : "number of runs not stated")}."
                : FormattableString.Invariant($"{source}. Its {again.Values.Length} {(again.Values.Length == 1 ? "run ends" : "runs end")} at {string.Join(", ", again.Values.Order().Select(one => NumberText.Scientific(one, 2)))} (geometric mean {NumberText.Scientific(LogErrorMean.Of(again.Values.AsSpan()).Mean, 2)}): {(reached == 0 ? "none" : reached.ToString(CultureInfo.InvariantCulture))} of them {(reached > 1 ? "reach" : "reaches")} the published {NumberText.Scientific(value.Published.Value, 3)}.");
        }

        if (rerun.Length > 0)
        {
            yield return $"Verdict on the rerun, over {Cells(rerun.Length)}: {Tally(rerun.Select(value => value.AgainstRerun!.Verdict))}.";
        }
    }

    private static string Tally(IEnumerable<Verdict> verdicts)
    {
        var all = verdicts.ToArray();
        return all.Length == 0 ? "none" : string.Join(", ", VerdictWords.All.Select(verdict => (Verdict: verdict, Count: all.Count(other => other == verdict))).Where(pair => pair.Count > 0).Select(pair => FormattableString.Invariant($"{pair.Count} {pair.Verdict.ToWord()}")));
    }

    private static string Cells(int count) => FormattableString.Invariant($"{count} {(count == 1 ? "cell" : "cells")}");

    private static bool IsOneRun(PublishedTable table) => table.Statistic == PublishedStatistic.Single || table.Runs == 1;

    private static string Count(int? runs) => runs?.ToString(CultureInfo.InvariantCulture) ?? "an unstated number of";
}
