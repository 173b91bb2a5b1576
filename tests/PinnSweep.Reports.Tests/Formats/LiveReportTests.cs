using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tests.Model.Tuning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Tests.Formats;

public sealed class LiveReportTests
{
    // Large enough differences for the looks to end, small enough for the first not to be the last.
    private static double? Noisy(TrialDescription trial) =>
        (trial.Levels.Balancer.Kind == "relobralo" ? 0.01 : 0.1) * (1 + (0.3 * ((trial.Seed * 7 % 5) - 2)));

    [Fact]
    public void The_sections_of_an_ordinary_study_are_the_tables_of_its_report()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());

        var live = LiveReport.Of(report);

        Assert.Equal(["What came out", "Accuracy", "Cost", "Evidence", "Figures"], live.Standing.Select(section => section.Title));
        Assert.True(live.IsRanked);
        Assert.Empty(live.Tuning);
        Assert.Equal((12, 12), (live.Finished, live.Planned));
        var document = DocumentComposer.Compose(report);
        Assert.Equal(Rows(document.Tables.Single(table => table.Name == "accuracy")), Rows(Table(live, "accuracy")));
        Assert.Equal(live.Figures.Select(figure => figure.Name).Distinct(), live.Figures.Select(figure => figure.Name));
        Assert.Contains("convergence-steps", live.Figures.Select(figure => figure.Name));
    }

    [Fact]
    public void Before_the_first_declared_look_nothing_is_marked_and_nothing_is_compared()
    {
        var before = LiveReport.Of(StudyReport.Build(StagedStudy.Of(StagedStudy.Replicated, Noisy, decisions: 1)));
        var after = LiveReport.Of(StudyReport.Build(StagedStudy.Of(StagedStudy.Replicated, Noisy, decisions: 2)));

        Assert.False(before.IsRanked);
        Assert.Contains("Nothing is ranked yet", before.Standing.Select(section => section.Title));
        Assert.All(Marks(before), mark => Assert.Equal(Emphasis.None, mark));
        Assert.DoesNotContain(before.Standing, section => section.Title is "Undecided" or "Seeds until decided");
        Assert.DoesNotContain(before.Figures, figure => figure.Ranks is not null || !figure.Heat.IsEmpty);
        Assert.DoesNotContain("Bold", string.Join('\n', Table(before, "accuracy").Notes), StringComparison.Ordinal);

        Assert.True(after.IsRanked);
        Assert.Contains(Emphasis.Best, Marks(after));
        Assert.Contains("Seeds until decided", after.Standing.Select(section => section.Title));
        Assert.Contains("Undecided", after.Standing.Select(section => section.Title));
    }

    [Fact]
    public void A_search_is_told_with_its_space_its_course_and_its_best_proposals_while_it_goes_on()
    {
        var during = LiveReport.Of(StudyReport.Build(StagedStudy.Of(StagedStudy.Tuned, StagedReportTests.Worked, decisions: 1)));
        var done = LiveReport.Of(StudyReport.Build(StagedStudy.Of(StagedStudy.Tuned, StagedReportTests.Worked)));

        Assert.Contains("Nothing is chosen yet", Paragraphs(during.Tuning), StringComparison.Ordinal);
        Assert.Equal(4, done.Tuning.Count(section => section.Title.StartsWith("Search of ", StringComparison.Ordinal)));
        Assert.Contains("Importance of parameters", done.Tuning.Select(section => section.Title));
        Assert.Contains("Tuned against default", done.Tuning.Select(section => section.Title));
        Assert.All((string[])["proposals-1", "slices-1", "importance", "expected-error"], name => Assert.Contains(name, done.Figures.Select(figure => figure.Name)));
        var best = done.Tuning.SelectMany(section => section.Parts).OfType<ReportPart.Table>().First(table => table.Model.Name == "best-proposals-1").Model;
        Assert.Equal(8, best.Rows.Length);
        Assert.All(best.Rows, row => Assert.Equal(2, row[^1].Pieces.OfType<Inline.Code>().Count(key => key.Trial is not null)));
        Assert.Single(best.Rows, row => row[0].Pieces.OfType<Inline.Strong>().Any(name => name.Text.Contains("chosen", StringComparison.Ordinal)));
    }

    [Fact]
    public void Numbers_know_a_trial_of_their_cell_and_keys_their_trial()
    {
        var report = StudyReport.Build(Made.ManyProblems(3, 3, 2).Build());

        var live = LiveReport.Of(report);

        var block = Assert.Single(report.Blocks);
        var accuracy = Table(live, "accuracy");
        for (var row = 0; row < block.Rows.Length; row++)
        {
            for (var column = 0; column < block.Columns.Length; column++)
            {
                var behind = Assert.NotNull(accuracy.Rows[row][column + 1].Behind);
                Assert.Contains(behind, block[block.Rows[row], block.Columns[column]]!.Trials.Select(trial => trial.Key));
            }
        }

        var keys = Table(live, "evidence").Rows.SelectMany(row => row[2].Pieces).OfType<Inline.Code>().ToArray();
        Assert.Equal(report.Trials.Select(trial => trial.Key.Hex).Order(), keys.Select(key => key.Trial!.Value.Hex).Order());
    }

    [Fact]
    public void A_cancelled_report_is_not_finished() => Assert.Throws<OperationCanceledException>(
        () => LiveReport.Of(StudyReport.Build(Made.FourMethods().Build()), new CancellationToken(canceled: true)));

    private static TableModel Table(LiveReport live, string name) => live.Standing.SelectMany(section => section.Parts).OfType<ReportPart.Table>().Single(table => table.Model.Name == name).Model;

    private static IEnumerable<string> Rows(TableModel table) => table.Rows.Select(row => string.Join('|', row.Select(cell => string.Concat(cell.Pieces))));

    private static IEnumerable<Emphasis> Marks(LiveReport live) => Table(live, "accuracy").Rows.SelectMany(row => row).SelectMany(cell => cell.Pieces).OfType<Inline.Scientific>().Select(number => number.Emphasis);

    private static string Paragraphs(IEnumerable<ReportSection> sections) => string.Join('\n', sections.SelectMany(section => section.Parts).OfType<ReportPart.Paragraph>().Select(part => part.Text));
}
