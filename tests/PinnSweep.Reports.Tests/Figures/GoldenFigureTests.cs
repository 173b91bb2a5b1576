using System.Runtime.CompilerServices;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using SkiaSharp;

namespace PinnSweep.Reports.Tests.Figures;

/// <summary>
/// Ten studies look as they did when somebody last looked at them: all their kinds of figures, on one sheet for each size.
/// <c>PINNSWEEP_SNAPSHOTS=write</c> writes the sheets (<c>Golden</c>) anew.
/// </summary>
public sealed class GoldenFigureTests(ITestOutputHelper output)
{
    // Of the squares with ink; a word that moves by its height is more.
    private const double Tolerance = 0.002;
    private const int SheetWidth = 1000;
    private const int Gap = 10;

    private static readonly Dictionary<FigureSize, float> Scales = new() { [FigureSize.Page] = 0.49f, [FigureSize.Column] = 0.6f, [FigureSize.Slide] = 0.255f };

    public static TheoryData<string, FigureSize> Sheets
    {
        get
        {
            var data = new TheoryData<string, FigureSize>();
            foreach (var study in GoldenStudies.All.Keys)
            {
                foreach (var size in Scales.Keys)
                {
                    data.Add(study, size);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sheets))]
    public void A_study_looks_as_it_did(string study, FigureSize size)
    {
        FigureModel[] figures = [.. Figures(GoldenStudies.All[study]() with { FigureSize = size }).Select(figure => figure with { Size = size })];
        using var drawn = Sheet(figures, Scales[size]);
        var png = Png(drawn);
        var name = $"{study}-{size.ToString().ToLowerInvariant()}.png";
        var path = Path.Combine(Folder(), name);
        if (Environment.GetEnvironmentVariable("PINNSWEEP_SNAPSHOTS") == "write")
        {
            File.WriteAllBytes(path, png);
            return;
        }

        Assert.True(File.Exists(path), $"{path} is missing; PINNSWEEP_SNAPSHOTS=write writes it, and then somebody looks at it");
        using var golden = SKBitmap.Decode(path);
        using var actual = SKBitmap.Decode(png);
        var difference = PerceptualDifference.Of(golden, actual);
        output.WriteLine($"{name}: {figures.Length} figures, {100 * difference:0.000} % differ");
        if (difference > Tolerance)
        {
            var kept = Path.Combine(AppContext.BaseDirectory, "looks-different", name);
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            File.WriteAllBytes(kept, png);
            Assert.Fail($"{100 * difference:0.0} % of {name} looks different. Compare {kept} with {path}; where the new one is better, PINNSWEEP_SNAPSHOTS=write keeps it.");
        }
    }

    [Fact]
    public void A_method_in_another_colour_a_label_that_moved_and_a_line_that_is_missing_look_different()
    {
        var figure = Figures(GoldenStudies.All["two-methods"]()).First(one => one.Panels.Length > 0);
        using var golden = Sheet([figure], 0.49f);

        Assert.Equal(0, PerceptualDifference.Of(golden, golden));
        Assert.All(
            [
                figure with { Panels = [.. figure.Panels.Select(panel => panel with { Series = [.. panel.Series.Select(series => series with { Style = series.Style + 2 })] })] },
                figure with { Panels = [.. figure.Panels.Select(panel => panel with { YLabel = $"{panel.YLabel} of it" })] },
                figure with { Panels = [.. figure.Panels.Select(panel => panel with { Series = panel.Series[1..] })] },
            ],
            changed =>
            {
                using var other = Sheet([changed], 0.49f);
                Assert.InRange(PerceptualDifference.Of(golden, other), Tolerance, 1);
            });
    }

    // Of figures of one kind that differ in the problem alone, the first.
    private static FigureModel[] Figures(StudyReport report) =>
    [
        .. DocumentComposer.Compose(report).Figures.GroupBy(figure => figure.Name.Split('-')[0] + (figure.Name.StartsWith("convergence", StringComparison.Ordinal) ? figure.Name : "")).Select(kind => kind.First()),
    ];

    /// <summary>Figures beside one another as far as there is room, then below.</summary>
    private static SKBitmap Sheet(FigureModel[] figures, float scale)
    {
        var recorded = figures.Select(FigurePainter.Record).ToArray();
        var places = new List<SKPoint>();
        var (x, y, high) = (0f, 0f, 0f);
        foreach (var figure in recorded)
        {
            var (width, height) = (figure.Width * scale, figure.Height * scale);
            if (x > 0 && x + width > SheetWidth)
            {
                (x, y, high) = (0, y + high + Gap, 0);
            }

            places.Add(new(x, y));
            (x, high) = (x + width + Gap, Math.Max(high, height));
        }

        var sheet = new SKBitmap(SheetWidth, (int)Math.Ceiling(y + high));
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(SKColors.White);
        foreach (var (figure, place) in recorded.Zip(places))
        {
            using (figure.Picture)
            {
                canvas.Save();
                canvas.Translate(MathF.Round(place.X), MathF.Round(place.Y));
                canvas.Scale(scale);
                canvas.DrawPicture(figure.Picture);
                canvas.Restore();
            }
        }

        return sheet;
    }

    // In fewer shades, which nobody sees and which halve a file that lies in the repository.
    private static byte[] Png(SKBitmap sheet)
    {
        static byte Level(byte level) => (byte)Math.Min(255, (level + 8) / 17 * 17);
        using var coarse = new SKBitmap(sheet.Width, sheet.Height);
        coarse.Pixels = [.. sheet.Pixels.Select(pixel => new SKColor(Level(pixel.Red), Level(pixel.Green), Level(pixel.Blue)))];
        using var pixels = coarse.PeekPixels();
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, 9))!;
        return data.ToArray();
    }

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Golden");
}
