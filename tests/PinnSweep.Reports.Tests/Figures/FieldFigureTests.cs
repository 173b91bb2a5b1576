using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Planning;
using SkiaSharp;

namespace PinnSweep.Reports.Tests.Figures;

public sealed class FieldFigureTests
{
    [Fact]
    public void Reference_and_solutions_have_one_scale_with_zero_in_its_middle_and_errors_another()
    {
        var fields = Figure(Made.FourMethods().Build().WithFields(MadeFields.Wave)).Fields!;

        var (above, below) = (fields.Rows[0].OfType<FieldPanel>().ToArray(), fields.Rows[1].OfType<FieldPanel>().ToArray());
        Assert.Equal(["reference", "static (control) (2)", "relobralo (2)", "gradnorm (2)", "self-adaptive (1)"], above.Select(panel => panel.Title));
        var scale = Assert.Single(above.Select(panel => panel.Scale).Distinct());
        Assert.Equal(FieldColouring.Signed, scale.Colouring);
        Assert.Equal(-scale.Low, scale.High);
        Assert.Equal(above[0].Values.SelectMany(row => row).Max(Math.Abs), scale.High);
        Assert.Equal(0.5, scale.Share(0), 12);
        Assert.Equal(FieldColouring.Deviation, Assert.Single(below.Select(panel => panel.Scale).Distinct()).Colouring);
    }

    [Fact]
    public void The_scale_of_errors_ends_at_the_largest_and_begins_at_a_decade_below_the_best_method()
    {
        var fields = Figure(Made.FourMethods().Build().WithFields(MadeFields.Wave)).Fields!;

        var errors = fields.Rows[1].OfType<FieldPanel>().ToArray();
        var scale = errors[0].Scale;
        Assert.Equal(errors.SelectMany(panel => panel.Values).SelectMany(row => row).Max(), scale.High);
        Assert.Equal(Math.Round(Math.Log10(scale.Low)), Math.Log10(scale.Low), 9);
        Assert.All(errors, panel => Assert.True(panel.Values.SelectMany(row => row).Count(value => value >= scale.Low) > 900));
        Assert.InRange(scale.Low, scale.High * 1e-7, scale.High / 10);
    }

    [Fact]
    public void Values_of_one_sign_have_the_map_of_one_sign_between_their_own_ends()
    {
        var scale = Figure(Made.FourMethods().Build().WithFields(MadeFields.Hump)).Fields!.Rows[0][0]!.Scale;

        Assert.Equal(FieldColouring.OneSigned, scale.Colouring);
        Assert.InRange(scale.Low, 300, 301);
        Assert.Equal(320, scale.High, 0.1);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(6, false)]
    [InlineData(9, false)]
    [InlineData(2, true)]
    [InlineData(5, true)]
    [InlineData(20, true)]
    public void No_place_of_the_grid_is_empty_and_everything_is_within_the_canvas(int methods, bool isColumn)
    {
        var report = StudyReport.Build(Made.ManyProblems(1, methods).Build().WithFields(MadeFields.Wave)) with { FigureSize = isColumn ? FigureSize.Column : FigureSize.Page };
        var figure = FieldFigures.Of(report, report.Blocks[0], "problem1")!;

        Assert.Single(figure.Fields!.Rows.Select(row => row.Length).Distinct());
        Assert.Single(figure.Fields.Rows.SelectMany(row => row), panel => panel is null);
        using var text = new FigureText();
        foreach (var sheet in Enum.GetValues<FigureSize>().SelectMany(size => FigureSheet.Of(figure with { Size = size })))
        {
            var (layout, width) = (FieldLayout.Of(figure.Fields, sheet, text), sheet.Width);
            var places = figure.Fields.Rows.SelectMany((row, r) => row.Select((_, c) => layout.Panel(r, c))).ToArray();
            Assert.All(places, place => Assert.True(place.Left >= layout.Ordinate && place.Right <= width && place.Bottom <= layout.Height && place.Width > 30, $"{place} in {width}"));
            Assert.All(places.SelectMany((one, i) => places.Skip(i + 1).Select(other => (one, other))), pair => Assert.False(pair.one.IntersectsWith(pair.other)));
        }
    }

    [Theory]
    [InlineData(1, "x", "t")]
    [InlineData(6, "x", "the time since the beginning")]
    [InlineData(5, "longitude of the place", "y")]
    public void No_word_of_a_field_leaves_its_paper_or_touches_another(int methods, string x, string y)
    {
        var report = StudyReport.Build(Made.ManyProblems(1, methods).Build().WithFields(MadeFields.Hump));

        Assert.All(Enum.GetValues<FigureSize>(), size =>
        {
            var figure = FieldFigures.Of(report with { FigureSize = size }, report.Blocks[0], "problem1")!;
            var named = figure.Fields! with
            {
                XLabel = x,
                YLabel = y,
                X = new(-1.125, 2e-5),
                Rows = [.. figure.Fields!.Rows.Select(row => row.Select((panel, i) => panel is null ? null : panel with { Title = i % 2 == 0 ? panel.Title : $"{panel.Title} with parameters that stand in its name, temperature {i}" }).ToImmutableArray())],
            };
            var (boxes, _) = TextBox.Of(figure with { Fields = named, Size = size });
            Assert.Contains(boxes, box => box.Text == "|error|");
            Assert.All(boxes, box => Assert.False(box.IsCut, box.Text));
            Assert.All(boxes.SelectMany((one, i) => boxes.Skip(i + 1).Select(other => (one, other))), pair => Assert.False(pair.one.Meets(pair.other), $"{size}: “{pair.one.Text}” lies over “{pair.other.Text}”"));
        });
    }

