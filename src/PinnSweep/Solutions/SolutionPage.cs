using System.Globalization;
using System.Net;
using System.Text;
using PinnSweep.Reports.Drawing;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Solutions;

/// <summary>A trained network as one page: what it is, and its figures within it. The page asks for nothing else.</summary>
internal static class SolutionPage
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}h1{font-size:1.4rem}"
        + "table{border-collapse:collapse}th{text-align:left;font-weight:600;padding:.1rem 1.2rem .1rem 0;vertical-align:top}td{overflow-wrap:anywhere}"
        + "figure{margin:2rem 0}figure svg{width:100%;height:auto}figcaption{color:#444}";

    /// <summary>The page's text.</summary>
    public static string Of(NamedNetwork named, IReadOnlyList<FigureModel> figures)
    {
        var (saved, description) = (named.Solution.Saved, named.Solution.Description);
        var page = new StringBuilder();
        var title = $"{description.Levels.Problem.Kind}, trial {description.Key().Short}";
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{Text(title)}</title>\n<style>{Style}</style>\n</head>\n<body>\n<h1>{Text(title)}</h1>\n<table>\n");
        foreach (var (name, value) in Facts(named, description, saved.Steps, saved.RelativeL2))
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(name)}</th><td>{Text(value)}</td></tr>\n");
        }

        page.Append("</table>\n");
        foreach (var figure in figures)
        {
            var svg = Encoding.UTF8.GetString(FigureImage.Svg(figure, FigureScheme.Light));
            page.Append(CultureInfo.InvariantCulture, $"<figure>\n{svg[svg.IndexOf("<svg", StringComparison.Ordinal)..]}\n<figcaption>{Text(figure.Caption)}</figcaption>\n</figure>\n");
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static IEnumerable<(string Name, string Value)> Facts(NamedNetwork named, TrialDescription description, int steps, double error)
    {
        yield return ("trial", description.Key().Hex);
        yield return ("steps", steps.ToString("N0", CultureInfo.InvariantCulture));
        yield return ("relative L2 error", double.IsNaN(error) ? "no reference is known" : error.ToString("0.00e0", CultureInfo.InvariantCulture));
        if (named.Result is { } result)
        {
            yield return ("outcome", result.Outcome.ToString().ToLowerInvariant());
        }

        foreach (var (name, value) in named.Solution.Saved.Coefficients)
        {
            yield return ($"coefficient {name}", ShortNumber.Rounded(value, 7));
        }

        yield return ("network", description.Levels.Network.ToMap().Canonical());
        yield return ("seed", description.Seed.ToString(CultureInfo.InvariantCulture));
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
