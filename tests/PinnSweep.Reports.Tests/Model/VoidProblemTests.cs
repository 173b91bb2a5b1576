using PinnSweep.Reports.Conclusions;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Tests.Model;

/// <summary>On a void problem nothing is best, ranked or solved, and every format says why.</summary>
public sealed class VoidProblemTests
{
    private const string Reason = "what was published as its solution does not solve it";
    private static readonly StudyReport Without = StudyReport.Build(Made.ManyProblems(4, 3, 5).Build());
    private static readonly StudyReport Report = Without.WithKnown(Known("problem2"));
    private static readonly ReportBlock Block = Assert.Single(Report.Blocks);

    [Fact]
    public void No_cell_of_a_void_problem_has_a_rank_and_all_others_keep_theirs()
    {
        Assert.All(Block.Column("problem2"), cell => Assert.Equal((Standing.Void, false), (cell.Standing, cell.IsRankable)));
        Assert.All(Block.InOrder().Where(cell => cell.Column != "problem2"), cell => Assert.Equal(Without.Blocks[0][cell.Row, cell.Column]!.Standing, cell.Standing));
    }

    [Fact]
    public void Comparisons_ranks_and_factors_are_those_of_a_study_without_it()
    {
        var three = StudyReport.Build(Made.ManyProblems(4, 3, 5).Missing((levels, _) => levels.Problem.Kind == "problem2").Build());
        var findings = Report.Findings[Block];

        Assert.Equal(3, findings.Aggregate!.Problems);
        Assert.DoesNotContain(findings.Comparisons, comparison => comparison.Column == "problem2");
        Assert.Equal(three.Findings.Factors!.Trials, Report.Findings.Factors!.Trials);
    }

    [Fact]
    public void Its_numbers_stand_in_the_table_with_a_mark_and_the_reason_below()
    {
        var table = AccuracyTable.Of(Report, Block);
        var markdown = MarkdownOf(Report);

        Assert.All(table.Rows, row => Assert.EndsWith(" void [1]", ((Inline.Words)row[2].Pieces[^1]).Text, StringComparison.Ordinal));
        Assert.Contains($"[1] {Reason}", table.Notes);
        Assert.DoesNotContain(table.Rows.SelectMany(row => row[2].Pieces), piece => piece is Inline.Scientific { Emphasis: Emphasis.Best });
        Assert.Contains(Reason, markdown, StringComparison.Ordinal);
        Assert.Contains("problem2 is void", Written.Json(Report), StringComparison.Ordinal);
        using var csv = new StringWriter();
        CsvFormat.Accuracy(Report, csv);
        Assert.Equal(3, csv.ToString().Split('\n').Count(line => line.Contains("problem2", StringComparison.Ordinal) && line.Contains(",void,", StringComparison.Ordinal) && line.EndsWith($",{Reason}", StringComparison.Ordinal)));
        Assert.Equal(["problem1", "problem3", "problem4"], FirstWords(RobustnessTable.Of(Report, Block)).Distinct());
    }

    [Fact]
    public void Conclusions_leave_it_out_and_say_so()
    {
        var sentences = WhatCameOut.Of(Report);

        Assert.Contains($"Left out of all this: problem2, which is void ({Reason}).", sentences);
        Assert.DoesNotContain(sentences, sentence => sentence.Contains("on problem2", StringComparison.Ordinal));
        Assert.Equal(["problem1", "problem3", "problem4"], FirstWords(FreshRunTable.Of(Report, Block)!));
    }

    [Fact]
    public void A_study_of_void_problems_alone_ranks_nobody()
    {
        var report = StudyReport.Build(Made.ManyProblems(1, 3, 5).Build()).WithKnown(Known("problem1"));

        Assert.Equal([$"Left out of all this: problem1, which is void ({Reason})."], WhatCameOut.Of(report));
        Assert.Null(FreshRunTable.Of(report, report.Blocks[0]));
        Assert.Contains(Reason, MarkdownOf(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_void_problem_a_report_is_what_it_was()
    {
        var known = Without.WithKnown(new Dictionary<Level, KnownProblem> { [Level.Of("problem1")] = new(null, null) });

        Assert.Equal(MarkdownOf(Without), MarkdownOf(known));
    }

    private static Dictionary<Level, KnownProblem> Known(string problem) => new() { [Level.Of(problem)] = new(Reason, null) };

    private static IEnumerable<string> FirstWords(TableModel table) => table.Rows.Select(row => ((Inline.Words)row[0].Pieces[0]).Text);

    private static string MarkdownOf(StudyReport report) => MarkdownFormat.Render(DocumentComposer.Compose(report));
}
