using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Conclusions;

/// <summary>
/// Who is best in a column, and by how much. <c>X is best</c> is said only where the table has X in bold and every other ranked method
/// without a mark; whatever the table leaves open is left open here.
/// </summary>
internal static class ColumnWords
{
    /// <summary>In full: for a study of one column.</summary>
    public static string Of(StudyReport report, ColumnOutcome outcome)
    {
        var where = Phrases.Where(report, outcome.Block, outcome.Column);
        var metric = report.Header.MetricName;
        return outcome.Place switch
        {
            FirstPlace.Won => $"{outcome.Best!.Row} is best {where}: {metric} {Phrases.Mean(outcome.Best)}{Reservation(outcome.Best)}{ToControl(report, outcome)}; {Behind(report, outcome)} (α = 0.05, Holm){Unranked(outcome)}.",
            FirstPlace.Alone => $"{Alone(report, outcome)}: {metric} {Phrases.Mean(outcome.Best!)}{Reservation(outcome.Best!)}{Unranked(outcome)}.",
            FirstPlace.OnlyOneSolved => $"{Phrases.Capital(where)} only {outcome.Best!.Row} is better than a field that solves nothing: {metric} {Phrases.Mean(outcome.Best)}{Reservation(outcome.Best)}{ToControl(report, outcome)}{Unranked(outcome)}.",
            FirstPlace.Shared or FirstPlace.Undecided =>
                $"{Phrases.Capital(where)} no method is shown to be best alone: {outcome.Best!.Row} has the smallest {metric}, {Phrases.Mean(outcome.Best)}{Reservation(outcome.Best)}{ToControl(report, outcome)}, but {Open(outcome)}{Others(outcome)}{Unranked(outcome)}.",
            _ => $"{Phrases.Capital(None(report, outcome))}.",
        };
    }

    /// <summary>In few words, for a list of columns.</summary>
    public static string Short(StudyReport report, ColumnOutcome outcome)
    {
        var where = Phrases.Where(report, outcome.Block, outcome.Column);
        return outcome.Place switch
        {
            FirstPlace.Won => $"{outcome.Best!.Row} is best {where}, {Phrases.Mean(outcome.Best)}{Reservation(outcome.Best)}",
            FirstPlace.Alone => $"{where} only {outcome.Best!.Row} is ranked, {Phrases.Mean(outcome.Best)}{Reservation(outcome.Best)}",
            FirstPlace.OnlyOneSolved => $"{where} only {outcome.Best!.Row} is better than a field that solves nothing, {Phrases.Mean(outcome.Best)}{Reservation(outcome.Best)}",
            FirstPlace.Shared or FirstPlace.Undecided => $"{where} no method is shown to be best alone: {outcome.Best!.Row} has the smallest mean, {Phrases.Mean(outcome.Best)}{Reservation(outcome.Best)}, but {Open(outcome)}",
            _ => None(report, outcome),
        };
    }

    private static string None(StudyReport report, ColumnOutcome outcome)
    {
        var where = Phrases.Where(report, outcome.Block, outcome.Column);
        return outcome.Place switch
        {
            FirstPlace.Unsolved => $"{where} no method solved anything: {(outcome.With(Standing.Trivial).Length == 0 ? "every finished trial is trivial or diverged" : "every error is within noise of a field that solves nothing")}",
            FirstPlace.Unranked => $"{where} no method is ranked: {Unranked(outcome)[2..]}",
            _ => $"{where} nothing is finished yet",
        };
    }

    private static string Alone(StudyReport report, ColumnOutcome outcome)
    {
        var where = Phrases.Where(report, outcome.Block, outcome.Column);
        return outcome.Cells.Length == 1
            ? $"{outcome.Best!.Row} is the only {report.Axes.RowsWord} {where}, so that there is nothing to compare it with"
            : $"{Phrases.Capital(where)} only {outcome.Best!.Row} is ranked";
    }

