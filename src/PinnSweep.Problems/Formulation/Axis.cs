namespace PinnSweep.Problems.Formulation;

/// <summary>One coordinate of a box domain.</summary>
/// <param name="Name">Its name in reports and study files.</param>
/// <param name="Lower">Its smallest value.</param>
/// <param name="Upper">Its largest value.</param>
/// <param name="Periodic">Whether the solution repeats with period <c>Upper − Lower</c>; networks then build it in, and there is no
/// boundary term.</param>
public sealed record Axis(string Name, double Lower, double Upper, bool Periodic = false)
{
    /// <summary>
    /// Whether the solution, continued with period <c>Upper − Lower</c>, keeps all its derivatives and is determined by the equation and
    /// the other conditions, though the problem is stated with conditions on both sides: a network may then build the period in instead.
    /// </summary>
    public bool Repeats { get; init; }

    /// <summary>Upper − Lower.</summary>
    public double Extent => Upper - Lower;
}
