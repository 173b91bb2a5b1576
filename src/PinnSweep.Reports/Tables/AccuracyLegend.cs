using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>What the marks of the main table mean: only those that stand in it, each with the test behind it.</summary>
internal static class AccuracyLegend
{
    /// <summary>The notes of one block.</summary>
    public static IEnumerable<string> Of(StudyReport report, ReportBlock block) => Marks(block).Concat(Looks(report)).Concat(Counts(report, block)).Concat(LevelsTable.Common(report));

    private static IEnumerable<string> Marks(ReportBlock block)
    {
        var standings = block.InOrder().Select(cell => cell.Standing).ToHashSet();
        var region = NumberText.RoundTrip(WinTieLoss.EquivalenceFactor);
        if (standings.Contains(Standing.Best))
        {
            yield return $"**Bold**: smallest geometric mean of its column.{(standings.Contains(Standing.Behind) ? " A number without a mark is worse than it, or not ranked." : "")}";
        }

        if (standings.Contains(Standing.Equivalent))
        {
            yield return $"≈: equivalent to it for all practical purposes: their ratio lies within a factor {region} (two one-sided t tests on log10 error over common seeds, Holm within the column, α = 0.05).";
        }

        if (standings.Contains(Standing.Undecided))
        {
            yield return $"?: undecided: neither worse than it ({Test(block)}, Holm within the column, α = 0.05) nor shown to be within a factor {region} of it.";
        }
        else if (standings.Contains(Standing.Behind))
        {
            yield return $"Worse: {Test(block)}, Holm within the column, α = 0.05.";
        }

        if (standings.Contains(Standing.NotTested))
        {
            yield return "†: not tested against it: with so few common seeds no test can tell anything.";
        }

        const string worthless = "or its error is within noise of a field that solves nothing (the interval of its mean, or a twentieth above the mean, reaches the smallest score of such a field)";
        if (standings.Contains(Standing.Unsolved) || standings.Contains(Standing.Trivial))
        {
            yield return $"‡: no trial solved the problem (all are trivial or diverged){(standings.Contains(Standing.Trivial) ? $", {worthless}" : "")}, so that its error, however small, is never the best.";
        }

        if (standings.Contains(Standing.Void))
        {
            yield return "void: no error on this problem means anything, for the reason below; nothing on it is best, ranked or counted as solved.";
        }

        var unsolved = block.Sound.Columns.Where(column => block.Column(column).Any(cell => cell.Finished > 0) && block.Column(column).All(cell => cell.Finished == 0 || cell.IsWorthless)).ToArray();
        if (unsolved.Length > 0)
        {
            yield return $"No method solved {string.Join(", ", unsolved)}: nothing is bold there.";
        }
    }

    // Who looks again and again and stops at the first difference finds one too often; these marks do not know of the looks.
    private static IEnumerable<string> Looks(StudyReport report)
    {
        if (report.Staged?.Looks is not null)
        {
            yield return "Seeds were added until comparisons were decided: marks in this table take no account of the looks in between, and the verdicts that do are in section Seeds until decided.";
        }
    }

    private static IEnumerable<string> Counts(StudyReport report, ReportBlock block)
    {
        var cells = block.InOrder().ToArray();
        yield return $"Interval: Student's t on log10 error (ddof = 1). Converged: final {MetricWords.OfOutcome(cells)} below {NumberText.RoundTrip(report.Header.ConvergedBelow)}.{(block.Columns.Length == 1 ? " Failure rate: finished trials that did not converge, with its 95 % Wilson interval." : "")}";
        if (cells.Any(cell => cell.Count(TrialStatus.Diverged) > 0))
        {
            yield return "A diverged trial has no finite error: it counts in n, not in the mean, and its method is not ranked in that column.";
        }

        if (cells.Any(cell => cell.IsAtFloor))
        {
            yield return "At floor: below three times the error that the reference solution itself has; smaller numbers would say nothing of the method.";
        }

        foreach (var note in StoppedTrials.Note(cells))
        {
            yield return note;
        }

        foreach (var note in TrivialScores.Notes(report, cells))
        {
            yield return note;
        }

        if (cells.Any(cell => cell.Count(TrialStatus.Quarantined) > 0))
        {
            yield return "Given up: the trial's attempts ended by faults of infrastructure too often; no fault of the method, but its method is not ranked in that column.";
        }

        if (cells.Any(cell => cell.Count(TrialStatus.Unfinished) > 0))
        {
            yield return $"Trials are still missing: standings are provisional; {report.Header.CompleteSeedsText}.";
        }
    }

    private static string Test(ReportBlock block)
    {
        const string t = "paired t test on log10 error over common seeds, because Wilcoxon's test cannot reject with so few";
        const string wilcoxon = "Wilcoxon's signed-rank test over common seeds";
        var tests = block.Columns.Select(column => Standings.TestOf(block.Column(column))).OfType<TieTest>().Distinct().ToArray();
        return tests is [TieTest.PairedT] ? t
            : tests.Length < 2 ? wilcoxon
            : $"{wilcoxon}; where these are too few for it to reject, the paired t test on log10 error";
    }
}
