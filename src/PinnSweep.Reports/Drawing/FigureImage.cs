using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// Figures as scalable graphics for a screen, on light or dark ground. Greys, which are ink, axes and grid, change places with their
/// counterparts, and the colours of series become lighter ones of the same hue, so that they are told apart there too. A heat map keeps its
/// light ground: the ink in its squares was chosen for their colours.
/// </summary>
public static partial class FigureImage
{
    private const string Paper = "#FFFFFF";

    private static readonly Dictionary<string, string> Lighter = new(StringComparer.OrdinalIgnoreCase)
    {
        ["#0072B2"] = "#4AA8E0",
        ["#D55E00"] = "#F08A3C",
        ["#009E73"] = "#35C79B",
        ["#CC79A7"] = "#E79CC4",
        ["#E69F00"] = "#F0BE4A",
        ["#56B4E9"] = "#9AD4F5",
    };

    /// <summary>The figure as a file of its own.</summary>
    public static byte[] Svg(FigureModel figure, FigureScheme scheme)
    {
        var svg = FigurePainter.Svg(figure);
        return scheme == FigureScheme.Light ? svg
            : Encoding.UTF8.GetBytes(figure.Heat.IsEmpty ? Inverted(Encoding.UTF8.GetString(svg)) : OnPaper(Encoding.UTF8.GetString(svg)));
    }

    /// <summary>The figure as pixels, 288 to the inch.</summary>
    public static byte[] Png(FigureModel figure) => FigurePainter.Png(figure);

    /// <summary>The figure as a page of its own size.</summary>
    public static byte[] Pdf(FigureModel figure) => FigurePainter.Pdf(figure);

    private static string Inverted(string svg) => Colour().Replace(
        // What names no colour is black.
        svg.Replace("<svg ", "<svg fill=\"#000000\" ", StringComparison.Ordinal),
        match => $"{match.Groups[1].Value}\"{Darkened(match.Groups[2].Value)}\"");

    private static string Darkened(string value) =>
        SKColor.TryParse(Named(value), out var colour) && IsGrey(colour) ? Counterpart(colour) : Lighter.GetValueOrDefault(value, value);

    private static string Named(string value) => value switch
    {
        "black" => "#000000",
        "white" => Paper,
        "gray" => "#808080",
        _ => value,
    };

    private static bool IsGrey(SKColor colour) => colour.Red == colour.Green && colour.Green == colour.Blue;

    // From white paper to a dark page, from black ink to nearly white.
    private static string Counterpart(SKColor grey)
    {
        const double page = 0x16;
        const double ink = 0xEC;
        var level = (byte)Math.Round(ink + ((page - ink) * grey.Red / 255));
        return string.Create(CultureInfo.InvariantCulture, $"#{level:X2}{level:X2}{level:X2}");
    }

    private static string OnPaper(string svg)
    {
        var first = svg.IndexOf('>', svg.IndexOf("<svg", StringComparison.Ordinal)) + 1;
        return svg.Insert(first, $"<rect width=\"100%\" height=\"100%\" fill=\"{Paper}\"/>");
    }

    [GeneratedRegex("((?:fill|stroke|stop-color)=)\"(#[0-9A-Fa-f]{3,6}|black|white|gray)\"")]
    private static partial Regex Colour();
}
