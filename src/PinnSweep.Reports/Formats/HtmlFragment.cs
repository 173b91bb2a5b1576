using System.Globalization;
using System.Text;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Drawing;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// Sections of a report as a piece of somebody else's page: elements and classes without any style or script of their own, so that it may
/// stand in a page of a strict policy. Figures are asked for by their addresses.
/// </summary>
public static class HtmlFragment
{
    private const string Prefix = "report-";

    /// <summary>The sections one after the other, each with its heading.</summary>
    /// <param name="sections">In reading order.</param>
    /// <param name="links">Where numbers, keys and figures lead.</param>
    /// <param name="level">Of the headings, 1 to 6.</param>
    public static string Render(IEnumerable<ReportSection> sections, FragmentLinks links, int level = 3)
    {
        var text = new StringBuilder();
        var parts = new HtmlParts(text, figure => Picture(figure, links)) { Links = links, IdPrefix = Prefix };
        foreach (var (section, id) in sections.Select((section, i) => (section, Id(section.Title, i))))
        {
            text.Append(CultureInfo.InvariantCulture, $"<section>\n<h{level} id=\"{id}\">{HtmlParts.Escape(section.Title)}</h{level}>\n");
            foreach (var part in section.Parts)
            {
                parts.Append(part);
            }

            text.Append("</section>\n");
        }

        return text.ToString();
    }

    private static string Picture(FigureModel figure, FragmentLinks links)
    {
        var (light, dark) = links.FigureOf(figure.Name);
        var words = HtmlParts.Escape(figure.Title);
        return $"<a href=\"{HtmlParts.Escape(light)}\"><picture><source srcset=\"{HtmlParts.Escape(dark)}\" media=\"(prefers-color-scheme: dark)\"><img src=\"{HtmlParts.Escape(light)}\" alt=\"{words}\" loading=\"lazy\"></picture></a>";
    }

    // Titles may have any characters, and two may look alike without those that an id cannot have.
    private static string Id(string title, int index) =>
        $"{Prefix}s{(index + 1).ToString(CultureInfo.InvariantCulture)}-{string.Concat(title.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-')}";
}
