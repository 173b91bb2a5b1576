using System.Text.Json;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tests.Model.Tuning;
using PinnSweep.Reports.Verification;
using PinnSweep.Testing.Snapshots;

namespace PinnSweep.Reports.Tests.Formats;

public sealed class StagedFormatTests : IDisposable
{
    private const string Both = "both";
    private readonly string _folder = Directory.CreateTempSubdirectory("pinnsweep-staged-").FullName;

    public static TheoryData<string> Studies => [StagedStudy.Tuned, StagedStudy.Halving, StagedStudy.Replicated, Both];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Studies))]
    public void Every_table_agrees_with_its_own_store_in_every_format(string study)
    {
        var report = Build(study);
        var document = DocumentComposer.Compose(report);

        var latex = TableVerifier.Of(report, LatexFormat.Render(document), "report.tex");
        var markdown = TableVerifier.Of(report, MarkdownFormat.Render(document), "report.md");

        Assert.Equal([], latex.Differences);
        Assert.Equal([], markdown.Differences);
        Assert.Equal(document.Tables.Select(table => table.Name).Order(), markdown.Tables.Order());
        Assert.Equal(document.Tables.Select(table => table.Name).Order(), latex.Tables.Order());
        Assert.All(CsvFormat.FilesOf(report), file => Assert.Equal([], TableVerifier.Of(report, Csv(report, file.Name), $"{file.Name}.csv").Differences));
    }

    [Theory]
    [InlineData("trials: 8", "trials: 8", false)]
    [InlineData("trials: 8", "seconds: 20", true)]
    [InlineData("design: sobol", "design: tpe", true)]
    [InlineData("trials: 8", "trials: 8\n  by: max_error", true)]
    [InlineData("trials: 8", "trials: 8\n  first: none", true)]
    public void Other_purses_designs_and_metrics_are_written_and_verified(string part, string other, bool isSound)
    {
        var report = StudyReport.Build(StagedStudy.Of(StagedStudy.Tuned.Replace(part, other, StringComparison.Ordinal), trial => isSound ? StagedReportTests.Worked(trial) : null));
        var document = DocumentComposer.Compose(report);
        var text = MarkdownFormat.Render(document with { Sections = [.. document.Sections.Where(section => section.Title != "Diagnosis")] });

        Assert.Equal([], TableVerifier.Of(report, MarkdownFormat.Render(document), "report.md").Differences);
        Assert.Contains("## Tuned against default", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.NotEmpty(Written.Json(report));

        // Where all diverged nothing is compared, and a file of headings is no table.
        Assert.All(
            CsvFormat.FilesOf(report).Select(file => (file.Name, Text: Csv(report, file.Name))).Where(file => file.Text.Count(c => c == '\n') > 1),
            file => Assert.Equal([], TableVerifier.Of(report, file.Text, $"{file.Name}.csv").Differences));
    }

    [Fact]
    public void A_changed_digit_of_a_gain_or_of_a_verdict_is_found()
    {
        var report = Build(Both);
        var (text, csv) = (MarkdownFormat.Render(DocumentComposer.Compose(report)), Csv(report, "proposals"));
        var (forged, forgedCsv) = (text.Replace(" 2.51 [", " 2.61 [", StringComparison.Ordinal), csv.Replace(",4000,", ",4001,", StringComparison.Ordinal));
        Assert.NotEqual(text, forged);
        Assert.NotEqual(csv, forgedCsv);

        Assert.All(TableVerifier.Of(report, forged, "report.md").Differences, difference => Assert.Equal(("tuned", "factor gained [95 %]"), (difference.Table, difference.Column)));
        Assert.NotEmpty(TableVerifier.Of(report, forged, "report.md").Differences);
        Assert.NotEmpty(TableVerifier.Of(report, forgedCsv, "proposals.csv").Differences);
    }

    [Theory]
    [InlineData(Both)]
    [InlineData(StagedStudy.Replicated)]
    public void Every_format_is_written_and_the_same_twice(string study)
    {
        var first = ReportWriter.Write(Build(study), Path.Combine(_folder, "first"), ReportFormatWords.All);
        var second = ReportWriter.Write(Build(study), Path.Combine(_folder, "second"), ReportFormatWords.All);

        Assert.Equal(first.Select(Path.GetFileName), second.Select(Path.GetFileName));
        Assert.All(first.Zip(second), pair => Assert.Equal(File.ReadAllBytes(pair.First), File.ReadAllBytes(pair.Second)));
    }

    [Fact]
    public void Formats_carry_what_the_tables_say()
    {
        var report = Build(Both);
        var document = DocumentComposer.Compose(report);
        string[] texts = [MarkdownFormat.Render(document), HtmlFormat.Render(document), LatexFormat.Render(document), TextFormat.Accuracy(report)];

        Assert.All(texts, text => Assert.All(
            (string[])["Tuned with an equal purse", "Tuned against default", "2.51", "What the searches found", "Importance of each dimension of each search", "Seeds until decided", "better"],
            words => Assert.Contains(words, text, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_study_of_which_nothing_is_chosen_is_written_in_every_format()
    {
        var report = StudyReport.Build(StagedStudy.Of(StagedStudy.Tuned, StagedReportTests.Worked, decisions: 1));

        var files = ReportWriter.Write(report, _folder, ReportFormatWords.All);

        Assert.All(files, file => Assert.True(File.Exists(file), file));
        Assert.Contains("Nothing is chosen yet", File.ReadAllText(Path.Combine(_folder, "report.html")), StringComparison.Ordinal);
        Assert.Equal(4 * 8, File.ReadAllLines(Path.Combine(_folder, "proposals.csv")).Skip(1).Count());
        Assert.Equal([], TableVerifier.Of(report, File.ReadAllText(Path.Combine(_folder, "report.md")), "report.md").Differences);
    }

    [Fact]
    public void Json_has_searches_and_looks_and_an_ordinary_study_neither()
    {
        using var json = JsonDocument.Parse(Written.Json(Build(Both)));
        using var ordinary = JsonDocument.Parse(Written.Json(StudyReport.Build(Made.FourMethods().Build())));
        var searches = json.RootElement.GetProperty("tuning").GetProperty("searches");

        Assert.Equal(4, searches.GetArrayLength());
        Assert.Equal(8, searches[0].GetProperty("proposals").GetArrayLength());
        Assert.Equal("chosen", searches[0].GetProperty("proposals")[searches[0].GetProperty("chosen").GetInt32()].GetProperty("state").GetString());
        Assert.Equal("better", json.RootElement.GetProperty("looks").GetProperty("comparisons")[0].GetProperty("verdict").GetString());
        Assert.False(ordinary.RootElement.TryGetProperty("tuning", out _) || ordinary.RootElement.TryGetProperty("looks", out _));
    }

    [Fact]
    public void Figures_of_many_searches_lie_in_the_folder_and_not_all_in_the_page()
    {
        var problems = string.Join(", ", Enumerable.Range(1, 7).Select(k => FormattableString.Invariant($"{{kind: helmholtz, k: {k}}}")));
        var many = StagedStudy.Tuned.Replace("[helmholtz, wave]", $"[{problems}]", StringComparison.Ordinal).Replace("trials: 8", "trials: 3", StringComparison.Ordinal);
        var report = StudyReport.Build(StagedStudy.Of(many, StagedReportTests.Worked));

        ReportWriter.Write(report, _folder, [ReportFormat.Markdown]);

        Assert.Equal(14, report.Staged!.Searches.Length);
        Assert.DoesNotContain(DocumentComposer.Compose(report).Figures, figure => figure.Name == "slices-13");
        Assert.Contains(DocumentComposer.Compose(report).Figures, figure => figure.Name == $"slices-{SearchFigures.MostShown}");
        Assert.True(File.Exists(Path.Combine(_folder, "figures", "slices-14.png")));
        Assert.Contains("of 2 more searches", MarkdownFormat.Render(DocumentComposer.Compose(report)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_markdown_of_a_tuned_study_reads_so() => Snapshot.Matches(
        Excerpt(StagedStudy.Halving, "Tuning", "Accuracy", "Tuned against default", "Searches", "Rungs", "Importance of parameters"), "tuned.md");

    [Fact]
    public void The_markdown_of_a_replicated_study_reads_so() => Snapshot.Matches(Excerpt(StagedStudy.Replicated, "Replication", "Accuracy", "Seeds until decided"), "replicated.md");

    private static string Excerpt(string study, params string[] sections)
    {
        var document = DocumentComposer.Compose(Build(study));
        return MarkdownFormat.Render(document with { Sections = [.. document.Sections.Where(section => sections.Contains(section.Title))] });
    }

    private static StudyReport Build(string study) => StudyReport.Build(study == StagedStudy.Replicated
        ? StagedStudy.Of(study, StagedReportTests.Noisy)
        : StagedStudy.Of(
            study == Both ? StagedStudy.Tuned.Replace("seeds: 4\n", "", StringComparison.Ordinal) + "\nreplicate: {until: decided, looks: [4, 6, 8]}\n" : study, StagedReportTests.Worked));

    private static string Csv(StudyReport report, string name)
    {
        using var text = new StringWriter();
        CsvFormat.FilesOf(report).Single(file => file.Name == name).Write(report, text);
        return text.ToString();
    }
}
