using System.Collections.Immutable;

namespace PinnSweep.Reports.Drawing;

/// <summary>On what a figure is shown: the style is the same, the type has the size that is read there.</summary>
public enum FigureSize
{
    /// <summary>Over both columns of a journal's page, 7 inches wide; type of 9 points.</summary>
    Page,

    /// <summary>In one column, 3.5 inches wide; type of 7.5 points.</summary>
    Column,

    /// <summary>On a slide of 13.33 × 7.5 inches; type of up to 17 points.</summary>
    Slide,
}

/// <summary>What sizes are called.</summary>
public static class FigureSizeWords
{
    /// <summary>All words, in the order of <see cref="FigureSize"/>.</summary>
    public static ImmutableArray<string> All { get; } = ["page", "column", "slide"];

    /// <summary>The size of a word; null where no size is called so.</summary>
    public static FigureSize? FromWord(string word) => All.IndexOf(word) is var index and >= 0 ? (FigureSize)index : null;
}
