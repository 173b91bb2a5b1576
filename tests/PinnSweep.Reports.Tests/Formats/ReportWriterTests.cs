using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing.Snapshots;

namespace PinnSweep.Reports.Tests.Formats;

public sealed class ReportWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pinnsweep-reports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_results_give_the_same_bytes()
    {
        var first = ReportWriter.Write(StudyReport.Build(Made.FourMethods().Build()), Path.Combine(_folder, "first"), ReportFormatWords.All);
        var second = ReportWriter.Write(StudyReport.Build(Made.FourMethods().Build()), Path.Combine(_folder, "second"), ReportFormatWords.All);

        Assert.NotEmpty(first);
        Assert.Equal(first.Select(Path.GetFileName), second.Select(Path.GetFileName));
        Assert.All(first.Zip(second), pair => Assert.Equal(File.ReadAllBytes(pair.First), File.ReadAllBytes(pair.Second)));
    }

    [Fact]
    public void The_order_in_which_results_arrived_does_not_show()
    {
        var results = Made.FourMethods().Build();
        var shuffled = results with { Results = results.Results.Reverse().Aggregate(results.Results.Clear(), (all, pair) => all.Add(pair.Key, pair.Value)) };

        Assert.Equal(Written.Json(StudyReport.Build(results)), Written.Json(StudyReport.Build(shuffled)));
    }

    [Fact]
    public void Times_and_faults_of_an_interrupted_run_do_not_reach_the_accuracy_tables()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());
        var resumed = StudyReport.Build(Made.FourMethods().FaultsRetried(3).MillisecondsPerStep(_ => 7).Build());

        Assert.Equal(Csv(CsvFormat.Accuracy, report), Csv(CsvFormat.Accuracy, resumed));
        Assert.Equal(TextFormat.Accuracy(report), TextFormat.Accuracy(resumed));
        Assert.NotEqual(Csv(CsvFormat.Cost, report), Csv(CsvFormat.Cost, resumed));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_users_mistake()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        var mistake = Assert.Throws<UserMistakeException>(() => ReportWriter.Write(StudyReport.Build(Made.FourMethods().Build()), Path.Combine(file, "out"), [ReportFormat.Json]));

        Assert.Contains(file, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_markdown_of_one_problem_reads_so() =>
        Snapshot.Matches(MarkdownFormat.Render(DocumentComposer.Compose(StudyReport.Build(Made.FourMethods().Build()))), "four-methods.md");

    [Fact]
    public void The_text_of_one_problem_reads_so() =>
        Snapshot.Matches(TextFormat.Accuracy(StudyReport.Build(Made.FourMethods().Build())), "four-methods.txt");

    [Fact]
    public void The_text_of_several_problems_with_gaps_reads_so() =>
        Snapshot.Matches(
            TextFormat.Accuracy(StudyReport.Build(Made.ManyProblems(3, 3, 3)
                .NotApplicable(levels => levels is { Problem.Kind: "problem2", Balancer.Kind: "method3" } ? "method3 needs an initial condition" : null)
                .Quarantined((levels, seed) => levels is { Problem.Kind: "problem1", Balancer.Kind: "method2" } && seed == 3)
                .Missing((levels, seed) => levels is { Problem.Kind: "problem3", Balancer.Kind: "method1" } && seed > 1)
                .Build())),
            "gaps.txt");

    [Fact]
    public void The_json_reads_so() =>
        Snapshot.Matches(Written.Json(StudyReport.Build(Made.FourMethods().Build())), "four-methods.json");

    [Fact]
    public void The_trials_as_csv_read_so() =>
        Snapshot.Matches(Csv(CsvFormat.Trials, StudyReport.Build(Made.FourMethods().Build())), "four-methods-trials.csv");

    [Fact]
    public void The_latex_of_a_table_reads_so() =>
        Snapshot.Matches(LatexFormat.Render(DocumentComposer.Compose(StudyReport.Build(Made.FourMethods().Build())).Tables.First()), "four-methods.tex");

    [Fact]
    public void The_markdown_of_several_problems_reads_so() =>
        Snapshot.Matches(MarkdownFormat.Render(DocumentComposer.Compose(StudyReport.Build(Made.ManyProblems().Build()))), "many-problems.md");

    [Fact]
    public void Html_needs_nothing_else()
    {
        var html = HtmlFormat.Render(DocumentComposer.Compose(StudyReport.Build(Made.FourMethods().Build())));

        Assert.Equal(2, html.Split("<script>").Length);
        Assert.DoesNotContain("<script ", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!#|data:)", html);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_study_is_called_cannot_break_out_of_html_or_latex()
    {
        var results = Made.FourMethods().Build();
        var named = StudyReport.Build(results with { Plan = results.Plan with { Spec = results.Plan.Spec with { Name = "<b>50% & \\x_1</b>" } } });

        Assert.DoesNotContain("<b>50%", HtmlFormat.Render(DocumentComposer.Compose(named)), StringComparison.Ordinal);
        Assert.Contains(@"\textless{}b\textgreater{}50\% \& \textbackslash{}x\_1", LatexFormat.Render(DocumentComposer.Compose(named)), StringComparison.Ordinal);
    }

    private static string Csv(Action<StudyReport, TextWriter> write, StudyReport report)
    {
        using var writer = new StringWriter();
        write(report, writer);
        return writer.ToString();
    }
}
