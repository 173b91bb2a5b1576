using System.Collections.Immutable;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Conclusions;

/// <summary>Who is best on how many columns, and over all problems together.</summary>
internal static class ManyColumns
{
    private const int MostInFull = 3;

    /// <summary>One sentence, and one more where ranks over problems are in a table.</summary>
    public static IEnumerable<string> Of(StudyReport report, ImmutableArray<ColumnOutcome> outcomes)
    {
        yield return outcomes.Length <= MostInFull
            ? $"{Phrases.Capital(report.Header.MetricName)}: {string.Join("; ", outcomes.Select(outcome => ColumnWords.Short(report, outcome)))}."
            : Counted(report, outcomes);
        if (report.Blocks is [var block] && report.Findings[block].Aggregate is { Rows.IsEmpty: false } aggregate)
        {
            yield return Ranked(report, block, aggregate);
        }
    }

    private static string Counted(StudyReport report, ImmutableArray<ColumnOutcome> outcomes)
    {
        var won = outcomes.Where(outcome => outcome.Place == FirstPlace.Won).CountBy(outcome => outcome.Best!.Row).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key} is best on {NumberText.Count(pair.Value)}").ToArray();
        (FirstPlace Place, string Words)[] others =
        [
            (FirstPlace.Shared, "the first place is shared by equivalent methods"),
            (FirstPlace.Undecided, "the first place is undecided"),
            (FirstPlace.OnlyOneSolved, $"only one method is better than a field that solves nothing ({Solvers(outcomes)})"),
            (FirstPlace.Alone, "only one method is ranked"),
            (FirstPlace.Unsolved, "no method solved anything"),
            (FirstPlace.Unranked, "no method is ranked"),
            (FirstPlace.Empty, "nothing is finished yet"),
        ];
        var found = others.Select(other => (Count: outcomes.Count(outcome => outcome.Place == other.Place), other.Words)).Where(other => other.Count > 0).ToArray();
        var rest = found.Select(other => $"on {NumberText.Count(other.Count)} {other.Words}");
        var first = won.Length == 0 ? Array.Empty<string>() : [$"{Phrases.Names(won)} (every other ranked method worse, α = 0.05, Holm)"];
        var all = report.Blocks.Length == 1
            ? $"{NumberText.Count(outcomes.Length)} {(report.Axes.Columns == Factor.Time ? "ways to treat time" : $"{report.Axes.ColumnsWord}s")}"
            : $"{NumberText.Count(outcomes.Length)} columns of {NumberText.Count(report.Blocks.Length)} tables";
        return outcomes.All(outcome => outcome.Place == FirstPlace.Won && outcome.Best!.Row == outcomes[0].Best!.Row)
            ? $"{outcomes[0].Best!.Row} is best on all {all} (every other ranked method worse, α = 0.05, Holm)."
            : found is [var only] && only.Count == outcomes.Length ? $"On all {all} {only.Words}."
            : $"Of {all}, {string.Join("; ", first.Concat(rest))}.";
    }

    private static string Solvers(ImmutableArray<ColumnOutcome> outcomes) => string.Join(", ", outcomes.Where(outcome => outcome.Place == FirstPlace.OnlyOneSolved).CountBy(outcome => outcome.Best!.Row)
        .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {NumberText.Count(pair.Value)}"));

    private static string Ranked(StudyReport report, ReportBlock block, Aggregate aggregate)
    {
        var smallest = aggregate.Rows.Where(row => row.MeanRank == aggregate.Rows[0].MeanRank).ToArray();
        var all = $"Over all {NumberText.Count(aggregate.Problems)} problems together";
        if (smallest.Length > 1)
        {
            return $"{all} {Phrases.Names([.. smallest.Select(row => row.Row)])} have the same smallest mean rank, {NumberText.Fixed(smallest[0].MeanRank, 2)}.";
        }

        var first = smallest[0];
        var rank = $"{all} {first.Row} has the smallest mean rank, {NumberText.Fixed(first.MeanRank, 2)}{(first.MeanRankInterval is { } interval ? $" {NumberText.Range(interval, 2)}" : "")}";
        return $"{rank}{AgainstControl(report, aggregate, first)}{AgainstAll(report, block, first.Row)}.";
    }

    private static string AgainstControl(StudyReport report, Aggregate aggregate, AggregateRow row) => row.Record is null ? ""
        : (row.Ratio is { } ratio && double.IsFinite(ratio) ? $", and {Phrases.Ratio(ratio, row.RatioInterval)} times the error of {report.ControlRow} (control)" : $", against {report.ControlRow} (control) {row.Record} won/tied/lost")
            + (aggregate.IsSignedRankAttainable ? $" ({Phrases.P(row.SignedRankHolm!.Value)})" : "");

    // The table of pairs is what it is held by, and that has three pairs at least.
    private static string AgainstAll(StudyReport report, ReportBlock block, string row)
    {
        var pairs = report.Findings[block].Pairs;
        ImmutableArray<PairComparison> mine = pairs.Length < 3 ? [] : [.. pairs.Where(pair => pair.First == row || pair.Second == row)];
        var shown = mine.Count(pair => pair.IsAttainable && pair.Holm <= Significance.Alpha && (Descriptive.Median(pair.Differences.AsSpan()) < 0) == (pair.First == row));
        return mine.IsEmpty ? ""
            : shown == mine.Length ? $"; it is better than each of the {NumberText.Count(mine.Length)} others (Wilcoxon, Holm)"
            : !mine.Any(pair => pair.IsAttainable) ? $"; with {NumberText.Count(block.Columns.Length)} problems no test of all pairs can show a difference"
            : shown == 0 ? "; against none of the others is a difference shown (Wilcoxon, Holm)"
            : $"; it is better than {NumberText.Count(shown)} of the {NumberText.Count(mine.Length)} others (Wilcoxon, Holm)";
    }
}
