using System.Collections.Immutable;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Conclusions;

/// <summary>
/// What came out of a study, in a few sentences: who is best where and by how much, what is undecided and what deciding would take, what
/// failed and why. They are made by rules from what the tables are printed from: no method is called best that the table does not mark so,
/// every number has the digits of its table, and nothing depends on when or where trials ran.
/// </summary>
internal static class WhatCameOut
{
    /// <summary>The heading of the section.</summary>
    public const string Title = "What came out";

    /// <summary>The sentences in reading order; one at least.</summary>
    public static ImmutableArray<string> Of(StudyReport report)
    {
        var header = report.Header;
        if (report.Staged is { IsTuned: true, IsChosen: false })
        {
            return ["Nothing is chosen yet: the searches go on, and no method is compared before they have ended."];
        }

        if (header.Counts[TrialStatus.Unfinished] == header.Planned)
        {
            return [$"Nothing is finished yet: {Phrases.Count(header.Planned, "trial")} {(header.Planned == 1 ? "is" : "are")} planned."];
        }

        return [.. Unfinished(header), .. Outcome(report), .. LeftOut(report), .. Failures.Of(report)];
    }

    private static IEnumerable<string> Outcome(StudyReport report)
    {
        if (report.Design is not null)
        {
            return [Designed.Of(report)];
        }

        if (report.Staged?.Looks is { } looks && (looks.Looks.IsEmpty || !looks.Comparisons.IsEmpty))
        {
            return [.. Looked.Of(looks), .. Tuned(report)];
        }

        var outcomes = ColumnOutcome.AllOf(report);
        return [.. outcomes.IsEmpty ? [] : outcomes is [var only] ? [ColumnWords.Of(report, only)] : ManyColumns.Of(report, outcomes), .. Tuned(report), .. OpenComparisons.Of(report)];
    }

    // Their reasons may be long, and stand below the table.
    private static IEnumerable<string> LeftOut(StudyReport report) => report.Voids switch
    {
        [] => [],
        [var (problem, reason)] => [$"Left out of all this: {problem}, which is void ({reason})."],
        var voids => [$"Left out of all this, each void for its own reason: {Phrases.List([.. voids.Select(one => one.Problem)])}."],
    };

    private static IEnumerable<string> Unfinished(ReportHeader header) => header.Counts[TrialStatus.Unfinished] is var missing and > 0
        ? [$"The study is unfinished: {NumberText.Count(header.FinishedCount)} of {Phrases.Count(header.Planned, "trial")} are finished, and what follows is provisional."]
        : [];

    private static IEnumerable<string> Tuned(StudyReport report)
    {
        var changes = report.Staged is { IsTuned: true } staged ? report.Blocks.SelectMany(block => staged.ChangesOf(block)).ToArray() : [];
        var changed = changes.Where(change => change.IsWinnerChanged).ToArray();
        if (changes.Length > 0)
        {
            yield return changed.Length == 0
                ? "Tuning leaves the method with the smallest mean what it is by default."
                : $"Tuning changes which method has the smallest mean: {Phrases.Names([.. changed.Select(change => $"{change.Column} from {change.BestByDefault ?? "none"} to {change.BestTuned ?? "none"}")])}.";
        }
    }
}
