using System.Text;
using System.Xml.Linq;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;
using PinnSweep.Reports.Verification;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Reports.Tests.Formats;

/// <summary>Labels, captions and notes as somebody wrote them who wants more than to be read.</summary>
public sealed class HostileWordsTests
{
    private const string Hostile =
        "<script>alert(1)</script> [b](javascript:alert(1)) ![i](http://evil.example/i.png) <http://evil.example> https://evil.example www.evil.example "
        + "| c | `d` ` **e** _f_ ~~g~~ &lt;h&gt; \\](x) [j]: http://evil.example [^1]: k \u202E\u200B\u001b[2J\0\u009b";

    private static readonly string[] Active = ["<script", "](", "<http", "https://", " www.", "\u202e", "\u200b", "\u001b", "\0", "\u009b", " **e", " _f", "~~", "&lt;h&gt;"];

    [Fact]
    public void No_markup_of_theirs_reaches_markdown()
    {
        var markdown = MarkdownFormat.Render(VisibleDocument.Of(Document()));

        // What is escaped is no markup; our own fields and pictures are.
        var plain = markdown.Replace("\\\\", "", StringComparison.Ordinal).Replace("\\]", "", StringComparison.Ordinal).Replace("\\~", "", StringComparison.Ordinal)
            .Replace("![figure](figures/figure.svg)", "", StringComparison.Ordinal);
        Assert.All(Active, sign => Assert.DoesNotContain(sign, plain, StringComparison.Ordinal));
        Assert.Contains(@"\u202E\\u200B\\u001B[2J", markdown, StringComparison.Ordinal);
        Assert.Contains("`d`", markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# no heading", @"\# no heading")]
    [InlineData("- no item", @"\- no item")]
    [InlineData("  + no item", @"\+ no item")]
    [InlineData("* no item", @"\* no item")]
    [InlineData("> no quotation", @"\> no quotation")]
    [InlineData("12. no item", @"12\. no item")]
    [InlineData("3) no item", @"3\) no item")]
    [InlineData("---", @"\---")]
    [InlineData("===", @"\===")]
    [InlineData("```", @"\`\`\`")]
    [InlineData("~~~", @"\~\~\~")]
    [InlineData("    code", "code")]
    [InlineData("``x`", @"\``x`")]
    public void A_line_begins_nothing_but_a_line(string text, string escaped) => Assert.Equal(escaped, MarkdownText.EscapeLine(text));

    [Theory]
    [InlineData("-1.5 is a number, 3 seeds, #1 of 4, 10 % – 90 %")]
    [InlineData("p <0.001, [0.44, 1.00] (1 failed), P(A > B) ≈ ½, a*b? no: a × b; hidden_width = 3; R&D, ~10 ms; relative L2: 5e-3")]
    [InlineData("**Bold**: smallest of its column, in `trials.csv`.")]
    public void Ordinary_words_stay_as_they_are(string text) => Assert.Equal(text.Replace("a*b", @"a\*b", StringComparison.Ordinal), MarkdownText.EscapeLine(text));

    [Fact]
    public void What_was_escaped_reads_as_it_was() =>
        Assert.Equal(
            VisibleText.Line(Hostile).Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal),
            MarkdownText.Plain(MarkdownText.Escape(VisibleText.Line(Hostile))).Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal));

    [Fact]
    public void Code_holds_whatever_it_holds() => Assert.Equal("`` a`b\\|c ``", MarkdownText.Code("a`b|c"));