    // Each with why: a mean is not that of its seeds where one of them has no error.
    private static string Unranked(ColumnOutcome outcome)
    {
        var unranked = outcome.With(Standing.Unranked);
        (string[] Rows, string Words)[] all =
        [
            ([.. outcome.With(Standing.Unsolved).Select(cell => cell.Row)], "solved nothing in any trial"),
            ([.. outcome.With(Standing.Trivial).Select(cell => cell.Row)], "was within noise of a field that solves nothing, and so has no rank"),
            ([.. unranked.Where(cell => cell.Count(TrialStatus.Diverged) > 0).Select(cell => cell.Row)], "had a trial that diverged, and so no rank"),
            ([.. unranked.Where(cell => cell.Count(TrialStatus.Diverged) == 0 && cell.Count(TrialStatus.Quarantined) > 0).Select(cell => cell.Row)], "had a trial that was given up, and so no rank"),
            ([.. unranked.Where(cell => cell.Count(TrialStatus.Diverged) + cell.Count(TrialStatus.Quarantined) == 0).Select(cell => cell.Row)], "has nothing finished"),
        ];
        return string.Concat(all.Where(one => one.Rows.Length > 0).Select(one => one.Rows.Length == 1
            ? $"; {one.Rows[0]} {one.Words}"
            : $"; {Phrases.Names(one.Rows)} each {one.Words}"));
    }

    private static string ToControl(StudyReport report, ColumnOutcome outcome) => AgainstControl(report, outcome) is { } comparison
        ? $", {Phrases.Ratio(comparison.Ratio, comparison.RatioInterval)} times that of {report.RowName(report.ControlRow!)}" : "";

    private static ControlComparison? AgainstControl(StudyReport report, ColumnOutcome outcome) => report.Findings[outcome.Block].Comparisons
        .FirstOrDefault(one => one.Row == outcome.Best!.Row && one.Column == outcome.Column && one is { IsUnsolved: false, LogRatios.IsEmpty: false });

    // By how much is told against the control, and where that is itself the best, or there is none, against the next.
    private static string Behind(StudyReport report, ColumnOutcome outcome)
    {
        var behind = outcome.With(Standing.Behind);
        var next = AgainstControl(report, outcome) is null ? $"{behind[0].Row}, with {Phrases.Mean(behind[0])}," : behind[0].Row;
        return behind.Length == 1 ? $"{next} is worse"
            : AgainstControl(report, outcome) is null ? FormattableString.Invariant($"{next} and all other ranked methods ({behind.Length - 1}) are worse")
            : FormattableString.Invariant($"all {behind.Length} other ranked methods are worse");
    }

    private static string Others(ColumnOutcome outcome)
    {
        var behind = outcome.With(Standing.Behind);
        return behind.Length switch { 0 => "", 1 => $"; {behind[0].Row} is worse", var count => FormattableString.Invariant($"; {count} others are worse") };
    }

    private static string Open(ColumnOutcome outcome)
    {
        (Standing Standing, string Words)[] all =
        [
            (Standing.Equivalent, $"equivalent to it within a factor {NumberText.RoundTrip(WinTieLoss.EquivalenceFactor)}"),
            (Standing.Undecided, "undecided against it"),
            (Standing.NotTested, "not tested against it, with so few common seeds"),
        ];
        return Phrases.List(
        [
            .. all.Select(one => (Rows: outcome.With(one.Standing).Select(cell => cell.Row).ToArray(), one.Words)).Where(one => one.Rows.Length > 0)
                .Select(one => $"{Phrases.Names(one.Rows)} {(one.Rows.Length == 1 ? "is" : "are")} {one.Words}"),
        ]);
    }

    private static string Reservation(ReportCell best) =>
        (best.Count(TrialStatus.Converged) == 0 ? ", though none of its trials converged" : "") + (best.IsAtFloor ? ", at the floor of the reference solution" : "");
}
