namespace PinnSweep.Reports.Drawing;

/// <summary>On what ground a figure lies.</summary>
public enum FigureScheme
{
    /// <summary>Dark lines on light ground, as on paper.</summary>
    Light,

    /// <summary>Light lines on dark ground.</summary>
    Dark,
}