    [Fact]
    public void Html_and_text_and_latex_show_what_cannot_be_seen()
    {
        var document = VisibleDocument.Of(Document());

        foreach (var text in new[] { HtmlFormat.Render(document), LatexFormat.Render(document), string.Join('\n', Document().Tables.Select(TextFormat.Render)) })
        {
            Assert.All(new[] { "\u202e", "\u200b", "\u001b", "\0", "\u009b" }, sign => Assert.DoesNotContain(sign, text, StringComparison.Ordinal));
            Assert.Contains("u202E", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_figure_of_hostile_words_is_drawn_and_its_svg_is_xml()
    {
        var figure = VisibleDocument.Of(Document()).Figures.Single();

        Assert.Contains("u202E", XElement.Parse(Encoding.UTF8.GetString(FigurePainter.Svg(figure))).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\\u000D=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("'=1", "''=1")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("+2e-3", "+2e-3")]
    [InlineData("relobralo, τ = 1", "\"relobralo, τ = 1\"")]
    [InlineData("=cmd|' /C calc'!A0, \"x\"", "\"'=cmd|' /C calc'!A0, \"\"x\"\"\"")]
    [InlineData("a\u202eb", "a\\u202Eb")]
    public void A_cell_of_csv_is_no_formula(string label, string cell)
    {
        var results = Named(label);
        using var text = new StringWriter { NewLine = "\n" };

        CsvFormat.Cost(StudyReport.Build(results), text);

        Assert.Contains($",{cell},", text.ToString().Split('\n', 2)[1].Replace("\n", ",", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_of_hostile_labels_are_found_again_by_the_check_of_printed_tables()
    {
        var report = StudyReport.Build(Named("=a|b* [x](y) _c_ \u202E<d> & e"));
        var document = DocumentComposer.Compose(report);

        Assert.Equal([], TableVerifier.Of(report, MarkdownFormat.Render(document), "report.md").Differences);
        Assert.Equal([], TableVerifier.Of(report, LatexFormat.Render(document), "report.tex").Differences);
        Assert.All(CsvFormat.FilesOf(report), file =>
        {
            using var text = new StringWriter { NewLine = "\n" };
            file.Write(report, text);
            Assert.Equal([], TableVerifier.Of(report, text.ToString(), $"{file.Name}.csv").Differences);
        });
    }

    [Fact]
    public void Json_is_exact()
    {
        var report = StudyReport.Build(Named("a\u202e=b"));

        using var json = System.Text.Json.JsonDocument.Parse(Written.Json(report));

        Assert.Contains("a\u202e=b", json.RootElement.GetProperty("trials").EnumerateArray().SelectMany(trial => trial.GetProperty("labels").EnumerateObject()).Select(label => label.Value.GetString()));
    }

    [Fact]
    public void Html_forbids_what_it_does_not_need_and_its_style_and_script_are_those_allowed()
    {
        var html = HtmlFormat.Render(DocumentComposer.Compose(StudyReport.Build(Made.FourMethods().Build())));
        string Hash(string tag) => Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(
            html[(html.IndexOf($"<{tag}>", StringComparison.Ordinal) + tag.Length + 2)..html.IndexOf($"</{tag}>", StringComparison.Ordinal)])));

        Assert.Contains($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{Hash("style")}'; script-src 'sha256-{Hash("script")}'; img-src data:; base-uri 'none'; form-action 'none'\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(html, "<script"));
    }

    private static StudyResults Named(string label)
    {
        var results = Made.FourMethods().Build();
        return results with
        {
            Plan = results.Plan with
            {
                Cells = [.. results.Plan.Cells.Select(cell => cell.Levels.Balancer.Kind == "relobralo" ? cell with { Labels = cell.Labels.SetItem(Factor.Balancer, label) } : cell)],
            },
        };
    }

    private static ReportDocument Document() => new(Hostile, [new(Hostile,
    [
        new ReportPart.Paragraph(Hostile),
        new ReportPart.Facts([(Hostile, Hostile)]),
        new ReportPart.Table(new("table", Hostile, [new(Hostile), new(Hostile, false)], [[TableCell.Of(new Inline.Words("[a]"), new Inline.Words("(http://evil.example)")), Hostile]], [Hostile, Hostile])),
        new ReportPart.Figure(new("figure", Hostile, [new(Hostile, Hostile, Hostile, false, [])], [new(Hostile, 0)])),
    ])]);
}
