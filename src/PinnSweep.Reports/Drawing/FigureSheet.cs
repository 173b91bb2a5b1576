using System.Collections.Immutable;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// The paper of a figure, in units in which type is always 12 high. What is drawn is then scaled, lines and type alike, so that all sizes
/// have one style and the same size has one height of type, whatever the figure.
/// </summary>
/// <param name="Size">What it is.</param>
/// <param name="Width">In such units.</param>
/// <param name="MaxHeight">Beyond this a figure leaves its page.</param>
/// <param name="Scale">How many of 1/96 inch a unit is.</param>
internal readonly record struct FigureSheet(FigureSize Size, float Width, float MaxHeight, float Scale)
{
    private const float Inch = 96;
    private const float PageWidth = 7 * Inch;
    private const float PageHeight = 9.2f * Inch;
    private const float SlideWidth = 1280;
    private const float SlideHeight = 720;
    private const float ColumnScale = 1 / 1.2f;

    // The largest type with which a figure fits is taken.
    private static readonly ImmutableArray<float> SlideScales = [1.9f, 1.6f, 1.35f, 1.15f, 1];

    /// <summary>Whether a figure takes all of it.</summary>
    public bool IsSlide => Size == FigureSize.Slide;

    /// <summary>The sheets to try, one after another, until the figure fits.</summary>
    public static ImmutableArray<FigureSheet> Of(FigureModel figure) => figure.Size switch
    {
        FigureSize.Column => [new(FigureSize.Column, PageWidth / 2 / ColumnScale, PageHeight / ColumnScale, ColumnScale)],
        FigureSize.Slide => [.. SlideScales.Select(scale => new FigureSheet(FigureSize.Slide, SlideWidth / scale, SlideHeight / scale, scale))],
        _ => [new(FigureSize.Page, PageWidth, PageHeight, 1)],
    };
}
