using PinnSweep.Reports.Drawing;
using SkiaSharp;

namespace PinnSweep.Reports.Tests.Figures;

/// <summary>Lines are told apart whoever looks, on a screen and on a grey print.</summary>
public sealed class SeriesStyleTests
{
    private const double LeastDifference = 10;

    /// <summary>What a reader sees, as matrices on linear RGB: Machado, Oliveira, Fernandes (2009), severity 1; luminance of Rec. 709 for grey.</summary>
    private static readonly Dictionary<string, double[]> Seen = new()
    {
        ["all colours"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["protanopia"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deuteranopia"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["tritanopia"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
        ["grey"] = [0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722],
    };

    private static SeriesStyle[] Compared => [.. Enumerable.Range(0, SeriesStyle.MostCompared).Select(SeriesStyle.Of), SeriesStyle.Of(FigureSeries.Behind)];

    [Theory]
    [InlineData("all colours")]
    [InlineData("protanopia")]
    [InlineData("deuteranopia")]
    [InlineData("tritanopia")]
    public void Colours_that_are_compared_differ_for_all_readers(string vision) =>
        Assert.All(Pairs(Compared), pair => Assert.True(Difference(pair, vision) >= LeastDifference, $"{pair.One.Color.ToHex()} and {pair.Other.Color.ToHex()}: {Difference(pair, vision):F1}"));

    [Fact]
    public void What_is_alike_in_grey_has_other_dashes_and_another_marker() => Assert.All(
        Pairs(Compared).Where(pair => Difference(pair, "grey") < LeastDifference),
        pair => Assert.True(pair.One.Pattern.Name != pair.Other.Pattern.Name && pair.One.Marker != pair.Other.Marker, $"{pair.One} and {pair.Other}"));

    [Fact]
    public void No_two_of_many_share_a_colour() =>
        Assert.Distinct(Enumerable.Range(-1, 22).Select(index => SeriesStyle.Of(index).Color.ToHex()));

    [Theory]
    [InlineData(HeatScale.Logarithmic)]
    [InlineData(HeatScale.Probability)]
    [InlineData(HeatScale.Share)]
    public void Numbers_on_a_heat_map_are_read_on_every_colour(HeatScale scale) => Assert.All(Enumerable.Range(0, 201), step =>
    {
        var ground = HeatColours.Of(scale, step / 200.0);
        var (one, other) = (Luminance(ground), Luminance(HeatColours.InkOn(ground)));
        Assert.True((Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05) >= 4.5, $"{ground}");
    });

    [Fact]
    public void Numbers_that_differ_little_have_colours_that_differ_little()
    {
        HeatMap Map(double low, double high) => new("", ["a", "b"], ["c"], [[low], [high]], [["", ""]], HeatScale.Logarithmic);
        double Apart(double low, double high) => HeatColours.Range(Map(low, high)) is var (from, to)
            ? HeatColours.Share(HeatScale.Logarithmic, high, from, to) - HeatColours.Share(HeatScale.Logarithmic, low, from, to) : 0;

        // log(0.38 ÷ 0.32) ÷ log(4).
        Assert.Equal(0.124, Apart(0.32, 0.38), 3);
        Assert.Equal(1, Apart(1e-4, 1e-1), 6);
        Assert.Equal((0, 1), HeatColours.Range(Map(0.4, 0.6) with { Scale = HeatScale.Probability }));
    }

    [Fact]
    public void The_difference_of_colours_is_that_of_the_paper()
    {
        // Sharma, Wu, Dalal (2005), table 1, pairs 1, 7, 13 and 17.
        Assert.Equal(2.0425, CieDe2000((50, 2.6772, -79.7751), (50, 0, -82.7485)), 4);
        Assert.Equal(2.3669, CieDe2000((50, 0, 0), (50, -1, 2)), 4);
        Assert.Equal(7.2195, CieDe2000((50, 2.49, -0.001), (50, -2.49, 0.0011)), 4);
        Assert.Equal(27.1492, CieDe2000((50, 2.5, 0), (73, 25, -18)), 4);
    }

    private static IEnumerable<(SeriesStyle One, SeriesStyle Other)> Pairs(SeriesStyle[] styles) => styles.SelectMany((one, i) => styles.Skip(i + 1).Select(other => (one, other)));

    private static double Difference((SeriesStyle One, SeriesStyle Other) pair, string vision) => CieDe2000(Lab(pair.One, vision), Lab(pair.Other, vision));

    private static (double L, double A, double B) Lab(SeriesStyle style, string vision)
    {
        double[] linear = [Linear(style.Color.R), Linear(style.Color.G), Linear(style.Color.B)];
        var m = Seen[vision];
        double[] rgb = [.. Enumerable.Range(0, 3).Select(i => Math.Clamp((m[3 * i] * linear[0]) + (m[(3 * i) + 1] * linear[1]) + (m[(3 * i) + 2] * linear[2]), 0, 1))];

        // sRGB to XYZ, white D65; then CIE 1976 L*a*b*.
        var (x, y, z) = ((0.4124564 * rgb[0]) + (0.3575761 * rgb[1]) + (0.1804375 * rgb[2]), (0.2126729 * rgb[0]) + (0.7151522 * rgb[1]) + (0.0721750 * rgb[2]), (0.0193339 * rgb[0]) + (0.1191920 * rgb[1]) + (0.9503041 * rgb[2]));
        static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
        return ((116 * F(y)) - 16, 500 * (F(x / 0.95047) - F(y)), 200 * (F(y) - F(z / 1.08883)));
    }

    private static double Luminance(SKColor colour) => (0.2126 * Linear(colour.Red)) + (0.7152 * Linear(colour.Green)) + (0.0722 * Linear(colour.Blue));

    private static double Linear(byte level) => level / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);

    // Sharma, Wu, Dalal (2005), equations 2 to 22.
    private static double CieDe2000((double L, double A, double B) one, (double L, double A, double B) two)
    {
        static double Seventh(double c) => Math.Sqrt(Math.Pow(c, 7) / (Math.Pow(c, 7) + Math.Pow(25, 7)));
        static double Sine(double degrees) => Math.Sin(degrees * Math.PI / 180);
        static double Cosine(double degrees) => Math.Cos(degrees * Math.PI / 180);
        static double Hue(double b, double a) => a == 0 && b == 0 ? 0 : ((Math.Atan2(b, a) * 180 / Math.PI) + 360) % 360;
        var g = 0.5 * (1 - Seventh((double.Hypot(one.A, one.B) + double.Hypot(two.A, two.B)) / 2));
        var (a1, a2) = ((1 + g) * one.A, (1 + g) * two.A);
        var (c1, c2) = (double.Hypot(a1, one.B), double.Hypot(a2, two.B));
        var (h1, h2) = (Hue(one.B, a1), Hue(two.B, a2));
        var turn = c1 * c2 == 0 ? 0 : h2 - h1 is var d && d > 180 ? d - 360 : d < -180 ? d + 360 : d;
        var (dl, dc, dh) = (two.L - one.L, c2 - c1, 2 * Math.Sqrt(c1 * c2) * Sine(turn / 2));
        var (l, c) = ((one.L + two.L) / 2, (c1 + c2) / 2);
        var h = c1 * c2 == 0 ? h1 + h2 : Math.Abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
        var t = 1 - (0.17 * Cosine(h - 30)) + (0.24 * Cosine(2 * h)) + (0.32 * Cosine((3 * h) + 6)) - (0.20 * Cosine((4 * h) - 63));
        var (sl, sc, sh) = (1 + (0.015 * Math.Pow(l - 50, 2) / Math.Sqrt(20 + Math.Pow(l - 50, 2))), 1 + (0.045 * c), 1 + (0.015 * c * t));
        var r = -Sine(60 * Math.Exp(-Math.Pow((h - 275) / 25, 2))) * 2 * Seventh(c);
        return Math.Sqrt(Math.Pow(dl / sl, 2) + Math.Pow(dc / sc, 2) + Math.Pow(dh / sh, 2) + (r * dc / sc * (dh / sh)));
    }
}
