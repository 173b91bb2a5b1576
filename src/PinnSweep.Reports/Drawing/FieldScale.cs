namespace PinnSweep.Reports.Drawing;

/// <summary>Which map of colours a field has.</summary>
public enum FieldColouring
{
    /// <summary>From blue over white at zero to red: values of both signs.</summary>
    Signed,

    /// <summary>From dark to light: values of one sign.</summary>
    OneSigned,

    /// <summary>From light to dark on the logarithm: absolute errors and residuals.</summary>
    Deviation,
}

/// <summary>How the values of a field become colours; panels that are compared have one and the same.</summary>
/// <param name="Label">What its colour bar is of.</param>
/// <param name="Colouring">The map.</param>
/// <param name="Low">Value at its lower end.</param>
/// <param name="High">Value at its upper end.</param>
public sealed record FieldScale(string Label, FieldColouring Colouring, double Low, double High)
{
    // What exceeds the scale by less than this is nothing that an eye could tell from its end.
    private const double Tolerance = 0.005;

    /// <summary>Whether colours go by the logarithm.</summary>
    public bool IsLog => Colouring == FieldColouring.Deviation;

    /// <summary>Where a value lies, 0 at the lower end and 1 at the upper one; beyond them where it leaves the scale.</summary>
    public double Share(double value) => !double.IsFinite(value) ? double.NaN
        : !IsLog ? High > Low ? (value - Low) / (High - Low) : 0.5
        : value <= 0 ? double.NegativeInfinity
        : High > Low ? Math.Log10(value / Low) / Math.Log10(High / Low) : 1;

    /// <summary>Whether a share lies visibly below the lower end.</summary>
    public static bool IsUnder(double share) => share < -Tolerance;

    /// <summary>Whether a share lies visibly above the upper end.</summary>
    public static bool IsOver(double share) => share > 1 + Tolerance;
}
