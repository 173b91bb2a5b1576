using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PinnSweep.Reports.Conclusions;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Drawing;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// One HTML file that needs nothing else: style, figures and a small script are in it. The script sorts, filters and hides; without it
/// everything is there to be read.
/// </summary>
public static class HtmlFormat
{
    // With more figures than these a page takes its time to lay out, and does so where it is looked at.
    private const int ManyFigures = 20;

    private static readonly string[] Told = ["metric", "budget", "trials"];

    // As they stand between the tags: browsers hash just that.
    private static string StyleSheet { get; } = Asset("report.css");

    private static string Script { get; } = Asset("report.js");

    /// <summary>
    /// What a browser may do with the page: show its own style and the empty icon, and run its own script. Nothing is asked for and no other
    /// script runs, whatever a label says.
    /// </summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src '{HashOf(StyleSheet)}'; script-src '{HashOf(Script)}'; img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>The whole report.</summary>
    public static string Render(ReportDocument document) => Render(document, FigurePainter.Svg);

    /// <summary>The whole report with figures drawn by <paramref name="svg"/>.</summary>
    internal static string Render(ReportDocument document, Func<FigureModel, byte[]> svg)
    {
        using var target = new StringWriter();
        Write(document, svg, target);
        return target.ToString();
    }

    /// <summary>Writes the report part by part: figures are most of it, and never held all at once.</summary>
    internal static void Write(ReportDocument document, Func<FigureModel, byte[]> svg, TextWriter target)
    {
        var text = new StringBuilder();
        var anchors = new HtmlAnchors(document);
        var glyphs = new HashSet<string>(StringComparer.Ordinal);
        var parts = new HtmlParts(text, figure => Inlined(figure, svg(figure), glyphs)) { Links = anchors.Links, Anchors = anchors };
        Head(document, text);
        for (var i = 0; i < document.Sections.Length; i++)
        {
            var section = document.Sections[i];
            text.Append(CultureInfo.InvariantCulture, $"<section id=\"s{i + 1}\"{(section.Title == WhatCameOut.Title ? " class=\"lead\"" : "")}>\n<h2>{HtmlParts.Escape(section.Title)}</h2>\n");
            foreach (var part in section.Parts)
            {
                parts.Append(part);
                target.Write(text);
                text.Clear();
            }

            text.Append("</section>\n");
        }

        target.Write(text.Append("</main>\n<script>").Append(Script).Append("</script>\n</body>\n</html>\n"));
    }

    private static void Head(ReportDocument document, StringBuilder text)
    {
        var title = HtmlParts.Escape(document.Title);
        text.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"").Append(ContentSecurityPolicy);
        text.Append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");

        // Browsers ask for an icon of every page; an empty one is an answer.
        text.Append("<link rel=\"icon\" href=\"data:,\">\n<title>").Append(title).Append("</title>\n<style>").Append(StyleSheet).Append("</style>\n</head>\n<body>\n");
        text.Append("<a class=\"skip\" href=\"#report\">To the report</a>\n<header>\n<h1>").Append(title).Append("</h1>\n");
        var facts = document.Sections.SelectMany(section => section.Parts).OfType<ReportPart.Facts>().SelectMany(part => part.Lines).Where(line => Told.Contains(line.Name)).DistinctBy(line => line.Name).ToArray();
        if (facts.Length > 0)
        {
            text.Append("<ul class=\"meta\">").AppendJoin("", facts.Select(line => $"<li>{HtmlParts.Escape(line.Value)}</li>")).Append("</ul>\n");
        }

        text.Append("</header>\n<nav class=\"side\" aria-label=\"Contents\">\n<details open>\n<summary>Contents</summary>\n<ol>");
        for (var i = 0; i < document.Sections.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#s{i + 1}\">{HtmlParts.Escape(document.Sections[i].Title)}</a></li>");
        }

        text.Append("</ol>\n</details>\n</nav>\n").Append(document.Figures.Count() > ManyFigures ? "<main id=\"report\" class=\"long\">\n" : "<main id=\"report\">\n");
    }

    // What shows values as colours keeps its paper on dark ground.
    private static string Inlined(FigureModel figure, byte[] svg, HashSet<string> glyphs)
    {
        var drawn = Encoding.UTF8.GetString(svg);
        var ground = figure.Heat.IsEmpty && figure.Fields is null && figure.Domain is null ? "lines" : "paper";
        return $"<div class=\"plot {ground}\" tabindex=\"0\" role=\"region\" aria-label=\"Figure {HtmlParts.Escape(figure.Name)}\">{Shared(drawn[drawn.IndexOf("<svg", StringComparison.Ordinal)..], figure.Name, glyphs)}</div>\n";
    }

    // Every figure has the outlines of its letters. In a page with many the first that has a letter has it for all. What a word says is no
    // label there, because a picture is one thing to whoever has it read out.
    private static string Shared(string svg, string name, HashSet<string> glyphs)
    {
        var own = new Regex($"(?:<path id=\"{Regex.Escape(name)}-(?<glyph>[rb][0-9]+)\" d=\"[^\"]*\" ?/>)|(?:href=\"#{Regex.Escape(name)}-(?<used>[rb][0-9]+)\")", RegexOptions.CultureInvariant);
        return own.Replace(svg.Replace(" aria-label=", " data-text=", StringComparison.Ordinal), match => match.Groups["used"] is { Success: true } used ? $"href=\"#glyph-{used.Value}\""
            : glyphs.Add(match.Groups["glyph"].Value) ? match.Value.Replace($"id=\"{name}-", "id=\"glyph-", StringComparison.Ordinal) : "");
    }

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Asset(string name)
    {
        using var stream = typeof(HtmlFormat).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        return $"\n{reader.ReadToEnd().ReplaceLineEndings("\n")}";
    }
}
