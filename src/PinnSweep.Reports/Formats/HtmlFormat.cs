using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Drawing;

namespace PinnSweep.Reports.Formats;

/// <summary>One HTML file that needs nothing else: style and figures are in it, and no script.</summary>
public static class HtmlFormat
{
    private const string Style = """
        :root { color-scheme: light; }
        body { font: 16px/1.5 Inter, system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 64rem; margin: 2.5rem auto; padding: 0 1.5rem; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 1.5rem; }
        h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
        nav { font-size: .9rem; margin-bottom: 1rem; } nav a { margin-right: 1.2em; color: #0072b2; text-decoration: none; } nav a:hover { text-decoration: underline; }
        .wide { overflow-x: auto; margin-top: 1.4rem; }
        table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; border-top: 2px solid #1a1a1a; border-bottom: 2px solid #1a1a1a; }
        caption { text-align: left; padding-bottom: .5rem; color: #444; }
        th { border-bottom: 1px solid #1a1a1a; font-weight: 600; text-align: left; vertical-align: bottom; }
        th, td { padding: .3rem 1.2rem .3rem 0; } td { vertical-align: top; white-space: nowrap; } td.keys { white-space: normal; } tbody tr:hover { background: #f5f7fa; }
        .n { text-align: right; white-space: nowrap; } .best { font-weight: 700; }
        sup { font-size: .72em; line-height: 0; }
        .notes { font-size: .82rem; color: #444; margin: .6rem 0 0; max-width: 52rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.5rem; font-size: .9rem; } dt { color: #555; } dd { margin: 0; overflow-wrap: anywhere; }
        figure { margin: 1.5rem 0 2.5rem; } figure svg { width: 100%; max-width: 56rem; height: auto; } figcaption { font-size: .88rem; color: #444; max-width: 52rem; }
        code { font: .88em ui-monospace, monospace; }
        @media print { body { margin: 0; max-width: none; font-size: 10pt; } nav { display: none; } section { break-inside: auto; } figure { break-inside: avoid; } }
        """;

    /// <summary>
    /// What a browser may do with the page: show its own style and the empty icon. Nothing is asked for and no script runs, whatever a
    /// label says.
    /// </summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(StyleSheet)))}'; img-src data:; base-uri 'none'; form-action 'none'";

    // As it stands between the tags: browsers hash just that.
    private static string StyleSheet => $"\n{Style.ReplaceLineEndings("\n")}\n";

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
        var parts = new HtmlParts(text, figure => Inlined(svg(figure)));
        text.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"").Append(ContentSecurityPolicy).Append("\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");

        // Browsers ask for an icon of every page; an empty one is an answer.
        text.Append("<link rel=\"icon\" href=\"data:,\">\n<title>").Append(HtmlParts.Escape(document.Title)).Append("</title>\n<style>").Append(StyleSheet).Append("</style>\n</head>\n<body>\n");
        text.Append("<h1>").Append(HtmlParts.Escape(document.Title)).Append("</h1>\n<nav>");
        for (var i = 0; i < document.Sections.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<a href=\"#s{i + 1}\">{HtmlParts.Escape(document.Sections[i].Title)}</a>");
        }

        text.Append("</nav>\n<main>\n");
        for (var i = 0; i < document.Sections.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<section id=\"s{i + 1}\">\n<h2>{HtmlParts.Escape(document.Sections[i].Title)}</h2>\n");
            foreach (var part in document.Sections[i].Parts)
            {
                parts.Append(part);
                target.Write(text);
                text.Clear();
            }

            text.Append("</section>\n");
        }

        target.Write(text.Append("</main>\n</body>\n</html>\n"));
    }

    private static string Inlined(byte[] svg)
    {
        var drawn = Encoding.UTF8.GetString(svg);
        return drawn[drawn.IndexOf("<svg", StringComparison.Ordinal)..];
    }
}
