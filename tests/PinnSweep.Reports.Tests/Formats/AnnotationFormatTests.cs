using System.Text.Json;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Printed;
using PinnSweep.Reports.Verification;
using PinnSweep.Studies.Annotations;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Tests.Formats;

/// <summary>What people add is shown in every format, and changes no number of ours.</summary>
public sealed class AnnotationFormatTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 8, 15, 0, TimeSpan.Zero);
    private static readonly StudyReport Plain = StudyReport.Build(Made.FourMethods().Build());

    private static readonly StudyReport Annotated = Plain with
    {
        Annotations = new(
            ["draft-2", "paper"],
            [new(1, At, null, null, "a | b <script>alert(1)</script> [x](y) \u202E %_&"), new(3, At.AddDays(1), Factor.Balancer, "relobralo", "too short")],
            [
                new("Doe, 2024", "relobralo", "helmholtz", 1, 1e-9, 10, "table 3", At), new("Doe, 2024", "relobralo", "helmholtz", 2, 1e-7, 30, "table 3", At),
                new("Roe", "mine", "helmholtz", 1, 0.2, null, null, At),
            ]),
    };

    [Fact]
    public void A_report_without_any_says_nothing_of_them()
    {
        var document = DocumentComposer.Compose(Plain);

        Assert.DoesNotContain(document.Sections, section => section.Title is "Notes" or "External results");
        Assert.DoesNotContain(CsvFormat.FilesOf(Plain), file => file.Name is "external" or "notes");
        Assert.All((string[])["\"external\"", "\"tags\"", "\"notes\""], name => Assert.DoesNotContain(name, Written.Json(Plain), StringComparison.Ordinal));
    }

    [Fact]
    public void Results_of_others_are_marked_rows_below_ours_and_no_row_of_ours_changes()
    {
        var (before, after) = (Accuracy(Plain), Accuracy(Annotated));

        Assert.Equal(before.Rows.Select(row => string.Join(';', row)), after.Rows.Take(before.Rows.Length).Select(row => string.Join(';', row)));
        Assert.Equal(
            ["relobralo (external) [1];1.00e-8;2.0e-21 – 5.1e4;5.05e-8;1.0e-9 – 1.0e-7;n = 2;–", "mine (external) [2];2.00e-1;–;2.00e-1;2.0e-1 – 2.0e-1;n = 1;–"],
            after.Rows.Skip(before.Rows.Length).Select(row => string.Join(';', row)));
        Assert.Contains(
            "[1] External: Doe, 2024, imported on 2026-11-30; not trained here, not ranked and not tested against the others.",
            DocumentComposer.Compose(Annotated).Tables.First().Notes);
        foreach (var file in CsvFormat.FilesOf(Plain))
        {
            Assert.Equal(Csv(Plain, file.Name), Csv(Annotated, file.Name));
        }
    }

    [Fact]
    public void On_several_problems_each_stands_in_the_column_of_its_problem()
    {
        var report = StudyReport.Build(Made.ManyProblems(3, 2, 3).Build()) with
        {
            Annotations = StudyAnnotations.None with { External = [new("Doe", "a", "problem3", 1, 0.5, null, null, At), new("Doe", "a", "problem1", 1, 0.25, null, null, At), new("Doe", "a", "problem1", 2, 0.25, null, null, At)] },
        };

        Assert.Equal("a (external) [1];2.50e-1 [2.5e-1, 2.5e-1] n = 2;–;5.00e-1 n = 1", string.Join(';', Accuracy(report).Rows[^1]));
    }

    [Fact]
    public void Where_no_column_is_a_problem_they_stand_in_their_own_section_alone()
    {
        var report = StudyReport.Build(Made.FourMethods().With(Factor.Network, "mlp", "siren").Build(), new(Factor.Balancer, Factor.Network)) with { Annotations = Annotated.Annotations };

        Assert.DoesNotContain("(external)", MarkdownFormat.Render(DocumentComposer.Compose(report)), StringComparison.Ordinal);
        Assert.Contains(DocumentComposer.Compose(report).Sections, section => section.Title == "External results");
    }

    [Fact]
    public void Every_format_has_them()
    {
        var document = DocumentComposer.Compose(Annotated);
        string[] texts = [MarkdownFormat.Render(document), HtmlFormat.Render(document), LatexFormat.Render(document)];

        Assert.All(texts, text => Assert.All(
            (string[])["External results", "Doe, 2024", "(external)", "table 3", "Notes", "draft-2, paper", "2026-12-01 08:15 UTC, balancer relobralo", "too short"],
            words => Assert.Contains(words, text, StringComparison.Ordinal)));
        Assert.All([.. texts, TextFormat.Accuracy(Annotated)], text => Assert.All((string[])["<script>alert", "\u202e"], sign => Assert.DoesNotContain(sign, text, StringComparison.Ordinal)));
        Assert.Contains(@"[x\](y)", texts[0], StringComparison.Ordinal);
        Assert.Contains("mine (external) [2]", TextFormat.Accuracy(Annotated), StringComparison.Ordinal);
        Assert.StartsWith("'=Doe,", Csv(Annotated with { Annotations = StudyAnnotations.None with { External = [new("=Doe", "a", "helmholtz", 1, 1, null, null, At)] } }, "external").Split('\n')[1], StringComparison.Ordinal);
        Assert.Equal(
            ["\"Doe, 2024\",relobralo,helmholtz,2", "Roe,mine,helmholtz,1"],
            Csv(Annotated, "external").Split('\n')[1..3].Select(line => line[..(line.IndexOf("helmholtz", StringComparison.Ordinal) + 11)]));
        Assert.Equal("3,2026-12-01T08:15:00.0000000+00:00,balancer,relobralo,too short", Csv(Annotated, "notes").Split('\n')[2]);
    }

    [Fact]
    public void Json_has_statistics_with_their_n_and_every_run()
    {
        using var json = JsonDocument.Parse(Written.Json(Annotated));

        var row = json.RootElement.GetProperty("external")[0];
        Assert.Equal(("Doe, 2024", 2, 1e-8), (row.GetProperty("source").GetString(), row.GetProperty("count").GetInt32(), Math.Round(row.GetProperty("geometricMean").GetDouble(), 15)));
        Assert.Equal([1e-9, 1e-7], row.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("error").GetDouble()));
        Assert.Equal(20, row.GetProperty("seconds").GetDouble());
        Assert.Equal(["draft-2", "paper"], json.RootElement.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(("balancer", "relobralo", 3), (json.RootElement.GetProperty("notes")[1].GetProperty("factor").GetString(), json.RootElement.GetProperty("notes")[1].GetProperty("level").GetString(), json.RootElement.GetProperty("notes")[1].GetProperty("number").GetInt32()));
        Assert.Contains("\u202E", json.RootElement.GetProperty("notes")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_check_of_printed_tables_finds_their_rows()
    {
        var document = DocumentComposer.Compose(Annotated);

        Assert.Equal([], TableVerifier.Of(Annotated, MarkdownFormat.Render(document), "report.md").Differences);
        Assert.Equal([], TableVerifier.Of(Annotated, LatexFormat.Render(document), "report.tex").Differences);
        Assert.Equal([], TableVerifier.Of(Annotated, Csv(Annotated, "external"), "external.csv").Differences);
    }

    [Fact]
    public void A_study_with_a_design_has_both_sections()
    {
        var report = DesignedStudy.Report(DesignedStudy.Grid, DesignedStudy.Worked) with { Annotations = Annotated.Annotations };

        Assert.Equal(["External results", "Notes"], DocumentComposer.Compose(report).Sections.Select(section => section.Title).Where(title => title is "External results" or "Notes"));
        Assert.Superset(new HashSet<string>(["external", "notes"]), CsvFormat.FilesOf(report).Select(file => file.Name).ToHashSet());
    }

    private static PrintedTable Accuracy(StudyReport report) => PrintedTables.Of(VisibleDocument.Of(DocumentComposer.Compose(report)).Tables.First());

    private static string Csv(StudyReport report, string file)
    {
        using var text = new StringWriter { NewLine = "\n" };
        CsvFormat.FilesOf(report).Single(known => known.Name == file).Write(report, text);
        return text.ToString();
    }
}
