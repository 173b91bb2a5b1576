using System.Text.Json;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Verification;
using PinnSweep.Testing.Snapshots;

namespace PinnSweep.Reports.Tests.Formats;

public sealed class DesignFormatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pinnsweep-design-").FullName;

    public static TheoryData<string> Studies => [DesignedStudy.Grid, DesignedStudy.Mixed];

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

    [Fact]
    public void A_changed_digit_is_found()
    {
        var report = Build(DesignedStudy.Grid);
        var (text, csv) = (MarkdownFormat.Render(DocumentComposer.Compose(report)), Csv(report, "points"));
        var (forged, forgedCsv) = (text.Replace("3/0/1", "4/0/0", StringComparison.Ordinal), csv.Replace(",observed,0.1", ",observed,0.2", StringComparison.Ordinal));
        Assert.NotEqual(text, forged);
        Assert.NotEqual(csv, forgedCsv);

        Assert.Equal("point-by-point", Assert.Single(TableVerifier.Of(report, forged, "report.md").Differences).Table);
        Assert.NotEmpty(TableVerifier.Of(report, forgedCsv, "points.csv").Differences);
    }

    [Fact]
    public void Formats_carry_what_the_tables_say_and_no_table_of_sampled_levels()
    {
        var report = Build(DesignedStudy.Grid);
        var document = DocumentComposer.Compose(report);
        string[] texts = [MarkdownFormat.Render(document), HtmlFormat.Render(document), LatexFormat.Render(document), TextFormat.Accuracy(report)];

        Assert.All(texts, text => Assert.All(
            (string[])["nothing was chosen by anybody", "winner's curse", "3/0/1", "Points of the design", "Importance of each dimension of each combination"],
            words => Assert.Contains(words, text.Replace("’", "'", StringComparison.Ordinal).Replace("&#39;", "'", StringComparison.Ordinal), StringComparison.Ordinal)));
        Assert.DoesNotContain(document.Tables, table => table.Name.StartsWith("accuracy", StringComparison.Ordinal));
        Assert.Single(document.Tables.Single(table => table.Name == "level-parameters").Rows, row => ((PinnSweep.Reports.Documents.Inline.Words)row[0].Pieces[0]).Text == "optimizer");
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void Every_format_is_written_and_the_same_twice(string study)
    {
        var first = ReportWriter.Write(Build(study), Path.Combine(_folder, "first"), ReportFormatWords.All);
        var second = ReportWriter.Write(Build(study), Path.Combine(_folder, "second"), ReportFormatWords.All);

        Assert.Equal(first.Select(Path.GetFileName), second.Select(Path.GetFileName));
        Assert.All(first.Zip(second), pair => Assert.Equal(File.ReadAllBytes(pair.First), File.ReadAllBytes(pair.Second)));
        Assert.DoesNotContain(first, file => Path.GetFileName(file) == "accuracy.csv");
    }

    [Fact]
    public void Json_has_all_points_and_all_trials()
    {
        using var json = JsonDocument.Parse(Written.Json(Build(DesignedStudy.Grid)));
        var design = json.RootElement.GetProperty("design");

        Assert.Equal("grid", design.GetProperty("kind").GetString());
        Assert.Equal([4, 4, 4], design.GetProperty("combinations").EnumerateArray().Select(one => one.GetProperty("points").GetArrayLength()));
        Assert.Equal("failed", design.GetProperty("combinations")[1].GetProperty("points")[3].GetProperty("state").GetString());
        Assert.Equal(24, json.RootElement.GetProperty("trials").GetArrayLength());
        Assert.DoesNotContain("\"design\"", Written.Json(StudyReport.Build(Made.FourMethods().Build())), StringComparison.Ordinal);
    }

    [Fact]
    public void The_markdown_of_a_study_with_a_design_reads_so()
    {
        var document = DocumentComposer.Compose(Build(DesignedStudy.Grid));
        Snapshot.Matches(
            MarkdownFormat.Render(document with { Sections = [.. document.Sections.Where(section => section.Title is not ("Diagnosis" or "The study") && !section.Title.StartsWith("Figures", StringComparison.Ordinal))] }),
            "designed.md");
    }

    private static StudyReport Build(string study) => DesignedStudy.Report(study, study == DesignedStudy.Grid
        ? DesignedStudy.Worked
        : trial => (trial.Levels.Balancer.Kind == "static" ? 0.02 : 0.01) * (1 + (0.1 * trial.Seed)));

    private static string Csv(StudyReport report, string name)
    {
        using var text = new StringWriter();
        CsvFormat.FilesOf(report).Single(file => file.Name == name).Write(report, text);
        return text.ToString();
    }
}