    [Fact]
    public void Of_more_methods_than_have_room_the_control_the_best_and_the_worst_are_shown()
    {
        var figure = Figure(Made.ManyProblems(1, 20).Build().WithFields(MadeFields.Wave));

        var names = figure.Fields!.Rows[0].Skip(1).Select(panel => panel!.Title.Split(' ')[0]).ToArray();
        Assert.Equal(FieldFigures.MostShown, names.Length);
        Assert.Contains("method1", names);
        Assert.Contains("method20", names);
        Assert.Contains("Of 20 methods the control, the one of the largest error and those of the smallest.", figure.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void A_solution_beyond_the_scale_is_striped_there_and_told()
    {
        var scale = new FieldScale("u", FieldColouring.Signed, -1, 1);
        var inside = new FieldPanel("inside", [[-1, 1], [0.5, 0]], scale);
        var beyond = new FieldPanel("beyond", [[-2, 2], [2, 2]], scale);
        var fields = new FieldPanels("x", "y", new(0, 1), new(0, 1), [[inside, beyond]]);

        Assert.DoesNotContain(FieldRaster.Pixels(inside, 64), pixel => pixel >= FieldColours.LightStripe);
        Assert.Contains((byte)FieldColours.LightStripe, FieldRaster.Pixels(beyond, 64));
        Assert.Equal((true, true), fields.Beyond(scale));
        Assert.Equal((false, false), (fields with { Rows = [[inside]] }).Beyond(scale));
        Assert.Equal(" Striped: beyond the scale (beyond on 100 % of the points).", FieldScales.Marks(fields));
        Assert.Equal("", FieldScales.Marks(fields with { Rows = [[inside]] }));
    }

    [Fact]
    public void Between_the_points_of_a_coarse_grid_nothing_jumps()
    {
        var pixels = FieldRaster.Pixels(new("u", [[0, 1], [1, 2]], new FieldScale("u", FieldColouring.OneSigned, 0, 2)), 200);

        Assert.All(pixels.Chunk(200), row => Assert.All(row.Zip(row.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 2)));
        Assert.True(pixels.Distinct().Count() > 200);
    }

    [Fact]
    public void What_has_no_value_is_grey_and_does_not_grow()
    {
        var pixels = FieldRaster.Pixels(new("u", [[1, 1, 1], [1, double.NaN, 1], [1, 1, 1]], new FieldScale("u", FieldColouring.OneSigned, 0, 2)), 101);

        var missing = pixels.Count(pixel => pixel == FieldColours.Missing);
        Assert.InRange(missing, 2300, 2800);
    }

    [Fact]
    public void Fields_take_little_room_and_show_in_svg_the_pixels_that_were_made()
    {
        var figure = Figure(Made.FourMethods().Build().WithFields(MadeFields.Wave));
        var panel = figure.Fields!.Rows[0][1]!;

        var svg = System.Text.Encoding.UTF8.GetString(FigurePainter.Svg(figure));

        var pictures = svg.Split(PaletteImage.Png).Skip(1).Select(rest => Convert.FromBase64String(rest[..rest.IndexOf('"', StringComparison.Ordinal)])).ToArray();
        Assert.Equal(9, pictures.Length);
        Assert.All(pictures, picture => Assert.InRange(picture.Length, 1000, 22_000));
        using var read = SKBitmap.Decode(pictures[1]);
        Assert.Equal(FieldRaster.Png(panel, read.Width), pictures[1]);
    }

    [Fact]
    public void A_picture_of_a_palette_is_read_back_as_it_was()
    {
        SKColor[] palette = [SKColors.Red, SKColors.Lime, SKColors.Blue];
        byte[] pixels = [0, 1, 2, 2, 1, 0];

        using var read = SKBitmap.Decode(PalettePng.Of(pixels, 3, palette));

        Assert.Equal((3, 2), (read.Width, read.Height));
        Assert.Equal(pixels.Select(pixel => palette[pixel]), read.Pixels);
    }

    [Theory]
    [InlineData(FieldColouring.OneSigned)]
    [InlineData(FieldColouring.Deviation)]
    [InlineData(FieldColouring.Signed)]
    public void Lightness_says_the_value_in_grey_too(FieldColouring colouring)
    {
        double[] lightness = [.. FieldColours.Palette(colouring).Take(FieldColours.Levels).Select(colour => OkLab.Of(colour).L)];
        var rising = colouring == FieldColouring.Deviation ? lightness.Reverse().ToArray() : lightness;
        var middle = FieldColours.Levels / 2;

        if (colouring == FieldColouring.Signed)
        {
            Assert.All(Enumerable.Range(0, middle), i => Assert.InRange(lightness[i] - lightness[^(i + 1)], -0.08, 0.08));
            rising = lightness[..(middle + 1)];
        }

        Assert.All(rising.Zip(rising.Skip(1)), pair => Assert.True(pair.Second > pair.First - 0.004));
        Assert.True(rising[^1] - rising[0] > 0.5);
    }

    private static FigureModel Figure(StudyResults results)
    {
        var report = StudyReport.Build(results);
        return FieldFigures.Of(report, report.Blocks[0], report.Blocks[0].Columns[0])!;
    }
}
